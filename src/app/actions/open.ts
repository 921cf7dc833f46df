/** Opening what exists already: a link, or a project by its zip, its manifest or its folder; and how far it is what is made now. */
import type { OpenRefusal } from '#core/opened.ts';
import type { Selection } from '#core/selection.ts';
import { type Decoded, decode, pastedCode } from '#core/share.ts';
import { notice } from '#words/notices.ts';
import { OPEN_REFUSAL, opened as openedWords, open as words } from '#words/open.ts';
import { did, link as linkWords } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import type { Read, Source } from '../open/read.ts';
import { commit, defineAction, perform, say, show, type UiPatch } from '../store/action.ts';
import { NOTHING_RECORDED, renderingOf } from '../store/derive.ts';
import type { Snapshot } from '../store/state.ts';
import { getState } from '../store/store.ts';
import { goToPlace } from './files.ts';
import { loadTexts } from './project.ts';

export const noticesOf = ({ notices }: Decoded): string[] => notices.map((given) => notice(catalog, given));

/** What a link says of itself beside the selection that is shown: what it was made as, and the place it leads to. */
export function arrivalOf({ origin, place }: Decoded, code: string): UiPatch {
  const made = origin && { selection: getState().selection, code, catalog: origin.catalog, hash: origin.hash8 };
  return { origin: made, place, ...(place ? { tab: 'files', pane: 'results', resultsOpen: true } : {}) };
}

/** A link pasted into the address bar, or into the dialog: one step, and what of it could not be taken up. */
export const openLink = defineAction<[code: string]>({
  name: 'Open a link',
  run: (_, code) => {
    const linked = decode(catalog, code);
    show({ notices: noticesOf(linked), differs: undefined });
    take(linked.selection, NOTHING_RECORDED, did.opened);
    show(arrivalOf(linked, code));
    perform(compareOrigin);
    perform(goToPlace);
  },
});

/** Something dropped or chosen from the disk. */
export const openSource = defineAction<[source: Source]>({
  name: 'Open a project',
  run: async (_, source) => {
    const reader = await loadReader();
    if (!reader) perform(refuseOpening, words.unloaded);
    else takeUp(await reader.read(source));
  },
});

/** Something pasted: a link, a share code or a manifest. */
export const openText = defineAction<[text: string]>({
  name: 'Open a text',
  refuse: (_, text) => (text.trim() === '' ? words.nothing : undefined),
  run: async (_, text) => {
    const code = text.trimStart().startsWith('{') ? undefined : pastedCode(text);
    if (code !== undefined) {
      const isLater = decode(catalog, code).notices.some((given) => given.code === 'newer-version');
      if (isLater) perform(refuseOpening, OPEN_REFUSAL['newer-code']);
      else {
        show({ dialog: undefined });
        perform(openLink, code);
      }
    } else if (text.includes('{')) {
      const reader = await loadReader();
      if (!reader) perform(refuseOpening, words.unloaded);
      else takeUp(reader.fromText(text));
    } else perform(refuseOpening, OPEN_REFUSAL['no-code']);
  },
});

/** Says why nothing was opened: in the dialog where it was asked for, else among the notices. */
export const refuseOpening = defineAction<[why: string]>({
  name: 'Refuse',
  run: ({ ui }, why) => {
    if (ui.dialog?.kind === 'open') show({ dialog: { kind: 'open', refused: why } });
    else show({ notices: [why], differs: undefined });
  },
});

const loadReader = (): Promise<typeof import('../open/read.ts') | undefined> =>
  import('../open/read.ts').catch(() => undefined);

function takeUp(read: Read | { readonly refusal: OpenRefusal }): void {
  if ('refusal' in read) {
    perform(refuseOpening, OPEN_REFUSAL[read.refusal]);
    return;
  }
  const { project, how, files } = read;
  const { manifest, selection } = project;
  show({
    dialog: undefined,
    notices: [...noticesOf(project), ...(project.contradicts ? [openedWords.contradicts] : [])],
    differs: undefined,
  });
  take(selection, manifest.history, words.opened(selection.project, how));
  show({
    origin: {
      selection: getState().selection,
      code: manifest.code,
      catalog: manifest.catalog,
      hash: manifest.hash,
      project: { manifest, how, ...(files ? { files } : {}) },
    },
  });
  perform(compareOrigin);
}

/** A whole selection from elsewhere, as one step. */
function take(selection: Selection, recorded: Snapshot['recorded'], name: string): void {
  const before = getState();
  show({ nameDraft: undefined, picked: [] });
  commit({ name, selection, recorded, words: `${name}.` });
  if (getState().history === before.history) say(words.already);
}

/** Says whether what was opened is what is made now; only the whole file tree can tell, so it waits for the texts. */
export const compareOrigin = defineAction({
  name: 'Compare',
  run: async ({ selection, recorded, ui: { origin } }) => {
    if (!origin) return;
    if (origin.selection !== selection) {
      show({ origin: undefined });
      return;
    }
    // A link is of a new project, whatever is recorded of this one.
    const rendering = renderingOf(selection, origin.project ? recorded : NOTHING_RECORDED);
    if (!rendering) await loadTexts.run(getState());
    if (!rendering?.ok) return;
    show({ origin: undefined });
    const isSame = rendering.hash.startsWith(origin.hash);
    if (isSame && origin.catalog === catalog.version && !origin.project) return;
    const { compare } = await import('../open/compare.ts').catch(() => ({ compare: undefined }));
    const told = compare ? await compare(origin, rendering.tree, isSame) : { notices: [linkWords.differs] };
    if (getState().selection !== selection) return;
    const { opened, differs } = told;
    show({ notices: [...getState().ui.notices, ...told.notices], differs, ...(opened ? { opened } : {}) });
  },
});
