import fc from 'fast-check';
import { test } from 'vitest';
import { world, worldAndSelection } from './testing.ts';
import { resolve } from './resolve.ts';
test('time', () => {
  const t = performance.now();
  for (let i = 0; i < 10; i += 1) {
    const a = performance.now();
    const [w] = fc.sample(worldAndSelection(), { numRuns: 1, seed: i });
    const b = performance.now();
    const r = resolve(w!.catalog, w!.selection);
    console.log(i, b - a, performance.now() - b, w!.catalog.modules.size, r.modules.length, r.problems.map((p) => p.code).join());
  }
}, 20000);
