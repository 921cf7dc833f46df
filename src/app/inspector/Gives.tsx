/** What a module puts into the project: its files, its lines in files of others, and its facts, read off the rendering. */
import { memo } from 'react';
import type { ModuleId } from '#core/module.ts';
import { lightOf, linesIn } from '#core/provenance.ts';
import { gives as words } from '#words/files.ts';
import { openFile } from '../actions/files.ts';
import { perform } from '../store/action.ts';
import type { Rendering } from '../store/texts.ts';

interface Given {
  readonly what: string;
  readonly items: readonly string[];
}
type Made = Extract<Rendering, { ok: true }>;

interface Place {
  readonly path: string;
  /** Its first line there, and how many there are, where the file is somebody else's. */
  readonly line?: number;
  readonly lines?: number;
}

function placesOf({ tree }: Made, id: ModuleId): { own: Place[]; others: Place[] } {
  const { spans } = lightOf(tree, { module: id });
  const own = tree.filter(({ owner }) => owner === id).map(({ path }) => ({ path }));
  const isOwn = new Set(own.map(({ path }) => path));
  const others = [...spans]
    .filter(([path]) => !isOwn.has(path))
    .map(([path, some]) => ({ path, line: some[0]?.fromLine ?? 1, lines: linesIn(some) }));
  return { own, others };
}

function factsOf({ plan, titles }: Made, id: ModuleId): Given[] {
  const facts = [...titles].map(([kind, what]) => ({
    what,
    items: plan.units.flatMap((unit) =>
      (unit.facts.get(kind) ?? []).filter(({ from }) => from.some(({ module }) => module === id)).map(({ key }) => key),
    ),
  }));
  return facts.filter(({ items }) => items.length > 0);
}

export const Gives = memo(function Gives({ id, made }: { id: ModuleId; made: Rendering | undefined }) {
  if (!made?.ok) return null;
  const { own, others } = placesOf(made, id);
  const facts = factsOf(made, id);
  if (own.length + others.length + facts.length === 0) return null;
  return (
    <section className="inspected-part">
      <h3>What it adds</h3>
      <Places what={words.own} places={own} count={own.length} />
      <Places what={words.others} places={others} count={others.reduce((sum, { lines = 0 }) => sum + lines, 0)} />
      {facts.map(({ what, items }) => (
        <details key={what} className="given">
          <summary>
            {what} <span>{items.length}</span>
          </summary>
          <ul>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
});

function Places({ what, places, count }: { what: string; places: readonly Place[]; count: number }) {
  if (places.length === 0) return null;
  return (
    <details className="given">
      <summary>
        {what} <span>{count}</span>
      </summary>
      <ul>
        {places.map(({ path, line, lines }) => (
          <li key={path}>
            <button type="button" className="words-link" onClick={() => perform(openFile, path, line)}>
              {path}
            </button>
            {lines !== undefined && <span>, {words.lines(lines)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
