/** Everything the page remembers. All else is derived from the selection. */
import type { Found } from '#core/compare.ts';
import type { Source } from '#core/facts.ts';
import type { Manifest } from '#core/manifest.ts';
import type { ModuleId } from '#core/module.ts';
import type { FoundFile } from '#core/opened.ts';
import type { History as Recorded } from '#core/plan.ts';
import type { Selection } from '#core/selection.ts';
import type { Decoded } from '#core/share.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Where nodes stand, by module; remembered also while a module is away. */
export type Positions = Readonly<Record<ModuleId, Point>>;

export interface Placed {
  readonly selection: Selection;
  readonly positions: Positions;
}
/** What undo brings back. */
export interface Snapshot extends Placed {
  /** What an opened project's databases hold already: its files are made in that order. Nobody said it, and no link carries it. */
  readonly recorded: Recorded;
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
  | { readonly kind: 'download' | 'opened' }
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'link'; readonly code: string };

/** How the lines of a changed file stand. */
export type DiffView = 'unified' | 'split';

export type Theme = 'system' | 'light' | 'dark';
export type Tab = 'diagram' | 'files' | 'changes' | 'command';
/** On a narrow screen one of these shares the screen with the graph. */
export type Pane = 'modules' | 'inspector' | 'results';

export type Dialog =
  | { readonly kind: 'remove' | 'connect'; readonly module: ModuleId }
  | { readonly kind: 'next' }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'shortcuts' | 'commands' | 'steps' }
  /** `refused`: why the last thing was not opened. */
  | { readonly kind: 'open'; readonly refused?: string }
  | { readonly kind: 'share' }
  | { readonly kind: 'more' };

/** What an opened link or project was made as. */
export interface Made {
  /** What it was taken up as; once something else is chosen there is nothing to compare. */
  readonly selection: Selection;
  readonly code: string;
  readonly catalog: string;
  /** Of a link its first eight digits. */
  readonly hash: string;
  readonly project?: {
    readonly manifest: Manifest;
    readonly how: 'zip' | 'manifest' | 'folder';
    readonly files?: readonly (FoundFile & { readonly content: Uint8Array })[];
  };
}
/** What was opened, as it was then. */
export interface Opened extends Found {
  /** The name it had: a project of another name is compared with it only if somebody says so. */
  readonly project: string;
}

export interface Message {
  readonly id: number;
  readonly text: string;
  /** Shown, not only announced. */
  readonly visible: boolean;
  /** The step it can take back. */
  readonly undoes?: Step;
}

/** A file that is read, and a line of it. */
export interface Reading {
  readonly path: string;
  readonly line?: number;
  /** What the file said when the line was marked, so that the mark can follow it. */
  readonly text?: string;
}

export interface Ui {
  readonly picked: readonly ModuleId[];
  readonly hotEdge?: string;
  /** An edge that was clicked: the inspector shows it. */
  readonly pickedEdge?: string;
  /** An edge being drawn: from where, and the module aimed at. */
  readonly connecting?: { readonly from: ModuleId; readonly over?: ModuleId };
  /** What would be after a click on what is pointed at or focused; the graph shows the difference. */
  readonly preview?: Placed;
  /** The module under pointer or focus: the lines that come from it light up. */
  readonly pointed?: ModuleId;
  readonly file: Reading;
  /** Where the opened link leads, until there are files to look it up in. */
  readonly place?: NonNullable<Decoded['place']>;
  /** Only files with lines from it are listed, until all are asked for again. */
  readonly listed?: Source;
  /** Which diagram was asked for; it may not be there now, but come back. */
  readonly diagram?: string;
  /** A module on its way from the palette, and whether it is over the graph. */
  readonly dragging?: { readonly module: ModuleId; readonly over: boolean };
  readonly theme: Theme;
  readonly tab: Tab;
  readonly pane: Pane;
  /** In pixels, once somebody made the panel wider or higher than it is by itself. */
  readonly leftWidth?: number;
  readonly inspectorWidth?: number;
  readonly resultsHeight?: number;
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
  /** Until it is compared with what is made now. */
  readonly origin?: Made;
  /** What Changes can compare with for as long as the page lives. */
  readonly opened?: Opened;
  /** The notices speak of files in which what was opened differs. */
  readonly differs?: true;
  readonly texts: { readonly loads: number; readonly failed: boolean };
  /** Whether nodes stand where a layout or a person put them. */
  readonly arranged: boolean;
  readonly downloading: boolean;
  /** Nobody has been here before; presets stand beside the starter. */
  readonly firstVisit?: boolean;
  /** What Changes compares with; unsaid it is what was opened or the last download, if there is one. */
  readonly against?: Base;
  /** How a person likes differences; a narrow screen shows them unified whatever it is. */
  readonly diffView: DiffView;
  /** The exact code of the last download of this project. */
  readonly downloaded?: string;
  /** A newer build of the page waits for the person's word. */
  readonly newVersion: boolean;
}

export interface State extends Snapshot {
  readonly history: History;
  readonly ui: Ui;
}
