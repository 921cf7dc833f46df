/** What came and went of the facts that people have a name for: dependencies, settings, endpoints, … */
import type { Plan } from '#core/plan.ts';
import type { Rendering } from '../../store/texts.ts';

type Rendered = Extract<Rendering, { ok: true }>;

export interface FactChange {
  readonly what: string;
  readonly came: readonly string[];
  readonly went: readonly string[];
}

export function factChanges(before: Rendered, after: Rendered): FactChange[] {
  return [...new Map([...before.titles, ...after.titles])]
    .map(([kind, what]) => {
      const [was, is] = [keysIn(before.plan, kind), keysIn(after.plan, kind)];
      return {
        what,
        came: [...is].filter((key) => !was.has(key)).sort(),
        went: [...was].filter((key) => !is.has(key)).sort(),
      };
    })
    .filter(({ came, went }) => came.length + went.length > 0);
}

const keysIn = ({ units }: Plan, kind: string): Set<string> =>
  new Set(units.flatMap(({ facts }) => (facts.get(kind) ?? []).map(({ key }) => key)));
