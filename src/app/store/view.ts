/** What of the ui a browser keeps: how the page is arranged, never what the project is. */
import { bounded, type Panel } from '../panels/sizes.ts';
import type { State, Tab, Ui } from './state.ts';

/** A kept part is read back as foreign data: what it may not be is left aside. */
type Kept<T> = (value: unknown) => T | undefined;
const TABS: Readonly<Record<Tab, true>> = { diagram: true, files: true, changes: true, command: true };

const isTab = (value: unknown): value is Tab => typeof value === 'string' && Object.hasOwn(TABS, value);
const sizeOf =
  (panel: Panel): Kept<number> =>
  (value) =>
    typeof value === 'number' && bounded(panel, value) === value ? value : undefined;

/**
 * Every part of the ui, so that a new one does not compile before somebody has decided: how it is read back, `apart`
 * where `storage.ts` keeps it under a key of its own, or `false` for what goes with the page.
 */
const PARTS: { readonly [K in keyof Required<Ui>]: Kept<Ui[K]> | 'apart' | false } = {
  picked: false,
  pointed: false,
  file: false,
  place: false,
  listed: false,
  diagram: false,
  hotEdge: false,
  pickedEdge: false,
  connecting: false,
  preview: false,
  dragging: false,
  theme: 'apart',
  tab: (value) => (isTab(value) ? value : undefined),
  pane: false,
  leftWidth: sizeOf('leftWidth'),
  inspectorWidth: sizeOf('inspectorWidth'),
  resultsHeight: sizeOf('resultsHeight'),
  resultsOpen: (value) => (typeof value === 'boolean' ? value : undefined),
  nameDraft: false,
  naming: false,
  menu: false,
  dialog: false,
  message: false,
  notices: false,
  origin: false,
  opened: false,
  differs: false,
  texts: false,
  arranged: false,
  downloading: false,
  newVersion: false,
  firstVisit: false,
  against: false,
  diffView: (value) => (value === 'split' || value === 'unified' ? value : undefined),
  downloaded: 'apart',
};

export type View = Partial<Pick<Ui, 'tab' | Panel | 'resultsOpen' | 'diffView'>>;

/** As text; equal views are equal texts. */
export function viewText({ ui }: State): string {
  return JSON.stringify(Object.fromEntries(kept().map(([key]) => [key, ui[key]])));
}

/** What of it can be taken up. */
export function readView(text: string | null): View {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const given: Readonly<Record<string, unknown>> = { ...value };
  const parts = kept().map(([key, read]) => [key, read(given[key])] as const);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined)) as View;
}

function kept(): [keyof Ui, Kept<unknown>][] {
  return Object.entries(PARTS).flatMap(([key, part]) =>
    typeof part === 'function' ? [[key as keyof Ui, part as Kept<unknown>]] : [],
  );
}
