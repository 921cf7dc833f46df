/** docs/test-all.md: what the last run of everything, uncut, came to. */

/** In one sentence; the tests ask `UNCUT` of `e2e/support/uncut.ts`. */
const MEANS =
  'Uncut means: every installed project is audited, upgraded and put through the quick start, and each with accounts through schemathesis with 100 examples a route; the properties are searched twenty times as long from three more seeds; eight times as many projects are sampled; nothing may be skipped, and nothing is tried again.';

/**
 * @param outcomes one for each part, as `runPart` gives them
 * @param about when, on how many cores, with which Node, and of which commit
 */
export function record(outcomes, total, { date, cores, node, commit }) {
  const rows = outcomes.map(
    ({ name, counts, seconds }) =>
      `| ${counts.failed > 0 ? 'FAILED' : 'passed'} | \`${name}\` | ${counts.passed} | ${counts.failed} | ${counts.skipped} | ${Math.round(seconds / 60)} |`,
  );
  const left = outcomes.flatMap((outcome) => (outcome.left ?? []).map((words) => `- \`${outcome.name}\`: ${words}`));
  return [
    '# Everything, uncut',
    '',
    `\`npm run test:all\` of ${date}, on ${cores} cores with Node ${node}, of commit ${commit}: **${total.passed} passed, ${total.failed} failed**. It writes this file.`,
    '',
    MEANS,
    '',
    '| | part | passed | failed | skipped | minutes |',
    '|---|---|--:|--:|--:|--:|',
    ...rows,
    ...(left.length > 0 ? ['', 'Left undone there, as a gate that counts as passed says:', '', ...left] : []),
    '',
  ].join('\n');
}
