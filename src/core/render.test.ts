import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog } from './catalog.ts';
import { createCatalog } from './catalog.ts';
import type { Contents, ModuleContent } from './contents.ts';
import { step, template } from './contents-testing.ts';
import { valuesOf } from './drafts-testing.ts';
import { chance, drawn } from './draw-testing.ts';
import { defineFact, defineFacts } from './facts.ts';
import { MARK_CHARACTER } from './marks.ts';
import { pathKey, refusePath } from './paths.ts';
import { type History, type Plan, plan } from './plan.ts';
import { render } from './render.ts';
import { keyOf } from './repair.ts';
import { type Resolution, resolve } from './resolve.ts';
import { canonical, configure, emptySelection, type Selection } from './selection.ts';
import { drawSelection, drawWorld, hostileSelection, runs, selectedWorld, world } from './testing.ts';
import { ENV_PATH, type FileTree, MANIFEST_PATH } from './tree.ts';
import { badSpans, movedBetween, unexplainedLines } from './trees-testing.ts';

function rendered(
  catalog: Catalog,
  selection: Selection,
  contents: Contents,
  history?: History,
): { resolution: Resolution; plan: Plan; tree: FileTree } {
  const resolution = resolve(catalog, selection);
  const planned = plan(catalog, resolution, contents, history);
  return { resolution, plan: planned, tree: render(catalog, planned, contents, history) };
}

const fileIn = (contents: Contents, id: string, path: string): boolean =>
  Object.keys(contents.get(id)?.files ?? {}).some((file) => path === file || path.endsWith(`/${file}`));

describe('a rendered project', () => {
  test('has an owner for every line, and nothing of the machinery left in it', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        const { resolution, tree } = rendered(catalog, selection, contents);
        expect(badSpans(catalog, tree, resolution)).toEqual([]);
        for (const { path, content, mode, owner } of tree) {
          expect(content.trim(), path).not.toBe('');
          // The file is of the module that has it, whoever else gave lines; the manifest is the engine's.
          const isTheirs = owner === undefined ? path === MANIFEST_PATH : fileIn(contents, owner, path);
          expect(isTheirs, `${owner} has ${path}`).toBe(true);
          if (!path.endsWith(ENV_PATH)) expect(content, path).not.toMatch(MARK_CHARACTER);
          expect(['644', '755']).toContain(mode);
          expect(refusePath(path)).toBeUndefined();
        }
        const keys = tree.map(({ path }) => pathKey(path));
        expect(new Set(keys).size).toBe(keys.length);
        expect(tree.map(({ path }) => path)).toEqual(tree.map(({ path }) => path).sort());
      }),
      runs(80),
    );
  });

  test('does not depend on the order of declarations or of what was said', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ source, catalog, contents, selection }) => {
        const other = createCatalog({ ...source, modules: [...source.modules].reverse() });
        const reversed = { ...selection, chosen: [...selection.chosen].reverse() };
        const shuffled: Contents = new Map([...contents].reverse());
        expect(rendered(other, reversed, shuffled).tree).toEqual(rendered(catalog, selection, contents).tree);
      }),
      runs(60),
    );
  });

  test('has the files of each unit in its folder, and facts of that unit alone', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        const resolution = resolve(catalog, selection);
        const { units } = plan(catalog, resolution, contents);
        expect(units.map(({ id }) => id)).toContain('app');
        for (const unit of units) {
          expect(unit.root).toBe(unit.id === 'app' ? '' : `central-services/${unit.id}/`);
          for (const facts of unit.facts.values()) {
            for (const { from } of facts) for (const { module } of from) expect(unit.modules).toContain(module);
          }
        }
        expect(units.flatMap(({ modules }) => modules).sort()).toEqual(
          resolution.modules.map(({ module }) => module.id).sort(),
        );
        for (const { path, spans } of rendered(catalog, selection, contents).tree) {
          if (path === MANIFEST_PATH || !path.endsWith('plain.txt')) continue;
          const owner = catalog.modules.get(spans[0]?.from[0]?.module ?? '');
          expect(path.startsWith(owner?.unit ? `central-services/${owner.unit}/` : `${owner?.id}/`)).toBe(true);
        }
      }),
      runs(60),
    );
  });

  test('never throws, whatever the selection', () => {
    fc.assert(
      fc.property(world(), hostileSelection, ({ catalog, contents }, selection) => {
        const { resolution, tree } = rendered(catalog, selection, contents);
        expect(badSpans(catalog, tree, resolution)).toEqual([]);
        // The manifest is JSON of what was said, and never passes through the marks.
        for (const { path, content } of tree)
          if (!path.endsWith(ENV_PATH) && path !== MANIFEST_PATH) expect(content, path).not.toMatch(MARK_CHARACTER);
      }),
      runs(80),
    );
  });
});

