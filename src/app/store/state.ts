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

export type Theme = 'system' | 'light' | 'dark';
export type Tab = 'diagram' | 'files' | 'command';
/** On a narrow screen one of these shares the screen with the graph. */
export type Pane = 'modules' | 'inspector' | 'results';

export type Dialog =
  | { readonly kind: 'remove' | 'connect'; readonly module: ModuleId }
  | { readonly kind: 'next' }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'shortcuts' | 'commands' };

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
  /** An edge that was clicked: the inspector shows it. */
  readonly pickedEdge?: string;
  /** An edge being drawn: from where, and the module aimed at. */
  readonly connecting?: { readonly from: ModuleId; readonly over?: ModuleId };
  /** What would be after a click on what is pointed at or focused; the graph shows the difference. */
  readonly preview?: Snapshot;
  /** A module on its way from the palette, and whether it is over the graph. */
  readonly dragging?: { readonly module: ModuleId; readonly over: boolean };
  readonly theme: Theme;
  readonly tab: Tab;
  readonly pane: Pane;
  readonly resultsHeight: number;
  readonly resultsOpen: boolean;
  /** A project name as typed, while it is not one. */
  readonly nameDraft?: string;
  /** The name is being typed: what it is so far is no project to remember. */
  readonly naming?: boolean;
  /** A node whose menu is open, and where. */
  readonly menu?: { readonly module: ModuleId; readonly at: Point };
  readonly dialog?: Dialog;
  readonly message?: Message;
  readonly notices: readonly string[];
  /** The catalog and project the opened link was made with. */
  readonly origin?: Origin & { readonly selection: Selection };
  readonly texts: { readonly loads: number; readonly failed: boolean };
  /** Whether nodes stand where a layout or a person put them. */
  readonly arranged: boolean;
  readonly downloading: boolean;
}

export interface State extends Snapshot {
  readonly history: History;
  readonly ui: Ui;
}
