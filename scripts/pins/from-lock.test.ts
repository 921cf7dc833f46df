import { describe, expect, test } from 'vitest';
import { type Lock, packagesIn } from './from-lock.ts';

const registry = { registry: 'https://registry.invalid/simple' };

describe('pins from a universal lock', () => {
  test('holds names, versions and needs with their markers, and nothing of where they lie', () => {
    const lock: Lock = {
      package: [
        { name: 'root', version: '0', source: { virtual: '.' }, dependencies: [{ name: 'b' }] },
        {
          name: 'b',
          version: '2',
          source: registry,
          dependencies: [{ name: 'a', extra: ['y', 'x'], marker: "sys_platform == 'win32'" }],
        },
        {
          name: 'a',
          version: '1',
          source: registry,
          'optional-dependencies': { x: [{ name: 'c' }], y: [{ name: 'b' }] },
        },
        { name: 'c', version: '3', source: registry },
      ],
    };
    expect(packagesIn(lock)).toEqual([
      {
        name: 'a',
        version: '1',
        needs: [
          { name: 'b', extra: 'y' },
          { name: 'c', extra: 'x' },
        ],
      },
      { name: 'b', version: '2', needs: [{ name: 'a', extras: ['x', 'y'], marker: "sys_platform == 'win32'" }] },
      { name: 'c', version: '3', needs: [] },
    ]);
    expect(JSON.stringify(packagesIn(lock))).not.toContain('registry');
  });

  test('marks the versions of a name that the resolution had to split, and no others', () => {
    const old = "python_full_version < '3.12'";
    const recent = ["python_full_version == '3.12.*'", "python_full_version >= '3.13'"];
    const lock: Lock = {
      package: [
        { name: 'split', version: '2', source: registry, 'resolution-markers': recent },
        { name: 'split', version: '1', source: registry, 'resolution-markers': [old] },
        { name: 'whole', version: '1', source: registry, 'resolution-markers': [old] },
        {
          name: 'user',
          version: '1',
          source: registry,
          dependencies: [
            { name: 'split', marker: old },
            { name: 'split', marker: old },
          ],
        },
      ],
    };
    const [one, two, user, whole] = packagesIn(lock);
    expect(one).toEqual({ name: 'split', version: '1', marker: old, needs: [] });
    expect(two?.marker).toBe(`(${recent[0]}) or (${recent[1]})`);
    expect(user?.needs).toEqual([{ name: 'split', marker: old }]);
    expect(whole).toEqual({ name: 'whole', version: '1', needs: [] });
  });
});
