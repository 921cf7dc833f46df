/** Pan and zoom: everything is in view until the person moves the view; then only what is new comes into it. */
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { NODE } from '../layout/lanes.ts';
import { drawnOf } from '../store/derive.ts';
import type { Placed, State } from '../store/state.ts';
import { getState, subscribe, useComposer } from '../store/store.ts';
import { canvas } from './canvas.ts';
import { fitted } from './fit.ts';

const calm = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 260);
/** What is new does not stand at the very edge. */
const MARGIN = 12;

export function useView() {
  const flow = useReactFlow();
  const api = useStoreApi();
  const fitAll = useCallback(
    (duration = calm(), shown?: Placed) => {
      const viewport = fitted(api.getState(), shown);
      if (!viewport) return;
      canvas.isHeld = false;
      void flow.setViewport(viewport, { duration });
    },
    [flow, api],
  );
  const zoomBy = useCallback(
    (factor: number) => {
      canvas.isHeld = true;
      void flow.zoomTo(flow.getZoom() * factor, { duration: 120 });
    },
    [flow],
  );
  /** Moves a held view just so far that these are seen, at the zoom the person chose. */
  const reveal = useCallback(
    (ids: readonly string[]) => {
      const { width, height } = api.getState();
      const { x, y, zoom } = flow.getViewport();
      const points = ids.flatMap((id) => getState().positions[id] ?? []);
      if (points.length === 0) return;
      const by = (starts: readonly number[], size: number, room: number): number => {
        const low = Math.min(...starts) - MARGIN;
        const high = Math.max(...starts) + size + MARGIN - room;
        return low < 0 ? -low : Math.max(0, high) * -1;
      };
      const dx = by(
        points.map((point) => point.x * zoom + x),
        NODE.width * zoom,
        width,
      );
      const dy = by(
        points.map((point) => point.y * zoom + y),
        NODE.height * zoom,
        height,
      );
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: calm() });
    },
    [flow, api],
  );
  return { fitAll, zoomBy, reveal };
}

/** Long enough that a pointer on its way over a list moves nothing. */
const HOVER_MS = 450;

/** What a click would bring is worth seeing: a view nobody holds makes room for it, and goes back. */
export function useRoomForPreview(): void {
  const { fitAll } = useView();
  const api = useStoreApi();
  const preview = useComposer((state) => state.ui.preview);
  const isBusy = useComposer((state) => state.ui.connecting !== undefined || state.ui.dragging !== undefined);
  useEffect(() => {
    if (!preview || isBusy || canvas.isHeld) return;
    let isMoved = false;
    const waiting = setTimeout(() => {
      const { width, height, transform } = api.getState();
      const [x, y, zoom] = transform;
      const there = new Set(drawnOf(getState().selection).map(({ module }) => module.id));
      const isOut = drawnOf(preview.selection).some(({ module: { id } }) => {
        const at = preview.positions[id];
        if (!at || there.has(id)) return false;
        const [left, top] = [at.x * zoom + x, at.y * zoom + y];
        return left < 0 || top < 0 || left + NODE.width * zoom > width || top + NODE.height * zoom > height;
      });
      if (!isOut || canvas.isHeld) return;
      isMoved = true;
      fitAll(calm(), preview);
    }, HOVER_MS);
    return () => {
      clearTimeout(waiting);
      if (isMoved) requestAnimationFrame(() => !canvas.isHeld && fitAll());
    };
  }, [preview, isBusy, api, fitAll]);
}

/** Whoever drags a node looks at it: the view stays under the pointer. */
function isOwnMove(state: State, before: State): boolean {
  const step = state.history.past.at(-1);
  return state.history !== before.history && step?.merge?.startsWith('move:') === true;
}

/** Keeps the view where it helps; mounted once. */
export function useViewFollowing(): void {
  const { fitAll, reveal } = useView();
  const api = useStoreApi();
  const isArranged = useComposer((state) => state.ui.arranged);
  useEffect(() => {
    if (isArranged) requestAnimationFrame(() => fitAll(0));
  }, [isArranged, fitAll]);
  useEffect(() => {
    const unsize = api.subscribe((state, before) => {
      if ((state.width !== before.width || state.height !== before.height) && !canvas.isHeld) fitAll(0);
    });
    const unfollow = subscribe((state, before) => {
      if (state.positions === before.positions && state.selection === before.selection) return;
      if (!canvas.isHeld) {
        if (!isOwnMove(state, before)) requestAnimationFrame(() => fitAll());
        return;
      }
      const was = new Set(drawnOf(before.selection).map(({ module }) => module.id));
      const fresh = drawnOf(state.selection)
        .map(({ module }) => module.id)
        .filter((id) => !was.has(id));
      requestAnimationFrame(() => reveal(fresh));
    });
    return () => {
      unsize();
      unfollow();
    };
  }, [api, fitAll, reveal]);
}
