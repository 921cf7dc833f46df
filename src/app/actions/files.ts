/** Reading the files: which, where in it, and whose lines are looked for. */
import type { Source } from '#core/facts.ts';
import type { ModuleId } from '#core/module.ts';
import type { ProjectFile } from '#core/tree.ts';
import { files as words } from '#words/files.ts';
import { defineAction, perform, show } from '../store/action.ts';
import { drawnOf, linkOf, renderingOf } from '../store/derive.ts';
import type { State } from '../store/state.ts';
import { copy } from './project.ts';

/** Brings the Files tab up, also where one screen shows one thing at a time. */
const reading = { tab: 'files', pane: 'results', resultsOpen: true, message: undefined } as const;

function find({ selection, recorded }: State, path: string): ProjectFile | undefined {
  const rendering = renderingOf(selection, recorded);
  return rendering?.ok ? rendering.tree.find((file) => file.path === path) : undefined;
}

/** Opens a file, at a line if one is given. Before the files are rendered nothing is known of them, and all is taken. */
export const openFile = defineAction<[path: string, line?: number | undefined]>({
  name: 'Open a file',
  refuse: (state, path, line) => {
    if (!renderingOf(state.selection, state.recorded)?.ok) return undefined;
    const file = find(state, path);
    if (!file) return words.noFile(path);
    const last = file.spans.at(-1)?.toLine ?? 0;
    return line !== undefined && (line < 1 || line > last) ? words.noLine(path, line, last) : undefined;
  },
  run: (state, path, line) => {
    const text = find(state, path)?.content;
    show({
      ...reading,
      file: { path, ...(line === undefined ? {} : { line }), ...(text === undefined ? {} : { text }) },
    });
  },
});

/** To the place that the opened link names, once there are files to look it up in. */
export const goToPlace = defineAction({
  name: 'Go to the place in the link',
  run: (state) => {
    const { place } = state.ui;
    if (!place || !renderingOf(state.selection, state.recorded)?.ok) return;
    const { path, line } = place;
    const refused = openFile.refuse?.(state, path, line);
    show({ place: undefined, ...(refused === undefined ? {} : { notices: [...state.ui.notices, refused] }) });
    // Where only the line is not there, the file is.
    if (refused === undefined) perform(openFile, path, line);
    else if (openFile.refuse?.(state, path) === undefined) perform(openFile, path);
  },
});

/** A link that opens the project at this place. */
export const copyPlace = defineAction<[path: string, line?: number | undefined]>({
  name: 'Copy link to this line',
  run: ({ selection }, path, line) => {
    const place = line === undefined ? path : `${path}:${line}`;
    perform(copy, `${linkOf(selection)}//${place}`, words.place(path, line));
  },
});

/** What lies under pointer or focus on the graph and in its twin. */
export const pointAt = defineAction<[id: ModuleId | undefined]>({
  name: 'Point at',
  run: ({ ui }, id) => {
    if (ui.pointed !== id) show({ pointed: id });
  },
});

/** Lists only the files with lines from this, and lights those up. */
export const listFiles = defineAction<[source: Source | undefined]>({
  name: 'List the files of',
  run: (_, source) => show(source ? { ...reading, listed: source } : { listed: undefined }),
});

/** To what a line comes from: the module in the inspector, and there the option. What is not drawn stands with the project. */
export const goToSource = defineAction<[source: Source]>({
  name: 'Go to where a line comes from',
  run: ({ selection }, { module, option }) => {
    const isDrawn = drawnOf(selection).some((entry) => entry.module.id === module);
    show({ picked: isDrawn ? [module] : [], pane: 'inspector', message: undefined });
    focusWhenThere(option ? `[data-option="${CSS.escape(`${module}.${option}`)}"]` : undefined);
  },
});

/** The inspector comes a frame or two later than what it shows was picked. */
function focusWhenThere(field: string | undefined, frames = 60): void {
  requestAnimationFrame(() => {
    const inspector = document.getElementById('inspector');
    const found = field === undefined ? inspector : inspector?.querySelector(field);
    if (!found && frames > 0) return focusWhenThere(field, frames - 1);
    const stop =
      field === undefined ? undefined : (found?.querySelector(':checked') ?? found?.querySelector('input, textarea'));
    (stop instanceof HTMLElement ? stop : inspector)?.focus();
  });
}
