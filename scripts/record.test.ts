import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error plain Node, which runs before anything is installed, has no types
import { record } from './test/record.mjs';

const part = (name: string, failed: number) => ({
  name,
  counts: { passed: 3, failed, skipped: 0 },
  seconds: 600,
});

test('the record of everything names the day, the machine and each part, those that failed as failed', () => {
  const about = { date: '2026-11-22', cores: 2, node: '20.20.0', commit: 'abc1234' };
  const text: string = record([part('unit', 0), part('pages', 2)], { passed: 6, failed: 2, skipped: 0 }, about);
  expect(text).toContain('of 2026-11-22, on 2 cores with Node 20.20.0, of commit abc1234: **6 passed, 2 failed**');
  expect(text).toContain('| passed | `unit` | 3 | 0 | 0 | 10 |');
  expect(text).toContain('| FAILED | `pages` | 3 | 2 | 0 | 10 |');
});

test('what a gate could not do there is written down beside what passed', () => {
  const left = { ...part('bare', 0), left: ['nothing was audited: nobody answers'] };
  expect(record([left], { passed: 3, failed: 0, skipped: 0 }, {})).toContain(
    '- `bare`: nothing was audited: nobody answers',
  );
});

test('what it says of the counts is what the tests read', () => {
  const text: string = record([], { passed: 0, failed: 0, skipped: 0 }, {});
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  expect(read('e2e/projects/gates/openapi.ts')).toContain('EXAMPLES = amount(30, 100)');
  expect(read('src/combinations-testing.ts')).toContain('SAMPLED = amount(12, 96)');
  expect(read('scripts/test.mjs')).toContain("FC_TIMES: '20'");
  for (const count of ['100 examples', 'twenty times', 'eight times']) expect(text).toContain(count);
});
