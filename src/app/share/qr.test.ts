import fc from 'fast-check';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { anyText, runs } from '#core/testing.ts';
import { qrOf, svgOf } from './qr.ts';

/** The modules that a path covers. */
function covered(path: string): Set<string> {
  const dark = new Set<string>();
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let at = Number(x); at < Number(x) + Number(width); at += 1) dark.add(`${at} ${y}`);
  return dark;
}

test('the path covers the dark modules and no other, and is all there is', () => {
  fc.assert(
    fc.property(anyText(120), (text) => {
      const qr = qrOf(text);
      const { size, data } = encode(text, { ecc: 'M', border: 4 });
      expect(qr?.size).toBe(size);
      const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])));
      expect([...covered(qr?.path ?? '')].sort()).toEqual(dark.sort());
      expect(svgOf(qr ?? { size: 0, path: '' })).toMatch(
        /^<svg [^<>]*><path [^<>]*\/><path d="[Mhvz0-9 -]*"\/><\/svg>\n$/,
      );
    }),
    runs(40),
  );
});

test('a text that no code can hold has none', () => {
  expect(qrOf('x'.repeat(4096))).toBeUndefined();
});
