/** Pan and zoom: what is new comes into view, and "Fit" shows everything. */
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { laneRects, NODE, type Rect } from '../layout/lanes.ts';
import { drawnOf } from '../store/derive.ts';
import { getState, subscribe, useComposer } from '../store/store.ts';

const calm = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 260);
const NARROW = 620;

function bounds(isNarrow: boolean): Rect {
  const { selection, positions } = getState();
  const nodes = drawnOf(selection).map(({ module }) => module);
  const lanes = Object.values(laneRects(nodes, positions));
  const points = nodes.flatMap(({ id }) => positions[id] ?? []);
  // A narrow screen has no room to show empty lanes.
  const rects: readonly Rect[] = isNarrow && points.length > 0 ? points.map((point) => ({ ...point, ...NODE })) : lanes;
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y)) - (isNarrow ? 30 : 0);
  return {
    x: left,
    y: top,
    width: Math.max(...rects.map(({ x, width }) => x + width)) - left,
    height: Math.max(...rects.map(({ y, height }) => y + height)) - top,
  };
}

export function useView() {
  const flow = useReactFlow();
  const api = useStoreApi();
  const fitAll = useCallback(
    (duration = calm()) => {
      const { width, height } = api.getState();
      if (width === 0 || height === 0) return;
      const isNarrow = width < NARROW;
      const box = bounds(isNarrow);
      const room = isNarrow ? 20 : 28;
      // The tools stand below.
      const foot = isNarrow && height > 240 ? 44 : 0;
      const wanted = Math.min((width - 2 * room) / box.width, (height - foot - 2 * room) / box.height);
      const zoom = Math.min(Math.max(wanted, isNarrow ? 0.5 : 0.4), 1);
      void flow.setViewport(
        {
          x: width / 2 - (box.x + box.width / 2) * zoom,
          y: (height - foot) / 2 - (box.y + box.height / 2) * zoom,
          zoom,
        },
        { duration },
      );
    },
    [flow, api],
  );
  return { flow, fitAll };
}

/** Keeps the view where it helps; mounted once. */
export function useViewFollowing(): void {
  const { fitAll } = useView();
  const api = useStoreApi();
  const isArranged = useComposer((state) => state.ui.arranged);
  const touched = useRef(false);
  useEffect(() => {
    if (isArranged) requestAnimationFrame(() => fitAll(0));
  }, [isArranged, fitAll]);
  useEffect(() => {
    // Until the person moves the view, it follows the size of its pane.
    const unsize = api.subscribe((state, before) => {
      if ((state.width !== before.width || state.height !== before.height) && !touched.current) fitAll(0);
      if (state.userSelectionActive || state.paneDragging) touched.current = true;
    });
    const unfollow = subscribe((state, before) => {
      if (state.positions === before.positions && state.selection === before.selection) return;
      const was = new Set(drawnOf(before.selection).map(({ module }) => module.id));
      const fresh = drawnOf(state.selection)
        .map(({ module }) => module.id)
        .filter((id) => !was.has(id));
      const { width, height, transform } = api.getState();
      const [x, y, zoom] = transform;
      const isHidden = fresh.some((id) => {
        const point = state.positions[id];
        if (!point) return false;
        const [left, top] = [point.x * zoom + x, point.y * zoom + y];
        return left < 0 || top < 0 || left + NODE.width * zoom > width || top + NODE.height * zoom > height;
      });
      if (isHidden) requestAnimationFrame(() => fitAll());
    });
    return () => {
      unsize();
      unfollow();
    };
  }, [api, fitAll]);
}
