/** A newer build of the page. It is taken when the person says so, never by itself. */
import { defineAction, show } from '../store/action.ts';

export const announceVersion = defineAction({ name: 'New version', run: () => show({ newVersion: true }) });
export const dismissVersion = defineAction({ name: 'Later', run: () => show({ newVersion: false }) });

/** Other tabs keep the old version until they reload. The project is kept as at any reload. */
export const takeVersion = defineAction({
  name: 'Reload',
  run: async () => {
    const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
    // Another tab may have said so before.
    if (!waiting) return location.reload();
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated') location.reload();
    });
    waiting.postMessage('take over');
  },
});
