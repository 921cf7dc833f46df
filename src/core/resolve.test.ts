import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';
import { resolve, resolveBare } from './resolve.ts';
import { canonical, choose, type Selection } from './selection.ts';
import { hostilelySelected, idsOf, made, pollution, providersFixed, runs, selected } from './testing.ts';

const RUNS = runs(150);

/** All of a resolution but the reasons, which say who chose what. */
const substance = (resolution: ReturnType<typeof resolveBare>) => ({
  modules: resolution.modules.map(({ module, options, origins }) => ({ id: module.id, options, origins })),
  edges: resolution.edges,
  findings: resolution.findings,
});

describe('resolution', () => {
  test('of nothing chosen has no problem: a catalog where it has one does not load', () => {
    fc.assert(
      fc.property(made(), ({ catalog }) => {
        expect(resolve(catalog, { project: 'my-app', chosen: [], options: {} }).problems).toEqual([]);
      }),
      RUNS,
    );
  });

  test('is idempotent: choosing all it brought changes nothing but reasons', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const once = resolveBare(catalog, selection);
        const twice = resolveBare(catalog, canonical({ ...selection, chosen: idsOf(once) }));
        expect(substance(twice)).toEqual(substance(once));
      }),
      RUNS,
    );
  });

  test('grows with choices, while the same providers stand for each capability', () => {
    fc.assert(
      fc.property(selected('none'), selected('none'), ({ catalog, selection }, other) => {
        const more = canonical({
          ...selection,
          chosen: [...selection.chosen, ...other.selection.chosen.filter((id) => catalog.modules.has(id))],
        });
        fc.pre(providersFixed(catalog, selection) === providersFixed(catalog, more));
        const [small, large] = [resolveBare(catalog, selection), resolveBare(catalog, more)];
        expect(idsOf(large)).toEqual(expect.arrayContaining(idsOf(small)));
        expect(large.edges).toEqual(expect.arrayContaining([...small.edges]));
      }),
      RUNS,
    );
  });

  test('grows with tuned links: switching one on takes nothing away', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const before = idsOf(resolveBare(catalog, selection));
        for (const id of before) {
          for (const [option, declared] of Object.entries(catalog.modules.get(id)?.options ?? {})) {
            if (declared.kind !== 'link' || selection.options[id]?.[option] !== undefined) continue;
            const linked: Selection = {
              ...selection,
              options: { ...selection.options, [id]: { ...selection.options[id], [option]: true } },
            };
            expect(idsOf(resolveBare(catalog, linked))).toEqual(expect.arrayContaining(before));
          }
        }
      }),
      RUNS,
    );
  });

  test('does not depend on the order of declarations', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ source, catalog, selection }, seed) => {
        const shuffled = createCatalog({ ...source, modules: shuffle(source.modules, seed) });
        expect(resolve(shuffled, selection)).toEqual(resolve(catalog, selection));
      }),
      RUNS,
    );
  });

  test('does not depend on the order or repetition of what was said', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, seed) => {
        const options = Object.fromEntries(
          shuffle(Object.entries(selection.options), seed).map(([id, values]) => [
            id,
            Object.fromEntries(shuffle(Object.entries(values), seed)),
          ]),
        );
        const chosen = [...shuffle(selection.chosen, seed), ...selection.chosen];
        expect(resolve(catalog, { ...selection, chosen, options })).toEqual(resolve(catalog, selection));
      }),
      RUNS,
    );
  });

  test('gives every module a reason, and every reason and edge an end that is there', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const resolution = resolveBare(catalog, selection);
        const ids = new Set(idsOf(resolution));
        for (const { module, reasons } of resolution.modules) {
          expect(reasons, module.id).not.toEqual([]);
          for (const reason of reasons) {
            if (reason.kind === 'required') expect(ids.has(reason.by)).toBe(true);
            if (reason.kind === 'chosen') expect(selection.chosen).toContain(module.id);
          }
          expect(module.status).not.toBe('planned');
        }
        for (const { from, to } of resolution.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
        // From what is always there or chosen, following edges, all is reached: no two modules hold each other up.
        const rooted = resolution.modules
          .filter(({ reasons }) => reasons.some(({ kind }) => kind !== 'required'))
          .map(({ module }) => module.id);
        const reached = new Set(rooted);
        for (let size = -1; size !== reached.size; ) {
          size = reached.size;
          for (const { from, to } of resolution.edges) if (reached.has(from)) reached.add(to);
        }
        expect(reached).toEqual(ids);
      }),
      RUNS,
    );
  });

  test('puts required modules first wherever they are in no circle', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const { modules, edges } = resolveBare(catalog, selection);
        const order = idsOf({ modules });
        const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
          edges.some(
            (edge) =>
              edge.from === from && !seen.has(edge.to) && (edge.to === to || reaches(edge.to, to, seen.add(edge.to))),
          );
        for (const { from, to } of edges) {
          if (from !== to && !reaches(to, from)) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
        }
      }),
      RUNS,
    );
  });

  test('takes said before demanded before default, and says which it was', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        for (const { module, options, origins } of resolveBare(catalog, selection).modules) {
          for (const [id, declared] of Object.entries(module.options ?? {})) {
            const said = selection.options[module.id]?.[id];
            const origin = origins[id];
            if (said !== undefined) expect([options[id], origin]).toEqual([said, { kind: 'said' }]);
            else if (origin?.kind === 'demanded')
              expect(origin.demands.map(({ value }) => value)).toContain(options[id]);
            else expect([options[id], origin]).toEqual([declared.default, { kind: 'default' }]);
          }
        }
      }),
      RUNS,
    );
  });

  test('names every demand that is not met', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const { modules, findings } = resolveBare(catalog, selection);
        for (const { module, options, origins } of modules) {
          for (const [option, origin] of Object.entries(origins)) {
            if (origin.kind !== 'demanded') continue;
            const unmet = origin.demands.some(({ value }) => value !== options[option]);
            const named = findings.some(
              (finding) =>
                finding.code === 'demand-against-demand' &&
                finding.modules[0] === module.id &&
                finding.values.option === option,
            );
            expect(named).toBe(unmet);
          }
        }
      }),
      RUNS,
    );
  });

  test('tuning chooses nothing: values of modules that are not there change nothing', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const { modules } = resolveBare(catalog, selection);
        const present = new Set(idsOf({ modules }));
        const options = Object.fromEntries(Object.entries(selection.options).filter(([id]) => present.has(id)));
        expect(idsOf(resolveBare(catalog, { ...selection, options }))).toEqual(idsOf({ modules }));
        for (const { module, reasons } of modules) {
          expect(reasons.some(({ kind }) => kind === 'chosen')).toBe(selection.chosen.includes(module.id));
        }
      }),
      RUNS,
    );
  });

  test('is total: hostile selections get a resolution, with every unknown part named', () => {
    fc.assert(
      fc.property(hostilelySelected(), ({ catalog, selection }) => {
        const { modules, problems } = resolve(catalog, selection);
        for (const { module } of modules) expect(catalog.modules.get(module.id)).toBe(module);
        const named = new Set(problems.flatMap((problem) => problem.modules));
        for (const id of [...selection.chosen, ...Object.keys(canonical(selection).options)]) {
          if (!catalog.modules.has(id)) expect(named.has(id), JSON.stringify(id)).toBe(true);
        }
        expect(pollution()).toEqual([]);
      }),
      RUNS,
    );
  });

  test('ends within bounded work: the catalog is looked at a number of times that only its own size decides', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        let looks = 0;
        const modules = new Proxy(catalog.modules, {
          get(target, key) {
            if (key === 'get' || key === 'has') looks += 1;
            const value = Reflect.get(target, key) as unknown;
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
        resolveBare({ ...catalog, modules }, selection);
        const needs = [...catalog.modules.values()].reduce(
          (sum, module) => sum + 1 + (module.requires?.length ?? 0) + Object.keys(module.options ?? {}).length,
          0,
        );
        expect(looks).toBeLessThanOrEqual(20 * needs * (catalog.modules.size + 2));
      }),
      RUNS,
    );
  });
});

test('an unknown, a planned module and a choice said twice are told apart', () => {
  const { catalog } = fc.sample(made(), { numRuns: 1, seed: 7 })[0] ?? {};
  if (!catalog) throw new Error('no catalog');
  const selection = choose({ project: 'my-app', chosen: ['nothing'], options: { neither: { x: true } } }, 'nothing');
  expect(resolve(catalog, selection).problems.map(({ code, modules }) => [code, ...modules])).toEqual([
    ['unknown-module', 'nothing'],
    ['unknown-module', 'neither'],
  ]);
});

function shuffle<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  return [...items]
    .map((item) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return { item, by: state };
    })
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
}
