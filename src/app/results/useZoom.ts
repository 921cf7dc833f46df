/**
 * Moving and zooming a picture in a frame. d3-zoom knows the gestures (wheel, drag, pinch, double tap), and
 * is on the page already: the graph moves by it.
 */
import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { FARTHEST, fitting, type Size } from './fitting.ts';

export interface Zoom {
  readonly by: (factor: number) => void;
  readonly move: (x: number, y: number) => void;
  readonly fit: () => void;
}

const NEAREST = 6;
/** Of a double tap's zoom. */
const DURATION_MS = 200;

/**
 * Fits the picture until somebody moves it, and again when another picture comes or `fit` is asked for.
 * @param which another picture is another name
 */
export function useZoom(
  frame: RefObject<HTMLElement | null>,
  image: RefObject<HTMLElement | null>,
  picture: Size | undefined,
  which: string | undefined,
): Zoom {
  const behaviour = useRef<ZoomBehavior<HTMLElement, unknown>>(undefined);
  /** The person moved it: from then on the view is theirs. */
  const isHeld = useRef(false);
  const size = useRef(picture);

  const fitNow = useCallback((): void => {
    const box = frame.current;
    if (!box || !size.current || !behaviour.current) return;
    const { k, x, y } = fitting(size.current, { width: box.clientWidth, height: box.clientHeight });
    select(box).call(behaviour.current.transform, zoomIdentity.translate(x, y).scale(k));
  }, [frame]);

  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([FARTHEST, NEAREST])
      .duration(matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : DURATION_MS)
      .on('zoom', ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        if (sourceEvent) isHeld.current = true;
        const { x, y, k } = transform;
        if (image.current) image.current.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      });
    behaviour.current = zooming;
    select(box).call(zooming);
    const resized = new ResizeObserver(() => {
      if (!isHeld.current) fitNow();
    });
    resized.observe(box);
    return () => {
      resized.disconnect();
      select(box).on('.zoom', null);
    };
  }, [frame, image, fitNow]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is seen whole, whatever was done to the one before
  useEffect(() => {
    isHeld.current = false;
  }, [which]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same picture drawn anew may be of another size
  useEffect(() => {
    size.current = picture;
    if (!isHeld.current) fitNow();
  }, [which, picture?.width, picture?.height, fitNow]);

  const act = (run: (zooming: ZoomBehavior<HTMLElement, unknown>, box: HTMLElement) => void): void => {
    if (!behaviour.current || !frame.current) return;
    isHeld.current = true;
    run(behaviour.current, frame.current);
  };
  return {
    by: (factor) => act((zooming, box) => select(box).call(zooming.scaleBy, factor)),
    move: (x, y) =>
      act((zooming, box) => {
        const { k } = zoomTransform(box);
        select(box).call(zooming.translateBy, x / k, y / k);
      }),
    fit: () => {
      isHeld.current = false;
      fitNow();
    },
  };
}
