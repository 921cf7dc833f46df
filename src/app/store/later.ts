/** What does not have to be done at once, so that what somebody waits for is. */

/** Nobody waits for it: where a browser cannot tell when it is idle, a pointer that rests this long is told enough. */
const REST_MS = 60;

/** What waits for longer than this is done beside whatever else there is. */
const PATIENCE_MS = 1000;

export const whenIdle: (work: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (work) => requestIdleCallback(() => work(), { timeout: PATIENCE_MS })
    : (work) => setTimeout(work, REST_MS);

/** Behind the next frame, which shows what has just changed. No frame comes while nobody sees the page. */
export function afterFrame(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work));
}
