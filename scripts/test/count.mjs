/** What a part came to, from its runner's own report. */

/** A skip is something that could not be had; with CI=true it has to be. */
const skipsFail = () => process.env.CI === 'true';

/** @param report the JSON report, or `undefined` where the runner wrote none */
export function countVitest(report, status) {
  if (!report) return countExit(report, status || 1);
  // A file that does not load, or whose setup fails, has no failed test to count.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return settle(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    status,
  );
}

export function countPlaywright(report, status) {
  if (!report) return countExit(report, status || 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  // A page drawn on a canvas may miss a key on a busy machine; what passed only when tried again is named.
  return { ...settle({ passed: expected + flaky, failed: unexpected, skipped }, status), flaky };
}

/** A tool that has no tests: it counts as one. */
export function countExit(_report, status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function settle(counts, status) {
  const failed = counts.failed + (skipsFail() ? counts.skipped : 0);
  // A runner that says no, or ran nothing, has failed whatever it counted.
  const silent = failed === 0 && (status !== 0 || counts.passed === 0);
  return { ...counts, failed: failed + (silent ? 1 : 0) };
}

export function sum(all) {
  const add = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}
