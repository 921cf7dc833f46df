/** Writes the headers of `policy.ts` beside the built page, as the common static hosts want them; see `docs/hosting.md`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { ALWAYS, BY_FILE, CACHE, HASHED, type Headers } from './policy.ts';

const FIRST = 'index.html';
const pairs = (headers: Headers): [string, string][] => Object.entries(headers);
const lines = (headers: Headers, line: (name: string, value: string) => string): string[] =>
  pairs(headers).map(([name, value]) => line(name, value));
const cached = (how: keyof typeof CACHE): Headers => ({ 'Cache-Control': CACHE[how] });
/** The addresses that show a file. */
const addresses = (file: string): string[] => (file === FIRST ? ['/', `/${file}`] : [`/${file}`]);

export function hostingPlugin(root: string): Plugin {
  return {
    name: 'stackwright-hosting',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!(FIRST in bundle)) return;
        const names = [...Object.keys(bundle), ...readdirSync(join(root, 'public'))];
        const files = hostingFiles(names.filter((name) => /^[^/]+\.[a-z]+$/.test(name)).sort());
        for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
}

/** @param names of the files beside the page that have no hash in their names */
export function hostingFiles(names: readonly string[]): Record<string, string> {
  return {
    _headers: netlify(names),
    'vercel.json': vercel(),
    'nginx.conf': nginx(),
    Caddyfile: caddy(),
    '.htaccess': apache(),
  };
}

/** Netlify and Cloudflare. Rules that name one header twice would be joined, so none overlap. */
function netlify(names: readonly string[]): string {
  const rule = (path: string, headers: Headers): string =>
    [path, ...lines(headers, (name, value) => `  ${name}: ${value}`)].join('\n');
  return `${[
    rule('/*', ALWAYS),
    rule(`/${HASHED}/*`, cached('hashed')),
    ...names.flatMap((name) => addresses(name).map((path) => rule(path, { ...BY_FILE[name], ...cached('other') }))),
  ].join('\n')}\n`;
}

function vercel(): string {
  const rule = (source: string, headers: Headers) => ({
    source,
    headers: pairs(headers).map(([key, value]) => ({ key, value })),
  });
  const headers = [
    rule('/(.*)', ALWAYS),
    rule(`/${HASHED}/(.*)`, cached('hashed')),
    rule(`/((?!${HASHED}/).*)`, cached('other')),
    ...Object.entries(BY_FILE).flatMap(([name, more]) => addresses(name).map((path) => rule(path, more))),
  ];
  return `${JSON.stringify({ headers }, null, 2)}\n`;
}

/** A location with a header of its own inherits none, so each has all of them. */
function nginx(): string {
  const location = (where: string, headers: Headers, ...more: string[]): string =>
    [
      `location ${where} {`,
      ...more.map((line) => `    ${line}`),
      ...lines({ ...ALWAYS, ...headers }, (name, value) => `    add_header ${name} "${value}" always;`),
      '}',
    ].join('\n');
  return `${[
    '# For a server block whose root is this folder: include /path/to/nginx.conf;',
    location('/', cached('other')),
    location(`^~ /${HASHED}/`, cached('hashed')),
    ...Object.entries(BY_FILE).map(([name, more]) => location(`= /${name}`, { ...more, ...cached('other') })),
    location('= /manifest.webmanifest', cached('other'), 'types { application/manifest+json webmanifest; }'),
  ].join('\n')}\n`;
}

function caddy(): string {
  const line = (name: string, value: string): string => `${name} "${value}"`;
  const rule = (name: string, condition: string, headers: Headers): string[] => [
    `@${name} ${condition}`,
    ...lines(headers, (header, value) => `header @${name} ${line(header, value)}`),
  ];
  return `${[
    '# For a site block with root on this folder and file_server: import /path/to/Caddyfile',
    'header {',
    ...lines(ALWAYS, (name, value) => `\t${line(name, value)}`),
    '}',
    ...rule('hashed', `path /${HASHED}/*`, cached('hashed')),
    ...rule('other', `not path /${HASHED}/*`, cached('other')),
    ...Object.entries(BY_FILE).flatMap(([name, more]) =>
      rule(name.replace(/\..*/, ''), `path ${addresses(name).join(' ')}`, more),
    ),
  ].join('\n')}\n`;
}

/** Apache reads it where it lies, in whatever folder that is. */
function apache(): string {
  const set = (headers: Headers): string[] => lines(headers, (name, value) => `Header always set ${name} "${value}"`);
  return `${[
    'AddType application/manifest+json .webmanifest',
    ...set({ ...ALWAYS, ...cached('other') }),
    `<If "%{REQUEST_URI} =~ m#/${HASHED}/#">`,
    ...set(cached('hashed')),
    '</If>',
    ...Object.entries(BY_FILE).flatMap(([name, more]) => [`<Files "${name}">`, ...set(more), '</Files>']),
  ].join('\n')}\n`;
}
