/** Adding, removing and configuring modules. */
import type { ModuleId, OptionId, OptionValue } from '#core/module.ts';
import type { Repair } from '#core/repair.ts';
import { choose, configure, drop, dropWithDependents, optionOf, refuseValue, type Selection } from '#core/selection.ts';
import { change, changes, optionTitle, titleOf, valueRefusal } from '#words/en.ts';
import { alreadyChosen, capital, did, staysFor, whyNotAddable } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { dropPlace } from '../layout/place.ts';
import { commit, defineAction, say, show } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import { typedKey } from '../store/history.ts';
import { requirersOf } from '../store/leaving.ts';
import type { Point } from '../store/state.ts';

/** @param at where it was dropped on the graph */
export const add = defineAction<[id: ModuleId, at?: Point | undefined]>({
  name: 'Add',
  refuse: ({ selection }, id) => {
    const module = catalog.modules.get(id);
    if (!module) return undefined;
    return whyNotAddable(module) ?? (selection.chosen.includes(id) ? alreadyChosen(module.title) : undefined);
  },
  run: ({ selection, positions }, id, at) => {
    const module = catalog.modules.get(id);
    if (!module) return;
    const next = choose(selection, id);
    const isNew = !drawnOf(selection).some((entry) => entry.module.id === id);
    const place = at && isNew ? { [id]: dropPlace(module, at, positions, drawnOf(selection)) } : {};
    commit({
      name: isNew ? did.added(module.title) : did.kept(module.title),
      selection: next,
      positions: { ...positions, ...place },
      about: [id],
      show: { picked: [id] },
    });
  },
});

/** Removes a choice. What is still needed stays, and the person is asked whether those who need it go too. */
export const remove = defineAction<[id: ModuleId]>({
  name: 'Remove',
  refuse: ({ selection }, id) => {
    const module = catalog.modules.get(id);
    // One that is always there can be chosen as well, by a link or a command; the choice can go.
    if (module?.always && !selection.chosen.includes(id)) return whyNotAddable(module);
    return drawnOf(selection).some((entry) => entry.module.id === id) ? undefined : 'It is not in the project.';
  },
  run: (state, id) => {
    const { selection } = state;
    if (catalog.modules.get(id)?.always) void removeChoice.run(state, id);
    else if (requirersOf(selection, id).length > 0) show({ dialog: { kind: 'remove', module: id } });
    else commit({ name: did.removed([titleOf(catalog, id)]), selection: drop(catalog, selection, id), about: [id] });
  },
});

/** Several at once, in one step: none stays for another of them. What is always there stays anyway. */
export const removeAll = defineAction<[ids: readonly ModuleId[]]>({
  name: 'Remove what is selected',
  refuse: (state, ids) => {
    const { selection } = state;
    const going = ids.filter((id) => remove.refuse?.(state, id) === undefined);
    const [first] = ids;
    if (going.length === 0) return first === undefined ? undefined : remove.refuse?.(state, first);
    if (ids.length === 1) return undefined;
    const next = withoutAll(selection, going);
    const left = drawnOf(next).find(({ module }) => going.includes(module.id) && !module.always);
    return left && staysFor(catalog, left.module.title, requirersOf(next, left.module.id));
  },
  run: (state, ids) => {
    const { selection } = state;
    const going = ids.filter((id) => remove.refuse?.(state, id) === undefined);
    const [first] = going;
    if (first === undefined) return;
    if (ids.length === 1) void remove.run(state, first);
    else
      commit({
        name: did.removed(going.map((id) => titleOf(catalog, id))),
        selection: withoutAll(selection, going),
        about: going,
      });
  },
});

/** Taken back one after the other: what one of them required is no longer required when its turn comes again. */
function withoutAll(selection: Selection, ids: readonly ModuleId[]): Selection {
  return [...ids, ...ids].reduce((left, id) => drop(catalog, left, id), selection);
}

export const removeWithDependents = defineAction<[id: ModuleId]>({
  name: 'Remove with what needs it',
  run: ({ selection }, id) => {
    const next = dropWithDependents(catalog, selection, id);
    const gone = selection.chosen.filter((other) => !next.chosen.includes(other));
    const about = [...new Set([id, ...gone])];
    show({ dialog: undefined });
    commit({ name: did.removed(about.map((other) => titleOf(catalog, other))), selection: next, about });
  },
});

/** For a module that is chosen and needed as well: it stays, but no longer for itself. */
export const removeChoice = defineAction<[id: ModuleId]>({
  name: 'Remove the choice only',
  run: ({ selection }, id) => {
    show({ dialog: undefined });
    const title = titleOf(catalog, id);
    if (!selection.chosen.includes(id)) return;
    commit({
      name: did.removed([`the choice of ${title}`]),
      selection: drop(catalog, selection, id),
      words: staysFor(catalog, title, requirersOf(selection, id)),
    });
  },
});

/**
 * Sets an option; `undefined` takes what was said back.
 * @param visit of the field it was typed into
 */
export const setOption = defineAction<[id: ModuleId, option: OptionId, value: OptionValue | undefined, visit?: number]>(
  {
    name: 'Set option',
    refuse: (_, id, option, value) => {
      const module = catalog.modules.get(id);
      const declared = module && optionOf(module, option);
      if (!declared || value === undefined) return undefined;
      const refusal = refuseValue(declared, value);
      return refusal && valueRefusal(refusal);
    },
    run: ({ selection }, id, option, value, visit = 0) => {
      const module = catalog.modules.get(id);
      const isText = module && optionOf(module, option)?.kind === 'text';
      const title = optionTitle(catalog, id, option);
      const name =
        value === undefined
          ? did.reset(title, titleOf(catalog, id))
          : isText
            ? `Wrote ${titleOf(catalog, id)}’s ${title}`
            : capital(change(catalog, { kind: 'set', module: id, option, value }));
      commit({
        name,
        selection: configure(selection, id, option, value),
        ...(isText && value !== undefined ? { merge: typedKey(`${id}.${option}`, visit), isTyped: true } : {}),
      });
    },
  },
);

export const repair = defineAction<[repair: Repair]>({
  name: 'Repair',
  run: (_, { selection, changes: made }) => {
    const words = changes(catalog, made);
    commit({ name: did.repaired(words), selection, words: did.repaired(words) });
  },
});

/** For who listens alone: others have seen it. */
export const announce = defineAction<[text: string]>({ name: 'Say', run: (_, text) => say(text, { visible: false }) });
