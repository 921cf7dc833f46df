/** docs/gates.md, which says what every project is held to and where: read off the tests, so that it cannot say more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as combinations from '../e2e/projects/combinations.ts';
import { FORMATS } from '../e2e/projects/static/formats.ts';

const PROJECTS = fileURLToPath(new URL('../e2e/projects/', import.meta.url));
const read = (path: string): string => readFileSync(join(PROJECTS, path), 'utf8');
const scripts = (folder: string): string[] =>
  readdirSync(join(PROJECTS, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
const sources = ['.', 'gates', 'auth'].flatMap(scripts);
const testFiles = sources.filter((path) => path.endsWith('.test.ts'));

/** Gates and areas by the name of their function: where each stands, and the first sentence there. */
const gates = new Map(
  sources
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const text = read(path);
      const says = /^\/\*\*\s*\**\s*(.*?[.])(?:\s|$)/s.exec(text)?.[1] ?? '';
      return [...text.matchAll(/^export (?:async )?function (\w+)\(\s*subject: Subject/gm)].map(
        ([, name = '']) => [name, { path, says, body: bodyOf(text, name) }] as const,
      );
    }),
);

function bodyOf(text: string, name: string): string {
  const start = text.search(new RegExp(`^export (?:async )?function ${name}\\(`, 'm'));
  return text.slice(text.indexOf('{\n', start), text.indexOf('\n}\n', start));
}

/** In every run, or only where nothing is left out. */
type Mark = '✓' | '○';
const marked = (files = new Map<string, Mark>(), file: string, mark: Mark): Map<string, Mark> =>
  files.set(file, files.get(file) === '✓' ? '✓' : mark);

/** What a body calls for a project: under no condition, or under one that holds there; or only where nothing is cut. */
function called(body: string, project: combinations.Combination): { name: string; mark: Mark }[] {
  return [
    ...body.matchAll(
      /(?:if \((.+?)\) )?(?:describe\([^\n]*?\(\) => (?=\w+\(subject)|\b(?=\w+Gate\()|\b(?=every\w+\())(\w+)\(subject\b/g,
    ),
  ].flatMap(([, condition, name = '']): { name: string; mark: Mark }[] => {
    if (!gates.has(name)) return [];
    if (condition === 'UNCUT') return [{ name, mark: '○' }];
    return condition === undefined || holds(condition, project) ? [{ name, mark: '✓' }] : [];
  });
}

function holds(condition: string, project: combinations.Combination): boolean {
  const [, name = '', , wanted] = /^(?:subject\.combination\.)?(\w+)( === '(\w+)')?$/.exec(condition) ?? [];
  const value = { ...project, withOAuth: project.oauth }[name as keyof combinations.Combination];
  return wanted === undefined ? Boolean(value) : value === wanted;
}

test('docs/gates.md says which gate runs where', async () => {
  const runs = new Map<string, Map<string, Mark>>();
  for (const file of testFiles) {
    const text = read(file);
    const project = Object.entries(combinations).find(([name]) => text.includes(`subjectOf(${name})`))?.[1];
    if (!project) continue;
    const visit = (body: string): void => {
      for (const { name, mark } of called(body, project)) {
        runs.set(name, marked(runs.get(name), file, mark));
        visit(gates.get(name)?.body ?? '');
      }
    };
    visit(text.slice(text.indexOf('describe.skipIf')));
  }
  const columns = testFiles.filter((file) => [...runs.values()].some((files) => files.has(file)));
  const short = (file: string): string => file.replace('.test.ts', '');
  const paths = new Map<string, { says: string; files: Map<string, Mark> }>();
  for (const [name, files] of runs) {
    const { path = '', says = '' } = gates.get(name) ?? {};
    if (/^every/.test(name)) continue;
    const row = paths.get(path) ?? { says, files: new Map<string, Mark>() };
    for (const [file, mark] of files) marked(row.files, file, mark);
    paths.set(path, row);
  }
  const rows = [...paths]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { says, files }]) => {
      const marks = columns.map((file) => files.get(file) ?? '');
      return `| \`${path.replace('.ts', '')}\` | ${says.replaceAll('|', '\\|')} | ${marks.join(' | ')} |`;
    });
  const words = Object.values(combinations).map(
    ({ name, words }) => `- \`${name} ${words.join(' ').replace(/ ?--set base\.description=.*$/s, '')}\``,
  );
  await expect(
    [
      '# Which gate runs where',
      '',
      'Every two values of any two options meet in a project that is rendered. What is rendered is parsed, its Python read by ruff (`src/render.test.ts`) and its other formats by their own tools, as the second table says. The projects',
      'of the first table are installed and run for real, in the parts of `npm test` that are named so; with ○ in those of `npm run test:all` alone. Made from the tests by `scripts/gates.test.ts`; `npx vitest run scripts/gates.test.ts --update` takes a change up.',
      '',
      `| gate | what it holds | ${columns.map(short).join(' | ')} |`,
      `|---|---|${columns.map(() => ':-:|').join('')}`,
      ...rows,
      '',
      'Beside them: `levels` grows a project with people in it from basic to rbac to org, `pages` walks its pages in a browser, `composer` the composer’s own, `cli` the built and the packed command line.',
      '',
      'The projects:',
      '',
      ...words,
      '',
      '## What is rendered',
      '',
      'In the part `static`: each different text of all combinations once, and one of each with a mistake, which has to be found.',
      '',
      '| format | read by | mistakes |',
      '|---|---|---|',
      ...FORMATS.map(
        ({ name, readBy, mistakes }) => `| ${name} | ${readBy} | ${mistakes.map(({ name }) => name).join(', ')} |`,
      ),
      '',
    ].join('\n'),
  ).toMatchFileSnapshot('../docs/gates.md');
  // A gate that nobody runs would be missing without a word.
  const idle = [...gates.keys()].filter((name) => !runs.has(name) && /Gate$/.test(name));
  expect(idle).toEqual([]);
});
