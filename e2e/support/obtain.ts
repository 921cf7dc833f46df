/** What a test cannot do without and a machine may lack: skipped loudly, and with CI=true a failure. */

/**
 * @param what names the thing in the one line that says it is missing
 * @returns `undefined` where it cannot be had and the run is not CI
 */
export async function obtain<T>(what: string, get: () => Promise<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (process.env.CI === 'true') throw new Error(`${what} is needed with CI=true: ${why}`);
    console.warn(`\n!!! SKIPPED, ${what} cannot be had: ${why.split('\n')[0] ?? ''}\n`);
    return undefined;
  }
}
