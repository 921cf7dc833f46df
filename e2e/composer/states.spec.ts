/** After all journeys: what of the page none of them has seen, and so nobody has looked at. */
import type { Dialog, Tab } from '../../src/app/store/state.ts';
import { expect, test } from './composer.ts';
import { CLASSES, lookedAt } from './states.ts';

/** A new kind does not compile until it stands here, and fails until a journey opens it. */
const DIALOGS: Readonly<Record<Dialog['kind'], true>> = {
  remove: true,
  connect: true,
  next: true,
  link: true,
  shortcuts: true,
  commands: true,
  open: true,
  steps: true,
  share: true,
  more: true,
};
const TABS: Readonly<Record<Tab, true>> = { diagram: true, files: true, changes: true, command: true };

const opened = [
  ...Object.keys(DIALOGS).map((kind) => `dialog ${kind}`),
  ...Object.keys(TABS).map((id) => `tab tab-${id}`),
];

test('every class, dialog and tab of the page was on the screen of a journey, and axe looked at it', () => {
  const seen = (['wide', 'narrow', 'lying'] as const).map(lookedAt);
  const all = [...CLASSES, ...opened];
  expect(all.filter((part) => !seen.some((parts) => parts.has(part)))).toEqual([]);
});
