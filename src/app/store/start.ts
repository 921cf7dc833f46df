/** How the page begins, and how storage follows it from then on. */
import { decode } from '#core/share.ts';
import { notices as words } from '#words/page.ts';
import { catalog, starter } from '../../catalog.ts';
import { goToPlace } from '../actions/files.ts';
import { arrivalOf, compareOrigin, noticesOf } from '../actions/open.ts';
import { loadTexts } from '../actions/project.ts';
import { settle } from '../layout/place.ts';
import { perform, show } from './action.ts';
import { followAddress } from './address.ts';
import { renderAhead } from './ahead.ts';
import { codeOf, drawnOf, edgesOf, NOTHING_RECORDED } from './derive.ts';
import { emptyHistory } from './history.ts';
import { whenIdle } from './later.ts';
import { store as keep, recall, type Stored, type Trouble } from './storage.ts';
import { getState, initialState, subscribe, write } from './store.ts';
import { viewText } from './view.ts';

export function start(): void {
  const troubles = new Set<Trouble>();
  const stored = recall((trouble) => troubles.add(trouble));
  const linked = location.hash.length > 1 && !isBehind(stored.tab) ? decode(catalog, location.hash) : undefined;
  const storedCode = stored.tab?.code ?? stored.last?.code;
  const opened = linked ?? (storedCode === undefined ? undefined : decode(catalog, storedCode));
  const { selection } = opened ?? decode(catalog, starter.code);
  const code = codeOf(selection);
  // History is taken up only if it leads to what is shown.
  const tab = stored.tab && codeOf(decode(catalog, stored.tab.code).selection) === code ? stored.tab : undefined;
  const last = tab ?? stored.of(selection.project);
  const known = last?.positions ?? {};
  // A link that says something else stands for a project of its own.
  const isLast = last !== undefined && codeOf(decode(catalog, last.code).selection) === code;
  const isArranged = drawnOf(selection).some(({ module }) => Object.hasOwn(known, module.id));
  write({
    selection,
    positions: settle(known, drawnOf(selection), edgesOf(selection)),
    recorded: isLast ? last.recorded : NOTHING_RECORDED,
    history: tab?.history ?? emptyHistory,
    ui: { ...initialState.ui, ...stored.view, theme: stored.theme, arranged: isArranged },
  });
  show({
    firstVisit: linked === undefined && storedCode === undefined,
    downloaded: stored.downloaded(selection.project),
  });
  show({
    notices: [
      ...(opened ? noticesOf(opened) : []),
      ...[...troubles].map((trouble) => (trouble === 'corrupt' ? words.stored : words.storage)),
    ],
  });
  if (linked) show(arrivalOf(linked, location.hash));
  followAddress();
  follow(stored.downloaded);
  renderAhead();
}

/**
 * Whether a reload came back to the address of an earlier step: it was asked for in the moment between a change and
 * its address. A link that was opened is not reloaded, and what the tab has not been through is a link.
 */
function isBehind(tab: Stored | undefined): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!tab || navigation?.type !== 'reload') return false;
  const steps = [...tab.history.past, ...tab.history.future].flatMap(({ before, after }) => [before, after]);
  return steps.some(({ selection }) => location.hash === `#${codeOf(selection)}`);
}

function follow(downloaded: (project: string) => string | undefined): void {
  let wasStored = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** The project that something was done to. */
  let own: string | undefined;
  const keepNow = (isLeaving = false): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const isStored = keep(getState(), { isLeaving, isOwn: own === getState().selection.project });
    if (!isStored && wasStored && !getState().ui.notices.includes(words.storage)) {
      show({ notices: [...getState().ui.notices, words.storage] });
    }
    wasStored = isStored;
  };
  subscribe((state, before) => {
    const { project } = state.selection;
    if (project !== before.selection.project) show({ downloaded: downloaded(project) });
    else if (state.history !== before.history) own = project;
    if (state.selection !== before.selection && state.ui.texts.loads > 0) perform(loadTexts);
    if (state.ui.texts.loads !== before.ui.texts.loads) {
      // What was chosen while the first texts were on their way.
      perform(loadTexts);
      perform(compareOrigin);
      perform(goToPlace);
    }
    const changed =
      state.selection !== before.selection ||
      state.positions !== before.positions ||
      state.recorded !== before.recorded ||
      state.ui.downloaded !== before.ui.downloaded ||
      state.ui.theme !== before.ui.theme ||
      state.ui.naming !== before.ui.naming ||
      (state.ui !== before.ui && viewText(state) !== viewText(before));
    if (changed && waiting === undefined) waiting = setTimeout(() => whenIdle(() => keepNow()), 200);
  });
  // A reload must not lose the last moment.
  addEventListener('pagehide', () => keepNow(true));
}
