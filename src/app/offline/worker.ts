/**
 * The service worker: keeps the whole page, so that it works without a network. It is our own instead of Workbox,
 * because a tab that has not agreed to a new version must keep its old chunks: Workbox deletes them as soon as any tab
 * agrees, and then reloads the others. What is kept follows from the imports (`build/offline-plugin.ts`), which its
 * file patterns cannot say.
 */

/** Filled in by the build: paths from the page's folder, and a hash over all of them and their contents. */
declare const KEPT: readonly string[];
declare const VERSION: string;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Window {
  readonly url: string;
  readonly frameType: string;
}
/** What of a worker's surroundings is used: the types of workers and of pages exclude each other. */
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Window[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', heard: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', heard: (event: Asked) => void): void;
  addEventListener(type: 'message', heard: (event: Lasting & { readonly data: unknown }) => void): void;
}
const worker = self as unknown as Worker;
const { scope } = worker.registration;
/** Caches belong to the whole host, which may show other things in other folders. */
const OURS = `stackwright ${new URL(scope).pathname} `;
const MINE = OURS + VERSION;

worker.addEventListener('install', (event) => event.waitUntil(keepAll()));
// The page of the first visit is served from here at once.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
  if (event.data === 'started') event.waitUntil(forgetOlder());
});
worker.addEventListener('fetch', (event) => {
  const { url, method } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  const path = url.slice(scope.length).replace(/[?#].*$/, '');
  const key = path === '' || path === 'index.html' ? './' : path;
  // A page that has not agreed to this version asks for chunks that only an older cache holds.
  if (KEPT.includes(key) || key.startsWith('assets/')) event.respondWith(answer(key, event.request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(MINE);
  await Promise.all(
    KEPT.map(async (path) => {
      const url = new URL(path, scope);
      // What has a hash in its name is the same wherever it comes from; the rest has to be today's.
      const response = await fetch(url, { cache: path.startsWith('assets/') ? 'default' : 'reload' });
      if (!response.ok) throw new Error(`${path} could not be had: ${response.status}`);
      await cache.put(url, direct(response));
    }),
  );
}

/** No browser takes a redirected answer for a page, and some hosts redirect to addresses without `.html`. */
function direct(response: Response): Response {
  const { body, status, headers, redirected } = response;
  return redirected ? new Response(body, { status, headers }) : response;
}

async function answer(key: string, request: Request): Promise<Response> {
  const url = new URL(key, scope);
  const how = { ignoreVary: true };
  const cache = await caches.open(MINE);
  return (await cache.match(url, how)) ?? (await caches.match(url, how)) ?? fetch(request);
}

/** Once the page that has just started is the only one, nobody needs an older version; one that waits is newer. */
async function forgetOlder(): Promise<void> {
  if (worker.registration.waiting || worker.registration.installing) return;
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.filter(({ url, frameType }) => url.startsWith(scope) && frameType !== 'nested').length > 1) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== MINE).map((name) => caches.delete(name)));
}
