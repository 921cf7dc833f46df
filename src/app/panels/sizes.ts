/** How large each panel is: as somebody made it, as far as the window leaves the graph its room. */
import type { Ui } from '../store/state.ts';

export type Panel = 'leftWidth' | 'inspectorWidth' | 'resultsHeight';
export type Sizes = { readonly [P in Panel]?: Ui[P] | undefined };
export interface Room {
  readonly width: number;
  readonly height: number;
}
interface Fitted {
  readonly value: number;
  readonly least: number;
  /** In this window, with the other panels as they are. */
  readonly most: number;
}

/** In pixels, whatever the window. */
export const PANELS: Readonly<Record<Panel, { readonly least: number; readonly most: number }>> = {
  leftWidth: { least: 200, most: 480 },
  inspectorWidth: { least: 240, most: 600 },
  resultsHeight: { least: 140, most: 720 },
};
/** What stays of the graph, and above it the top bar. */
const GRAPH = { width: 400, height: 200 } as const;
const TOP_BAR = 53;

const within = (size: number, { least, most }: Omit<Fitted, 'value'>): number =>
  Math.round(Math.min(Math.max(size, least), most));

/** As far as the panel may ever go. */
export const bounded = (panel: Panel, size: number): number => within(size, PANELS[panel]);

export function panelsIn(room: Room, sizes: Sizes): Readonly<Record<Panel, Fitted>> {
  const isRoomy = room.width > 1100;
  const left = bounded('leftWidth', sizes.leftWidth ?? (isRoomy ? 268 : 244));
  const inspector = bounded('inspectorWidth', sizes.inspectorWidth ?? (isRoomy ? 320 : 280));
  // Where both are too wide for the window, each gives of what it has above its least.
  const columns = room.width - GRAPH.width;
  const spare = left + inspector - PANELS.leftWidth.least - PANELS.inspectorWidth.least;
  const over = Math.min(Math.max(left + inspector - columns, 0), spare);
  const leftGives = spare === 0 ? 0 : Math.round((over * (left - PANELS.leftWidth.least)) / spare);
  const width = { left: left - leftGives, inspector: inspector - (over - leftGives) };
  return {
    leftWidth: fitted('leftWidth', width.left, columns - width.inspector),
    inspectorWidth: fitted('inspectorWidth', width.inspector, columns - width.left),
    resultsHeight: fitted('resultsHeight', sizes.resultsHeight ?? 300, room.height - TOP_BAR - GRAPH.height),
  };
}

function fitted(panel: Panel, size: number, free: number): Fitted {
  const { least } = PANELS[panel];
  const range = { least, most: Math.max(least, Math.min(PANELS[panel].most, free)) };
  return { value: within(size, range), ...range };
}
