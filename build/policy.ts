/**
 * The headers of every file, from one place: the strict policy for the page, its own for the frame in which Mermaid,
 * which needs inline styles, draws, and what only a header can say. Every built page carries its policy as a meta
 * element; `hosting-plugin.ts` writes the headers down for the common hosts, and our own server sends what is written there.
 */
import type { Plugin } from 'vite';

const PAGE = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const FRAME = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export type Headers = Readonly<Record<string, string>>;

/** For everything. */
export const ALWAYS: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Besides, by name: the composer is shown in nobody's frame, the page that draws in ours. */
export const BY_FILE: Readonly<Record<string, Headers>> = {
  'index.html': { 'Content-Security-Policy': `${PAGE}; frame-ancestors 'none'` },
  'mermaid.html': { 'Content-Security-Policy': `${FRAME}; frame-ancestors 'self'` },
};

/** Names in it hold a hash of the content, and are kept for ever; all others are asked for anew. */
export const HASHED = 'assets';
export const CACHE = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const;

export function policyPlugin(): Plugin {
  return {
    name: 'stackwright-policy',
    // The development server needs inline scripts; what is built does not.
    apply: 'build',
    transformIndexHtml(_, { path }) {
      const content = path.endsWith('mermaid.html') ? FRAME : PAGE;
      return [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' }];
    },
  };
}
