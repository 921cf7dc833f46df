/** What is shown. None of it is part of the project, so none of it can be undone. */
import type { ModuleId } from '#core/module.ts';
import { bounded, type Panel } from '../panels/sizes.ts';
import { defineAction, show } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import type { Dialog, Pane, Tab, Theme, Ui } from '../store/state.ts';

export const pick = defineAction<[ids: readonly ModuleId[]]>({
  name: 'Select',
  // Who clicks an edge leaves the nodes, in this order: that does not leave the edge.
  run: (_, ids) => show({ picked: ids, listed: undefined, ...(ids.length > 0 ? { pickedEdge: undefined } : {}) }),
});
/** What was said belongs to where one was; another tab is not covered by it. */
const elsewhere = { message: undefined } as const;
/** Selects a module and brings its inspector up, which a narrow screen may not show. */
export const inspect = defineAction<[id: ModuleId]>({
  name: 'Inspect',
  run: (_, id) => show({ picked: [id], pickedEdge: undefined, listed: undefined, pane: 'inspector', ...elsewhere }),
});
export const heat = defineAction<[edge: string | undefined]>({
  name: 'Point at',
  run: (_, edge) => show({ hotEdge: edge }),
});
export const drag = defineAction<[dragging: { module: ModuleId; over: boolean } | undefined]>({
  name: 'Drag',
  run: (_, dragging) => show({ dragging }),
});
export const setTab = defineAction<[tab: Tab]>({
  name: 'Show',
  run: (_, tab) => show({ tab, pane: 'results', resultsOpen: true, ...elsewhere }),
});
export const setPane = defineAction<[pane: Pane]>({ name: 'Go to', run: (_, pane) => show({ pane, ...elsewhere }) });
export const setTheme = defineAction<[theme: Theme]>({ name: 'Theme', run: (_, theme) => show({ theme }) });
export const openMenu = defineAction<[menu: Ui['menu'] | undefined]>({
  name: 'Menu',
  run: ({ selection }, menu) => {
    // A place that an edge would bring has no menu.
    if (!menu || drawnOf(selection).some(({ module }) => module.id === menu.module)) show({ menu });
  },
});
export const openDialog = defineAction<[dialog: Dialog]>({ name: 'Open', run: (_, dialog) => show({ dialog }) });
export const closeDialog = defineAction({ name: 'Close', run: () => show({ dialog: undefined }) });
export const dismissMessage = defineAction({ name: 'Dismiss', run: () => show({ message: undefined }) });
export const dismissNotices = defineAction({
  name: 'Dismiss',
  run: () => show({ notices: [], differs: undefined }),
});
/** Without a size the panel is again as large as the window suggests. */
export const sizePanel = defineAction<[panel: Panel, size: number | undefined]>({
  name: 'Size',
  run: (_, panel, size) => show({ [panel]: size === undefined ? undefined : bounded(panel, size) }),
});
export const toggleResults = defineAction({ name: 'Fold', run: ({ ui }) => show({ resultsOpen: !ui.resultsOpen }) });
