/** What page and frame say to each other. */
export type Scheme = 'light' | 'dark';
export interface Request {
  readonly id: number;
  readonly text: string;
  readonly scheme: Scheme;
}
export interface Drawn {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}
export type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly drawn: Drawn }
  | { readonly id: number; readonly failed: true };
