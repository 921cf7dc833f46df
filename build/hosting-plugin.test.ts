/** The files for hosts are read back, each by its host's own rules, and have to say the same of every file. */
import { expect, test } from 'vitest';
import { hostingFiles } from './hosting-plugin.ts';
import { ALWAYS, BY_FILE, CACHE } from './policy.ts';

const NAMES = [
  'assets/a.woff2',
  'assets/index-CgM1a8-w.js',
  'catalogs/20261122-12345678.js',
  'icon.svg',
  'index.html',
  'manifest.webmanifest',
  'mermaid.html',
  'worker.js',
];
const PATHS = ['/', ...NAMES.map((name) => `/${name}`)];
const files = hostingFiles(NAMES);

type Said = Record<string, string>;
const HOSTS: Readonly<Record<string, (text: string, path: string) => Said>> = {
  _headers(text, path) {
    const said: Said = {};
    let applies = false;
    for (const line of text.split('\n')) {
      const [, name, value] = /^ {2}([^:]+): (.*)$/.exec(line) ?? [];
      if (name === undefined) applies = line === path || (line.endsWith('*') && path.startsWith(line.slice(0, -1)));
      else if (applies) {
        // Where two rules apply, hosts join their values with a comma.
        expect(said, `${path} is told ${name} once`).not.toHaveProperty([name]);
        said[name] = value ?? '';
      }
    }
    return said;
  },
  'vercel.json'(text, path) {
    const { headers } = JSON.parse(text) as {
      headers: { source: string; headers: { key: string; value: string }[] }[];
    };
    const said = headers.filter(({ source }) => new RegExp(`^${source}$`).test(path)).flatMap((rule) => rule.headers);
    return Object.fromEntries(said.map(({ key, value }) => [key, value]));
  },
  'nginx.conf'(text, path) {
    // It shows index.html for the folder, by the location of that file.
    const asked = path === '/' ? '/index.html' : path;
    const locations = [...text.matchAll(/^location (=|\^~|) ?(\S+) \{\n([\s\S]*?)^\}/gm)].filter(
      ([, how, where = '']) => (how === '=' ? asked === where : asked.startsWith(where)),
    );
    const [best] = locations.sort(([, a, one = ''], [, b, other = '']) =>
      a === '=' ? -1 : b === '=' ? 1 : other.length - one.length,
    );
    return Object.fromEntries(
      [...(best?.[3] ?? '').matchAll(/^ {4}add_header (\S+) "(.*)"(?: always)?;$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
  },
  Caddyfile(text, path) {
    const rules = new Map([...text.matchAll(/^@(\w+) \{\n\t(.*)$/gm)].map(([, name = '', rule = '']) => [name, rule]));
    const fits = (name: string): boolean => {
      const [, not, where = ''] = /^(not )?path (.*)$/.exec(rules.get(name) ?? '') ?? [];
      const hit = where
        .split(' ')
        .some((one) => one === path || (one.endsWith('*') && path.startsWith(one.slice(0, -1))));
      return not ? !hit : hit;
    };
    const lines = [...text.matchAll(/^(?:\t|header @(\w+) )(\S+) "(.*)"$/gm)];
    return Object.fromEntries(
      lines.filter(([, name]) => name === undefined || fits(name)).map(([, , name, value]) => [name, value]),
    );
  },
  '.htaccess'(text, path) {
    const file = path === '/' ? 'index.html' : (path.split('/').at(-1) ?? '');
    const said: Said = {};
    let applies = true;
    // A folder's own is read after those above it.
    for (const line of `${text}${path.startsWith('/assets/') ? files['assets/.htaccess'] : ''}`.split('\n')) {
      const [, name, value] = /^Header (?:always )?set (\S+) "(.*)"$/.exec(line) ?? [];
      const [, only] = /^<Files "(.*)">$/.exec(line) ?? [];
      if (only !== undefined) applies = only === file;
      else if (line.startsWith('</')) applies = true;
      else if (name !== undefined && applies) said[name] = value ?? '';
    }
    return said;
  },
};

test('there is a reading for every file', () => {
  expect([...Object.keys(HOSTS), 'assets/.htaccess']).toEqual(Object.keys(files));
});

for (const [host, read] of Object.entries(HOSTS)) {
  test(`${host} says of every file what the policy says`, () => {
    for (const path of PATHS) {
      const isHashed = path.startsWith('/assets/');
      expect(read(files[host] ?? '', path), path).toEqual({
        ...ALWAYS,
        ...BY_FILE[path === '/' ? 'index.html' : path.slice(1)],
        'Cache-Control': isHashed ? CACHE.hashed : CACHE.other,
      });
    }
  });
}

test('the policy of the page allows nothing from elsewhere, and nothing inline', () => {
  const { 'Content-Security-Policy': page = '' } = BY_FILE['index.html'] ?? {};
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("frame-ancestors 'none'");
  expect(page).not.toMatch(/unsafe|https?:|\*/);
});
