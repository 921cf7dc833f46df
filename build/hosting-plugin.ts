/** Writes the headers of `policy.ts` beside the built page, as the common static hosts want them; see `docs/hosting.md`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { ALWAYS, BY_FILE, CACHE, HASHED, type Headers } from './policy.ts';

const FIRST = 'index.html';
/** Types that some servers do not know by themselves. */
const TYPES = { webmanifest: 'application/manifest+json', woff2: 'font/woff2' } as const;
const pairs = (headers: Headers): [string, string][] => Object.entries(headers);
const lines = (headers: Headers, line: (name: string, value: string) => string): string[] =>
  pairs(headers).map(([name, value]) => line(name, value));
const cached = (how: keyof typeof CACHE): Headers => ({ 'Cache-Control': CACHE[how] });
/** The addresses that show a file: some hosts have pages without `.html`, and redirect to there. */
const addresses = (file: string): string[] => [
  ...(file === FIRST ? ['/'] : []),
  `/${file}`,
  ...(file.endsWith('.html') ? [`/${file.slice(0, -'.html'.length)}`] : []),
];

export function hostingPlugin(root: string): Plugin {
  return {
    name: 'stackwright-hosting',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!(FIRST in bundle)) return;
        const names = [
          ...Object.keys(bundle),
          ...readdirSync(join(root, 'public'), { recursive: true, encoding: 'utf8' }),
        ];
        const files = hostingFiles(names.filter((name) => /\.[a-z0-9]+$/.test(name)));
        for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
}

/** @param names of all files of the page, with their folders */
export function hostingFiles(names: readonly string[]): Record<string, string> {
  return {
    _headers: netlify(names),
    'vercel.json': vercel(),
    'nginx.conf': nginx(),
    Caddyfile: caddy(),
    '.htaccess': apache(),
    [`${HASHED}/.htaccess`]: apacheHashed(),
  };
}

/** Netlify and Cloudflare. Rules that name one header twice would be joined, so none overlap. */
function netlify(names: readonly string[]): string {
  const rule = (path: string, headers: Headers): string =>
    [path, ...lines(headers, (name, value) => `  ${name}: ${value}`)].join('\n');
  const isBeside = (name: string): boolean => !name.includes('/');
  const folders = new Set(names.filter((name) => !isBeside(name)).map((name) => name.split('/')[0] ?? ''));
  return `${[
    rule('/*', ALWAYS),
    ...[...folders].sort().map((name) => rule(`/${name}/*`, cached(name === HASHED ? 'hashed' : 'other'))),
    ...names
      .filter(isBeside)
      .sort()
      .flatMap((name) => addresses(name).map((path) => rule(path, { ...BY_FILE[name], ...cached('other') }))),
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

/**
 * A location with a header of its own inherits none, so each has all of them. How long a file is kept is said of files
 * alone (without `always`): what is not there may come with the next version.
 */
function nginx(): string {
  const location = (where: string, { 'Cache-Control': kept = '', ...headers }: Headers, ...more: string[]): string =>
    [
      `location ${where} {`,
      ...more.map((line) => `    ${line}`),
      ...lines({ ...ALWAYS, ...headers }, (name, value) => `    add_header ${name} "${value}" always;`),
      `    add_header Cache-Control "${kept}";`,
      '}',
    ].join('\n');
  return `${[
    '# For a server block whose root is this folder: include /path/to/nginx.conf;',
    location('/', cached('other')),
    location(`^~ /${HASHED}/`, cached('hashed')),
    ...Object.entries(BY_FILE).map(([name, more]) => location(`= /${name}`, { ...more, ...cached('other') })),
    location('= /manifest.webmanifest', cached('other'), `types { ${TYPES.webmanifest} webmanifest; }`),
  ].join('\n')}\n`;
}

function caddy(): string {
  const line = (name: string, value: string): string => `${name} "${value}"`;
  const rule = (name: string, conditions: readonly string[], headers: Headers): string[] => [
    `@${name} {`,
    ...conditions.map((condition) => `\t${condition}`),
    '}',
    ...lines(headers, (header, value) => `header @${name} ${line(header, value)}`),
  ];
  return `${[
    '# For a site block with root on this folder and file_server: import /path/to/Caddyfile',
    'header {',
    ...lines(ALWAYS, (name, value) => `\t${line(name, value)}`),
    '}',
    // Not of what is not there, as above.
    ...rule('hashed', [`path /${HASHED}/*`, 'file'], cached('hashed')),
    ...rule('other', [`not path /${HASHED}/*`], cached('other')),
    ...Object.entries(BY_FILE).flatMap(([name, more]) =>
      rule(name.replace(/\..*/, ''), [`path ${addresses(name).join(' ')}`], more),
    ),
    ...Object.entries(TYPES).flatMap(([ending, type]) => rule(ending, [`path *.${ending}`], { 'Content-Type': type })),
  ].join('\n')}\n`;
}

/** Apache reads it where it lies, in whatever folder that is. */
function apache(): string {
  return `${[
    ...Object.entries(TYPES).map(([ending, type]) => `AddType ${type} .${ending}`),
    ...apacheAlways(ALWAYS),
    apacheKept('other'),
    ...Object.entries(BY_FILE).flatMap(([name, more]) => [`<Files "${name}">`, ...apacheAlways(more), '</Files>']),
  ].join('\n')}\n`;
}

/** For its folder alone: by address, a page in a folder of that name would be kept for ever as well. */
const apacheHashed = (): string => `${apacheKept('hashed')}\n`;
const apacheAlways = (headers: Headers): string[] =>
  lines(headers, (name, value) => `Header always set ${name} "${value}"`);
/** Without `always`: of files alone, as above. */
const apacheKept = (how: keyof typeof CACHE): string => `Header set Cache-Control "${CACHE[how]}"`;
