/** How a picture is seen whole. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
const MARGIN = 14;
/** A small picture is not blown up to fill the frame. */
const LARGEST_FIT = 1.25;
/** Farther away nothing can be told from anything. */
export const FARTHEST = 0.05;

/** All of the picture, in the middle of the frame. */
export function fitting(picture: Size, frame: Size): { k: number; x: number; y: number } {
  const room = (side: number): number => Math.max(side - 2 * MARGIN, 1);
  const k = Math.max(
    FARTHEST,
    Math.min(room(frame.width) / picture.width, room(frame.height) / picture.height, LARGEST_FIT),
  );
  return { k, x: (frame.width - picture.width * k) / 2, y: (frame.height - picture.height * k) / 2 };
}