describe('what was rendered before', () => {
  /** Equal contents of which nobody has rendered anything. */
  const unseen = (contents: Contents): Contents =>
    new Map(
      [...contents].map(([id, { contribution, kinds, files }]) => [
        id,
        {
          contribution: { ...contribution },
          kinds,
          files: Object.fromEntries(Object.entries(files).map(([path, file]) => [path, { ...file }])),
        },
      ]),
    );

  test('shows in nothing that is rendered after it', () => {
    const walks = drawn((draw) => {
      const one = drawWorld(draw);
      return { ...one, steps: Array.from({ length: 4 }, () => drawSelection(draw, one.catalog)) };
    });
    fc.assert(
      fc.property(walks, ({ catalog, contents, steps }) => {
        for (const selection of steps) {
          const { plan: planned, tree } = rendered(catalog, selection, contents);
          const anew = rendered(catalog, selection, unseen(contents));
          expect(tree).toEqual(anew.tree);
          expect(planned.units).toEqual(anew.plan.units);
        }
      }),
      runs(25),
    );
  });

  test('is taken as it is where a template reads what it read then', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        const before = new Map(rendered(catalog, selection, contents).tree.map((file) => [file.path, file]));
        const renamed = rendered(catalog, { ...selection, project: 'another-name' }, contents).tree;
        for (const file of renamed) {
          const namesIt = file.path === MANIFEST_PATH || file.content.includes('another-name');
          expect(before.get(file.path) === file, file.path).toBe(!namesIt);
        }
      }),
      runs(40),
    );
  });
});

describe('flipping one option', () => {
  const flips = selectedWorld().chain((one) => {
    const options = resolve(one.catalog, one.selection).modules.flatMap(({ module }) =>
      Object.entries(module.options ?? {}).flatMap(([option, declared]) =>
        (declared.kind === 'text' ? ['', 'said', 'two words'] : valuesOf(declared)).map((value) => ({
          id: module.id,
          option,
          value,
        })),
      ),
    );
    return (options.length > 0 ? fc.constantFrom(...options) : fc.constant(undefined)).map((flip) => ({
      ...one,
      flip,
    }));
  });

  test('changes only lines that name it, or what came, went or moved because of it', () => {
    fc.assert(
      fc.property(flips, ({ catalog, contents, selection, flip }) => {
        fc.pre(flip !== undefined);
        const before = rendered(catalog, selection, contents);
        const after = rendered(catalog, configure(selection, flip.id, flip.option, flip.value), contents);
        // Where two modules disagree, which of them is heard may turn on their order; nothing can be downloaded then.
        fc.pre([before, after].every((one) => one.plan.problems.length === 0));
        const moved = movedBetween(before.resolution, after.resolution);
        const flipped = (source: { module: string; option?: string }): boolean =>
          source.module === flip.id && source.option === flip.option;
        expect(unexplainedLines(before.tree, after.tree, (source) => flipped(source) || moved(source))).toEqual([]);
      }),
      runs(150),
    );
  });
});

