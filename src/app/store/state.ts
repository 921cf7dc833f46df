/** Everything the page remembers. All else is derived from the selection. */
import type { ModuleId } from '#core/module.ts';
import type { Selection } from '#core/selection.ts';
import type { Origin } from '#core/share.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Where nodes stand, by module; remembered also while a module is away. */
export type Positions = Readonly<Record<ModuleId, Point>>;

/** What undo brings back. */
export interface Snapshot {
  readonly selection: Selection;
  readonly positions: Positions;
}
export interface Step {
  /** As a past participle: `Added Auth`. */
  readonly name: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Steps in quick succession with one key become one: typing, arrow keys. */
  readonly merge?: string;
  readonly at: number;
}
export interface History {
  readonly past: readonly Step[];
  /** The next to redo last. */
  readonly future: readonly Step[];
}

/** What the project is compared with. */
export type Base =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'download' }
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'link'; readonly code: string };

/** How the lines of a changed file stand. */
export type DiffView = 'unified' | 'split';

export type Theme = 'system' | 'light' | 'dark';
export type Tab = 'diagram' | 'files' | 'changes' | 'command';
/** On a narrow screen one of these shares the screen with the graph. */
export type Pane = 'modules' | 'inspector' | 'results';

export type Dialog =
  | { readonly kind: 'remove'; readonly module: ModuleId }
  | { readonly kind: 'next' }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'shortcuts' };

export interface Message {
  readonly id: number;
  readonly text: string;
  /** Shown, not only announced. */
  readonly visible: boolean;
  /** The step it can take back. */
  readonly undoes?: Step;
}

export interface Ui {
  readonly picked: readonly ModuleId[];
  readonly hotEdge?: string;
  /** A module on its way from the palette, and whether it is over the graph. */
  readonly dragging?: { readonly module: ModuleId; readonly over: boolean };
  readonly theme: Theme;
  readonly tab: Tab;
  readonly pane: Pane;
  readonly resultsHeight: number;
  readonly resultsOpen: boolean;
  /** A project name as typed, while it is not one. */
  readonly nameDraft?: string;
  readonly dialog?: Dialog;
  readonly message?: Message;
  readonly notices: readonly string[];
  /** The catalog and project the opened link was made with. */
  readonly origin?: Origin & { readonly selection: Selection };
  readonly texts: { readonly loads: number; readonly failed: boolean };
  /** Whether nodes stand where a layout or a person put them. */
  readonly arranged: boolean;
  readonly downloading: boolean;
  /** Nobody has been here before; presets stand beside the starter. */
  readonly firstVisit?: boolean;
  /** What Changes compares with; unsaid it is the last download, if there is one. */
  readonly against?: Base;
  /** How a person likes differences; a narrow screen shows them unified whatever it is. */
  readonly diffView: DiffView;
  /** The exact code of the last download of this project. */
  readonly downloaded?: string;
}

export interface State extends Snapshot {
  readonly history: History;
  readonly ui: Ui;
}
