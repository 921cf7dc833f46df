import { expect, test } from 'vitest';
import { answersAt, nextSteps } from './next.ts';
import type { FileTree } from './tree.ts';

const readme = (content: string): FileTree => [
  { path: 'README.md', content, mode: '644', spans: [] },
  { path: 'docs/README.md', content: '```sh\nmake serve\n```\n', mode: '644', spans: [] },
];
const RUN = '## Run it\n\n```sh\nuv sync\nmake serve\n```\n';

test('every shell block up to the one that starts the app, and nothing behind it', () => {
  const steps = nextSteps(
    readme(
      `# x\n\n## A server\n\n\`\`\`sh\ninstall it\n\nfill it\n\`\`\`\n\n${RUN}\n## Later\n\n\`\`\`sh\ncurl x\n\`\`\`\n`,
    ),
  );
  expect(steps).toEqual([
    { title: 'A server', lines: ['install it', 'fill it'] },
    { title: 'Run it', lines: ['uv sync', 'make serve'] },
  ]);
});

test('diagrams and other code are no steps, nor is a heading inside them', () => {
  const other = '```mermaid\n## no heading\nflowchart TB\n```\n```python\nmake serve\n```\n```sh\n```\n';
  expect(nextSteps(readme(`${other}${RUN}`))).toEqual([{ title: 'Run it', lines: ['uv sync', 'make serve'] }]);
});

test('a README that does not start the app has no steps, nor has a tree without one', () => {
  expect(nextSteps(readme('```sh\nmake up\n```\n'))).toEqual([]);
  expect(nextSteps(readme('```sh\nmake serve'))).toEqual([]);
  expect(nextSteps([])).toEqual([]);
});

test('the address is the one behind the start, not one before it', () => {
  expect(
    answersAt(readme(`<https://docs.example>\n${RUN}\nThen open <http://localhost:8000>.\n<http://later>\n`)),
  ).toBe('http://localhost:8000');
  for (const text of ['<http://localhost:8000>', RUN]) expect(answersAt(readme(text))).toBeUndefined();
});
