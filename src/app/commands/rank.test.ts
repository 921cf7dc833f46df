import { expect, test } from 'vitest';
import { rank } from './rank.ts';

const item = (title: string, keywords = '', refused?: string) => ({ title, keywords, refused });
const items = [
  item('Add Auth', 'sign-in JWT'),
  item('Add Cache', 'redis'),
  item('Set Cache’s Where values are kept to Redis'),
  item('Download zip', 'save'),
  item('Undo', 'back', 'Nothing to undo'),
];
const titles = (query: string): string[] => rank(items, query).map(({ title }) => title);

test('without a word all stand as they were, what cannot be done last', () => {
  expect(titles('')).toEqual(items.map(({ title }) => title));
  expect(titles('d')[0]).toBe('Download zip');
});
test('every word counts, in any order, in titles before keywords', () => {
  expect(titles('cache add')).toEqual(['Add Cache']);
  expect(titles('redis')).toEqual(['Set Cache’s Where values are kept to Redis', 'Add Cache']);
  expect(titles('jwt')).toEqual(['Add Auth']);
  expect(titles('nothing of the kind')).toEqual([]);
});
test('what stands behind comes after what fits as well, and first where it fits better', () => {
  const files = [{ ...item('Open auth.py'), behind: true }, item('Configure Auth')];
  expect(rank(files, 'auth').map(({ title }) => title)).toEqual(['Configure Auth', 'Open auth.py']);
  expect(rank(files, 'auth.py')).toHaveLength(1);
});
test('letters left out are forgiven, strewn ones are not', () => {
  expect(titles('dwnld')).toEqual(['Download zip']);
  expect(titles('zpd')).toEqual([]);
});
test('whatever is typed is a text, never a pattern', () => {
  for (const typed of ['(((', '[a', '\\\\\\', '***', '$^.', '🚀🚀🚀']) expect(titles(typed)).toEqual([]);
});
