/** The diagrams of the page and those in the project's documents are the same texts. */
import { expect, test } from 'vitest';
import { architecture, diagramsOf, mermaidText } from '#core/diagrams.ts';
import { plan } from '#core/plan.ts';
import { emptySelection } from '#core/selection.ts';
import { catalog } from './catalog.ts';
import { contents, isSound, project, withModule } from './combinations-testing.ts';

const choosable = [...catalog.modules.values()].filter(({ status, always }) => status !== 'planned' && !always);
const everything = choosable.reduce((selection, { id }) => {
  const next = withModule(selection, id);
  return isSound(next) ? next : selection;
}, emptySelection());

const blocks = (text: string): string[] =>
  [...text.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, block = '']) => block);

test.each([
  ['nothing chosen', emptySelection()],
  ['everything chosen', everything],
])('with %s, README and page have one picture of the architecture', (_, selection) => {
  const { tree, resolution } = project(selection);
  const readme = tree.find(({ path }) => path === 'README.md')?.content ?? '';
  expect(blocks(readme)).toContain(mermaidText(architecture(resolution)));
});

test('what modules draw stands in the documents too, and none of it ends a statement in the middle of a sentence', () => {
  const { tree, resolution } = project(everything);
  const given = diagramsOf(plan(catalog, resolution, contents));
  const documents = tree.filter(({ path }) => path.endsWith('.md')).flatMap(({ content }) => blocks(content));
  expect(given.length).toBeGreaterThan(0);
  for (const { id, lines } of given) {
    expect(documents, id).toContain(`${lines.join('\n')}\n`);
    // Mermaid takes a semicolon for the end of a line, and then draws nothing at all.
    expect(
      lines.filter((line) => line.includes(';')),
      id,
    ).toEqual([]);
  }
});
