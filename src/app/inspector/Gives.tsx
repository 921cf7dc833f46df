/** What a module puts into the project: its files and facts, read off the rendering. */
import type { ModuleId } from '#core/module.ts';
import { factKind } from '#words/page.ts';
import { useRendering } from '../store/store.ts';
import type { Rendering } from '../store/texts.ts';

interface Given {
  readonly what: string;
  readonly items: readonly string[];
}

function givenBy(rendering: Extract<Rendering, { ok: true }>, id: ModuleId): Given[] {
  const { plan, tree } = rendering;
  const files = tree.filter(
    (file) =>
      file.spans[0]?.from.length === 1 && file.spans.every(({ from }) => from.some(({ module }) => module === id)),
  );
  const kinds = new Map<string, string[]>();
  for (const unit of plan.units) {
    for (const [kind, facts] of unit.facts) {
      if (kind === 'constraint') continue;
      const keys = facts.filter(({ from }) => from.some(({ module }) => module === id)).map(({ key }) => key);
      if (keys.length > 0) kinds.set(kind, [...(kinds.get(kind) ?? []), ...keys]);
    }
  }
  return [
    ...(files.length > 0 ? [{ what: 'file', items: files.map(({ path }) => path) }] : []),
    ...[...kinds].map(([what, items]) => ({ what, items })),
  ];
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
            <span>{items.length}</span> {factKind(what, items.length)}
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
