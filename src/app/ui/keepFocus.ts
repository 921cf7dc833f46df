/**
 * What goes takes the focus with it, and whoever works by keyboard would stand at the page's beginning (WCAG 2.4.3). It
 * goes to what stood nearest: the next of a list or the one before, else the part of the page that it was in. Dialogs
 * and menus give it back themselves; who points with mouse or finger has no need of it.
 */
const STOPS = 'button, a[href], input, select, textarea, [tabindex]';

interface Place {
  readonly element: Element;
  readonly before: Element | null;
  readonly after: Element | null;
}

const isThere = (element: Element): boolean =>
  element.isConnected && element.checkVisibility({ visibilityProperty: true });

/** A part of the page that can be focused, though no Tab leads to it. */
const isPart = (element: Element): boolean => element.matches('section[tabindex="-1"]');

function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement)
    places.push({ element: at, before: at.previousElementSibling, after: at.nextElementSibling });
  return places;
}

function stopIn(element: Element | null): HTMLElement | undefined {
  if (!element) return undefined;
  return [element, ...element.querySelectorAll(STOPS)].find(
    (stop): stop is HTMLElement =>
      stop instanceof HTMLElement &&
      isThere(stop) &&
      (isPart(stop) || (stop.matches(STOPS) && stop.tabIndex >= 0 && !stop.matches(':disabled'))),
  );
}

function nearest(places: readonly Place[]): HTMLElement | undefined {
  const from = places.findLastIndex(({ element }) => !isThere(element));
  for (const [index, { before, after }] of places.entries()) {
    if (index < from) continue;
    const around = places[index + 1]?.element;
    if (around instanceof HTMLElement && isPart(around)) return around;
    for (let next = after; next?.isConnected; next = next.nextElementSibling) {
      const stop = stopIn(next);
      if (stop) return stop;
    }
    for (let next = before; next?.isConnected; next = next.previousElementSibling) {
      const stop = stopIn(next);
      if (stop) return stop;
    }
    const stop = around && stopIn(around);
    if (stop) return stop;
  }
  return undefined;
}

/** From now on; called once. */
export function keepFocus(): void {
  let places: readonly Place[] = [];
  let isByKey = false;
  const restore = (): void => {
    const [last] = places;
    if (!isByKey || document.activeElement !== document.body || !last || isThere(last.element)) return;
    const stop = nearest(places);
    places = [];
    stop?.focus();
  };
  addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && !target.closest('dialog, [role=menu]')) places = placesOf(target);
  });
  addEventListener('pointerdown', () => (isByKey = false), true);
  // Without a count it is no pointer's: a key's, or of a program that reads the page out.
  addEventListener('click', ({ detail }) => (isByKey ||= detail === 0), true);
  addEventListener(
    'keydown',
    () => {
      isByKey = true;
      // What is hidden, and not gone, loses it when it is next drawn.
      restore();
    },
    true,
  );
  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
}