describe('growing a project', () => {
  const growth = drawn((draw) => {
    const one = drawWorld(draw);
    const before = drawSelection(draw, one.catalog);
    const more = drawSelection(draw, one.catalog, 'none').chosen;
    return {
      ...one,
      before,
      after: canonical({ ...before, chosen: [...before.chosen, ...more] }),
      also: chance(draw, 50),
    };
  });

  test('with its history only appends to what is chained', () => {
    fc.assert(
      fc.property(growth, ({ catalog, contents, before, after }) => {
        const [old] = [plan(catalog, resolve(catalog, before), contents)];
        const history: History = Object.assign({}, ...old.units.map(({ chains }) => chains));
        const grown = plan(catalog, resolve(catalog, after), contents, history);
        for (const [key, recorded] of Object.entries(history)) {
          const chains: History = Object.assign({}, ...grown.units.map((unit) => unit.chains));
          if (chains[key]) expect(chains[key].slice(0, recorded.length)).toEqual(recorded);
        }
        for (const unit of grown.units) {
          const was = old.units.find(({ id }) => id === unit.id)?.facts.get(step.kind) ?? [];
          const is = unit.facts.get(step.kind) ?? [];
          const kept = was.filter(({ key }) => is.some((fact) => fact.key === key));
          expect(is.slice(0, kept.length).map(({ key }) => key)).toEqual(kept.map(({ key }) => key));
          // A migration that is out there is never written anew, unless an option took another one away.
          if (kept.length === was.length)
            expect(is.slice(0, was.length).map(({ value }) => value)).toEqual(was.map(({ value }) => value));
          is.forEach(({ value }, index) => {
            expect(value.previous).toBe(is[index - 1]?.key ?? null);
          });
        }
      }),
      runs(80),
    );
  });

  test('without a history chains everything once, each after what it needs', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        for (const unit of plan(catalog, resolve(catalog, selection), contents).units) {
          const steps = unit.facts.get(step.kind) ?? [];
          const keys = steps.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          for (const { key, value } of steps) {
            for (const need of value.needs as readonly string[])
              if (keys.includes(need)) expect(keys.indexOf(need)).toBeLessThan(keys.indexOf(key));
          }
        }
      }),
      runs(80),
    );
  });

  test('a recorded history is kept, whatever stands in it, and never makes anything twice', () => {
    const key = fc.oneof(
      fc.constantFrom('alpha-s0', 'alpha-s1', 'beta-s0', 'gone', '__proto__'),
      fc.string({ maxLength: 5 }),
    );
    const history = fc.dictionary(
      fc.constantFrom('step', 'central/step', 'item', 'constructor'),
      fc.array(key, { maxLength: 6 }),
    );
    fc.assert(
      fc.property(selectedWorld(), history, ({ catalog, contents, selection }, recorded) => {
        const { tree } = rendered(catalog, selection, contents, recorded);
        const steps =
          tree
            .find(({ path }) => path === 'steps.txt')
            ?.content.split('\n')
            .slice(0, -2) ?? [];
        expect(new Set(steps).size).toBe(steps.length);
        const kept = (
          JSON.parse(tree.find(({ path }) => path === MANIFEST_PATH)?.content ?? '{}') as { history: History }
        ).history;
        for (const [kind, keys] of Object.entries(recorded))
          expect([...new Set(kept[kind])].slice(0, new Set(keys).size)).toEqual([...new Set(keys)]);
      }),
      runs(60),
    );
  });
});

describe('a clash of facts', () => {
  test('is a problem with repairs that repair', () => {
    let seen = 0;
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        const resolution = resolve(catalog, selection);
        const { problems } = plan(catalog, resolution, contents);
        for (const problem of problems) {
          seen += 1;
          expect(problem.code).toBe('clash');
          expect(problem.repairs.length).toBeGreaterThan(0);
          for (const repair of problem.repairs) {
            const after = resolve(catalog, repair.selection);
            const left = [...after.problems, ...plan(catalog, after, contents).problems].map(keyOf);
            expect(left).not.toContain(keyOf(problem));
            const known = new Set([...resolution.problems, ...problems].map(keyOf));
            for (const key of left) expect(known).toContain(key);
          }
        }
      }),
      runs(150),
    );
    expect(seen).toBeGreaterThan(0);
  });
});

