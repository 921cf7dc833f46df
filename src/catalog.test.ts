import { expect, test } from 'vitest';
import { resolve } from '#core/resolve.ts';
import { emptySelection } from '#core/selection.ts';
import { catalog } from './catalog.ts';

test('the catalog loads, and the project with nothing chosen has no problem', () => {
  expect(resolve(catalog, emptySelection()).problems).toEqual([]);
});
