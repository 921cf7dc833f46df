import fc from 'fast-check';
import { expect, test } from 'vitest';
import { architecture, dependencies, drawnEdges, mermaidText } from './diagrams.ts';
import { resolve } from './resolve.ts';
import { hostilelySelected, runs, selected } from './testing.ts';

const LINE =
  /^(flowchart (TB|LR)| {2}subgraph layer_[a-z]+\["[^"]*"\]| {4}m_[a-z0-9_]+\["[^"]*"\]:::[a-z]+| {2}m_[a-z0-9_]+\["[^"]*"\]:::[a-z]+| {2}end| {2}m_[a-z0-9_]+ -->(\|"[^"]*"\|)? m_[a-z0-9_]+| {2}classDef [a-z]+ [a-z0-9#:, -]+)$/;

test('diagrams are lines of Mermaid built of catalog ids and titles, each drawn module once', () => {
  fc.assert(
    fc.property(fc.oneof(selected(), hostilelySelected()), ({ catalog, selection }) => {
      const resolution = resolve(catalog, selection);
      const drawn = resolution.modules.filter(({ module }) => module.drawn !== false).map(({ module }) => module.id);
      for (const lines of [architecture(resolution), dependencies(resolution)]) {
        for (const { value } of lines) expect(value).toMatch(LINE);
        const text = mermaidText(lines);
        for (const id of drawn) expect(text.split(`m_${id.replaceAll('-', '_')}["`).length, id).toBe(2);
        const opened = lines.filter(({ value }) => value.startsWith('  subgraph')).length;
        expect(lines.filter(({ value }) => value === '  end').length).toBe(opened);
        for (const { from } of lines) for (const { module } of from) expect(drawn).toContain(module);
      }
      // The picture in the README has the same edges as the graph on the page.
      const arrows = architecture(resolution).filter(({ value }) => value.includes('-->'));
      expect(arrows.length).toBe(drawnEdges(resolution).length);
      for (const { from } of arrows) expect(from.length).toBeGreaterThan(0);
    }),
    runs(60),
  );
});