describe('what an author gets wrong throws, and says where', () => {
  const words = {
    title: 'T',
    summary: '',
    status: 'available',
    kind: 'service',
    category: 'services',
    always: true,
  } as const;
  const modules = [
    { ...words, id: 'one' },
    { ...words, id: 'two' },
  ] as const;
  const catalog = createCatalog({
    version: '20261122-00000000',
    modules,
    categories: [{ id: 'services', kind: 'service', title: '' }],
    pins: { resolved: '2026-11-22', python: '>=3.11', packages: [] },
  });
  const note = defineFact<{ name: string; text: string }>('note', { key: ({ name }) => name });
  const other = defineFact<{ name: string }>('note', { key: ({ name }) => name });
  const empty: ModuleContent = { contribution: defineFacts(modules[0], () => []), kinds: [], files: {} };
  const file = (path: string, text: string): ModuleContent => ({ ...empty, files: { [path]: template(text) } });
  const giving = (text: string): ModuleContent => ({
    ...empty,
    contribution: defineFacts(modules[0], () => [note({ name: 'n', text })]),
  });
  const erased = <T>(kind: unknown): T => kind as T;

  test.each<[string, ModuleContent, ModuleContent, RegExp]>([
    [
      'two owners of a path',
      { ...empty, files: { 'a.txt': { text: 'x' } } },
      { ...empty, files: { 'a.txt': { text: 'y' } } },
      /a\.txt has two owners: one and two/,
    ],
    [
      'two paths equal but for case',
      { ...empty, files: { 'a/B.txt': { text: 'x' } } },
      { ...empty, files: { 'A/b.txt': { text: 'y' } } },
      /A\/b\.txt has two owners: one and two/,
    ],
    [
      'a path that leaves the folder',
      { ...empty, files: { '../a.txt': { text: 'x' } } },
      empty,
      /one has a file whose path has an empty, \. or \.\. segment: \.\.\/a\.txt/,
    ],
    [
      'a path the engine owns',
      { ...empty, files: { 'stackwright.json': { text: 'x' } } },
      empty,
      /stackwright\.json has two owners/,
    ],
    [
      'a file where another has a folder',
      { ...empty, files: { a: { text: 'x' } } },
      { ...empty, files: { 'a/b': { text: 'y' } } },
      /a\/b of two is a folder to one, or the other way round/,
    ],
    ['an unknown name', file('a.txt', '{{py option.none}}'), empty, /one: a\.txt: the options of one has no none/],
    [
      'an unknown name in a condition',
      file('a.txt', '{{#if plan.none}}x{{/if}}'),
      empty,
      /one: a\.txt: plan has no none/,
    ],
    ['an unknown name in a list', file('a.txt', '{{#each plan.none}}x{{/each}}'), empty, /plan has no none/],
    ['an unknown value', file('a.txt', '{{#if (is project.none "x")}}x{{/if}}'), empty, /project has no none/],
    [
      'a list where a text belongs',
      file('a.txt', '{{sh project.units}}'),
      empty,
      /\{\{sh\}\} was given nothing it knows/,
    ],
    [
      'code that is not the catalog’s own',
      file('a.txt', '{{code "a\nb"}}'),
      empty,
      /\{\{code\}\} is for the catalog's own words/,
    ],
    [
      'two different facts of one name',
      { ...giving('a'), kinds: [erased(note)] },
      giving('b'),
      /one and two give two different note facts called n/,
    ],
    [
      'two kinds of one name',
      { ...empty, kinds: [erased(note)] },
      { ...empty, kinds: [erased(other)] },
      /two lists facts called note, and so does another/,
    ],
    [
      'a kind with the name of the pins',
      { ...empty, kinds: [erased(defineFact('constraint', { key: () => '' }))] },
      empty,
      /one lists facts called constraint/,
    ],
  ])('%s', (_, one, two, message) => {
    const contents: Contents = new Map([
      ['one', one],
      ['two', two],
    ]);
    const resolution = resolve(catalog, emptySelection());
    expect(() => render(catalog, plan(catalog, resolution, contents), contents)).toThrow(message);
  });

  test('equal facts are one, whatever order their fields were written in', () => {
    const two: ModuleContent = {
      ...empty,
      contribution: defineFacts(modules[1], () => [note({ text: 'a', name: 'n' })]),
    };
    const contents: Contents = new Map([
      ['one', { ...giving('a'), kinds: [erased(note)] }],
      ['two', two],
    ]);
    const { units } = plan(catalog, resolve(catalog, emptySelection()), contents);
    expect(units[0]?.facts.get('note')).toMatchObject([{ key: 'n', from: [{ module: 'one' }, { module: 'two' }] }]);
  });
});
