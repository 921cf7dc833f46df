import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection, refuseValue } from '#core/selection.ts';
import { valueRefusal } from '#words/en.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';
import module from './module.ts';

async function filesOf(ingress: Record<string, string>): Promise<ReadonlyMap<string, string>> {
  const selection = { ...emptySelection(), chosen: ['ingress'], options: { ingress } };
  const resolution = resolve(catalog, selection);
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

describe.each([
  ['domain', ['app.example.com', 'a.bc', 'xn--bcher-kva.example', '1.example.com', `${'a'.repeat(63)}.example.com`]],
  ['email', ['', 'ops@example.com', 'first.last+tls@mail.example.co.uk']],
] as const)('%s', (id, good) => {
  test.each(good)('may be “%s”', (text) => {
    expect(refuseValue(module.options[id], text)).toBeUndefined();
  });
});

describe.each([
  [
    'domain',
    'This takes a host name in lower case, such as app.example.com.',
    [
      '',
      'localhost',
      'App.example.com',
      'https://app.example.com',
      'app.example.com/',
      'app.example.com:443',
      'app.example.com.',
      '.example.com',
      'app..example.com',
      '-app.example.com',
      'app-.example.com',
      '*.example.com',
      '192.0.2.7',
      'app.example.com`) || Host(`evil.test',
      'app.example.com { respond 200 }',
      'bücher.example',
      `${'a'.repeat(64)}.example.com`,
    ],
  ],
  [
    'email',
    'This takes an address such as ops@example.com, or nothing.',
    ['ops', 'ops@', '@example.com', 'ops@example', 'ops@example.com\u0020', 'ops @example.com', 'a@b@example.com'],
  ],
] as const)('%s', (id, sentence, bad) => {
  test.each(bad)('is not “%s”', (text) => {
    const refusal = refuseValue(module.options[id], text);
    expect(refusal && valueRefusal(refusal)).toBe(sentence);
  });
});

describe.each([
  ['traefik', ['deploy/ingress/dynamic/app.yaml', 'deploy/ingress/traefik.yaml'], 'Caddy'],
  ['caddy', ['deploy/ingress/Caddyfile'], 'Traefik'],
] as const)('%s', (server, own, other) => {
  test('has its own files and nothing of the other one', async () => {
    const files = await filesOf({ server });
    expect([...files.keys()].filter((path) => path.startsWith('deploy/')).sort()).toEqual(own);
    const named = [...files].filter(([path, text]) => path !== 'stackwright.json' && new RegExp(other, 'i').test(text));
    expect(named.map(([path]) => path)).toEqual([]);
  });

  test('goes by the domain and the address that were said', async () => {
    const files = await filesOf({ server, domain: 'shop.example.org', email: 'ops@example.org' });
    const said = ['compose.ingress.yaml', ...own].map((path) => files.get(path) ?? '').join('\n');
    expect(said).toContain('https://shop.example.org');
    expect(said).toContain('ops@example.org');
    expect(said).not.toContain('example.com');
    expect([...(await filesOf({ server })).values()].join('\n')).not.toMatch(/email:? /);
  });

  test('takes as much of a body as the app', async () => {
    const files = await filesOf({ server });
    const limit = /^MAX_BODY_BYTES=(\d+)$/m.exec(files.get('.env.example') ?? '')?.[1];
    expect(own.map((path) => files.get(path)).join('\n')).toMatch(
      new RegExp(`(?:maxRequestBodyBytes:|max_size) ${limit}$`, 'm'),
    );
  });
});

test('each process hears the address that browsers use, and the app alone whom to believe', async () => {
  const selection = { ...emptySelection(), chosen: ['ingress', 'worker'] };
  const resolution = resolve(catalog, selection);
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  const text = String(files.find(({ path }) => path === 'compose.ingress.yaml')?.content);
  const { services } = parse(text) as { services: Record<string, { environment?: Record<string, string> }> };
  const told = Object.entries(services).filter(([, { environment }]) => environment?.PUBLIC_URL);
  expect(told.map(([name]) => name)).toEqual(expect.arrayContaining(['app', 'worker']));
  expect(told.filter(([, { environment }]) => environment?.TRUSTED_PROXIES).map(([name]) => name)).toEqual(['app']);
});
