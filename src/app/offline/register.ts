/** Has the page kept for use without a network, and says when a newer build of it is there. */
import { announceVersion } from '../actions/offline.ts';
import { perform } from '../store/action.ts';

/** So long after loading that nothing of the first view waits for it. */
const PAUSE_MS = 1000;
const HOUR_MS = 3_600_000;

export function keepOffline(): void {
  // Absent outside secure contexts; and the development server's page changes as one writes.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const soon = (): void => void setTimeout(() => void register().catch(() => {}), PAUSE_MS);
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, { once: true });
}

/** @throws where the browser or its storage forbids it: then the page works with a network only, as it did */
async function register(): Promise<void> {
  const container = navigator.serviceWorker;
  const registration = await container.register('./worker.js');
  const look = (): void => {
    // Without one in charge, what waits is the first, and no news.
    if (registration.waiting && container.controller) perform(announceVersion);
  };
  const follow = (): void => registration.installing?.addEventListener('statechange', look);
  look();
  follow();
  registration.addEventListener('updatefound', follow);
  // A tab may stay open for weeks.
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < HOUR_MS) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
  const { active } = await container.ready;
  active?.postMessage('started');
}
