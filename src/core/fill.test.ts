import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from './contents-testing.ts';
import { fill, withoutSecrets } from './fill.ts';
import { hashFiles, projectHash, sha256Hex } from './hash.ts';
import { Marker } from './marks.ts';
import { contextOf, guarded, runTemplate, TrackedList } from './template.ts';
import { anyText, runs } from './testing.ts';
import type { ProjectFile } from './tree.ts';

const random = (seed: number) => (count: number) =>
  Uint8Array.from({ length: count }, (_, index) => (index * 37 + seed) & 255);
const file = (path: string, content: string): ProjectFile => ({
  path,
  content,
  mode: '644',
  spans: [{ fromLine: 1, toLine: 1, from: [{ module: 'm' }] }],
});

const TEMPLATE =
  '{{#each plan.setting}}\n{{code name}}={{#if secret}}{{secret name secret}}{{else}}{{env value}}{{/if}}\n{{/each}}\n';
/** `.env` as a template writes it. */
function envFile(settings: readonly { name: string; value: string; secret: string }[]): string {
  const marker = new Marker();
  const list = new TrackedList(
    settings.map((setting) => ({ context: contextOf(setting, [{ module: 'm' }], 'setting'), from: [{ module: 'm' }] })),
  );
  return marker.unmark(
    runTemplate(compile(TEMPLATE), guarded({ plan: guarded({ setting: list }, 'plan') }, 'x'), marker),
    { module: 'm' },
  ).text;
}
const setting = fc.record({
  name: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/),
  value: anyText(8),
  secret: fc.constantFrom('', '', '1', '16', '24', '33', '48'),
});

test('fills every slot of every .env with as many bytes as it asks for, and touches nothing else', () => {
  fc.assert(
    fc.property(fc.array(setting, { maxLength: 6 }), (settings) => {
      const text = envFile(settings);
      const tree = [
        file('.env', text),
        file('central-services/x/.env', text),
        file('.env.example', 'A='),
        file('other', 'x \\ue003A:9\\ue004'),
      ];
      const asked: number[] = [];
      const filled = fill(tree, (count) => {
        asked.push(count);
        return random(asked.length)(count);
      });
      const secrets = settings.filter(({ secret }) => secret !== '');
      expect(asked).toEqual([...secrets, ...secrets].map(({ secret }) => Number(secret)));
      expect(filled.slice(2)).toEqual(tree.slice(2));
      const lines = text.split('\n');
      filled[0]?.content.split('\n').forEach((line, index) => {
        const one = settings[index];
        if (!one || one.secret === '') expect(line).toBe(lines[index]);
        else {
          const value = line.slice(one.name.length + 1);
          expect(line.startsWith(`${one.name}=`)).toBe(true);
          expect(value).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(Buffer.from(value, 'base64url').length).toBe(Number(one.secret));
        }
      });
      expect(filled[0]?.content ?? '').not.toMatch(/[\ue000-\ue00f]/);
      expect(withoutSecrets(text)).not.toMatch(/[\ue000-\ue00f]/);
    }),
    runs(200),
  );
});

test('writes base64url as Node does', () => {
  for (let count = 0; count < 40; count += 1) {
    const slot = envFile([{ name: 'A', value: '', secret: String(count) }]);
    const [filled] = fill([file('.env', slot)], random(count));
    expect(filled?.content).toBe(`A=${Buffer.from(random(count)(count)).toString('base64url')}\n`);
  }
});

test('two downloads differ in .env alone, which no hash counts', () => {
  const tree = [
    file('.env', envFile([{ name: 'A', value: '', secret: '24' }])),
    file('a.py', 'x\n'),
    file('stackwright.json', '{}'),
  ];
  const [one, other] = [fill(tree, random(1)), fill(tree, random(2))];
  expect(one.filter((item, index) => item.content !== other[index]?.content).map(({ path }) => path)).toEqual(['.env']);
  expect(projectHash(hashFiles(one))).toBe(projectHash(hashFiles(other)));
  expect(hashFiles(one)).toEqual([
    { path: 'a.py', mode: '644', sha256: '73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac' },
  ]);
});

test('the project hash is that of the sorted lines, and moves with path, mode and content', () => {
  const files = [
    { path: 'b', mode: '644', sha256: 'x' },
    { path: 'a', mode: '755', sha256: 'y' },
  ];
  expect(projectHash(files)).toBe(sha256Hex('a 755 y\nb 644 x\n'));
  expect(projectHash([...files].reverse())).toBe(projectHash(files));
  for (const change of [{ path: 'c' }, { mode: '600' }, { sha256: 'z' }])
    expect(projectHash([{ ...files[0]!, ...change }, files[1]!])).not.toBe(projectHash(files));
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
