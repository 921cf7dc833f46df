/** What a module puts into the project: its files and facts, read off the rendering. */
import type { ModuleId } from '#core/module.ts';
import { useRendering } from '../store/store.ts';
import type { Rendering } from '../store/texts.ts';

interface Given {
  readonly what: string;
  readonly items: readonly string[];
}

function givenBy({ plan, tree, titles }: Extract<Rendering, { ok: true }>, id: ModuleId): Given[] {
  const files = tree.filter(
    ({ spans }) => spans.length > 0 && spans.every(({ from }) => from.every(({ module }) => module === id)),
  );
  const facts = [...titles].map(([kind, what]) => ({
    what,
    items: plan.units.flatMap((unit) =>
      (unit.facts.get(kind) ?? []).filter(({ from }) => from.some(({ module }) => module === id)).map(({ key }) => key),
    ),
  }));
  return [{ what: 'Files', items: files.map(({ path }) => path) }, ...facts].filter(({ items }) => items.length > 0);
}

export function Gives({ id }: { id: ModuleId }) {
  const rendering = useRendering();
  const given = rendering?.ok ? givenBy(rendering, id) : [];
  if (given.length === 0) return null;
  return (
    <section className="inspected-part">
      <h3>What it adds</h3>
      {given.map(({ what, items }) => (
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
}
