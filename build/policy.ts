/**
 * The content security policies: strict for the page, and its own for the frame in which Mermaid, which
 * needs inline styles, draws. Every built page carries its policy; the server sends the same as a header.
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
