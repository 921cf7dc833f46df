/** How the page begins, and how address bar and storage follow it from then on. */
import { emptySelection, type Selection } from '#core/selection.ts';
import { type Decoded, decode } from '#core/share.ts';
import { notice } from '#words/notices.ts';
import { link as linkWords, notices as words } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { open } from '../actions/history.ts';
import { loadTexts } from '../actions/project.ts';
import { settle } from '../layout/place.ts';
import { perform, show } from './action.ts';
import { codeOf, drawnOf, edgesOf, renderingOf } from './derive.ts';
import { emptyHistory } from './history.ts';
import { store as keep, recall, type Trouble } from './storage.ts';
import { getState, initialState, subscribe, write } from './store.ts';

export function start(): void {
  const troubles = new Set<Trouble>();
  const stored = recall((trouble) => troubles.add(trouble));
  const linked = location.hash.length > 1 ? decode(catalog, location.hash) : undefined;
  const storedCode = stored.tab?.code ?? stored.last?.code;
  const selection =
    linked?.selection ?? (storedCode === undefined ? emptySelection() : decode(catalog, storedCode).selection);
  const code = codeOf(selection);
  // History is taken up only if it leads to what is shown.
  const tab = stored.tab && codeOf(decode(catalog, stored.tab.code).selection) === code ? stored.tab : undefined;
  const known = (tab ?? stored.of(selection.project))?.positions ?? {};
  const isArranged = drawnOf(selection).some(({ module }) => Object.hasOwn(known, module.id));
  write({
    selection,
    positions: settle(known, drawnOf(selection), edgesOf(selection)),
    history: tab?.history ?? emptyHistory,
    ui: { ...initialState.ui, theme: stored.theme, arranged: isArranged },
  });
  show({
    notices: [
      ...noticesOf(linked),
      ...[...troubles].map((trouble) => (trouble === 'corrupt' ? words.stored : words.storage)),
    ],
  });
  remember(linked);
  follow();
}

function noticesOf(linked: Decoded | undefined): string[] {
  return (linked?.notices ?? []).map((given) => notice(catalog, given));
}

function remember(linked: Decoded | undefined): void {
  show({ origin: linked?.origin ? { ...linked.origin, selection: getState().selection } : undefined });
}

function follow(): void {
  writeAddress(getState().selection);
  let wasStored = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const keepNow = (isLeaving = false): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const isStored = keep(getState(), isLeaving);
    if (!isStored && wasStored && !getState().ui.notices.includes(words.storage)) {
      show({ notices: [...getState().ui.notices, words.storage] });
    }
    wasStored = isStored;
  };
  subscribe((state, before) => {
    if (state.selection !== before.selection) {
      writeAddress(state.selection);
      if (state.ui.texts.loads > 0) perform(loadTexts);
    }
    if (state.ui.texts.loads !== before.ui.texts.loads) compareOrigin();
    const changed =
      state.selection !== before.selection ||
      state.positions !== before.positions ||
      state.ui.theme !== before.ui.theme ||
      state.ui.naming !== before.ui.naming;
    if (changed && waiting === undefined) waiting = setTimeout(keepNow, 200);
  });
  // A reload must not lose the last moment.
  addEventListener('pagehide', () => keepNow(true));
  addEventListener('hashchange', followAddress);
}

/** The address carries the selection alone, and Back leaves the page. */
function writeAddress(selection: Selection): void {
  const hash = `#${codeOf(selection)}`;
  if (location.hash === hash) return;
  try {
    history.replaceState(null, '', hash);
  } catch {
    // Browsers limit how often; the next change writes it again.
  }
}

/** A link pasted into the address bar, or clicked. */
function followAddress(): void {
  const { selection } = getState();
  if (location.hash === `#${codeOf(selection)}`) return;
  if (location.hash.length > 1) {
    const linked = decode(catalog, location.hash);
    show({ notices: noticesOf(linked) });
    if (codeOf(linked.selection) !== codeOf(selection)) perform(open, linked.selection);
    remember(linked);
    compareOrigin();
  }
  writeAddress(getState().selection);
}

/** Says whether the opened link makes the project it was made for; only the whole file tree can tell. */
function compareOrigin(): void {
  const { ui, selection } = getState();
  const { origin } = ui;
  if (!origin) return;
  if (origin.selection !== selection) {
    show({ origin: undefined });
    return;
  }
  const rendering = renderingOf(selection);
  if (!rendering?.ok) return;
  const isSame = rendering.hash.startsWith(origin.hash8);
  const isSameCatalog = origin.catalog === catalog.version;
  const text = isSameCatalog
    ? isSame
      ? undefined
      : linkWords.changed
    : isSame
      ? linkWords.identical
      : linkWords.differs;
  show({ origin: undefined, ...(text ? { notices: [...getState().ui.notices, text] } : {}) });
}
