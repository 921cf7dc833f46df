/**
 * Three lanes: services on top, components under them, platform services to the side. The lines between
 * them never move and lanes grow outwards, so growth moves nobody.
 */
import type { ModuleKind } from '#core/module.ts';
import type { Point, Positions } from '../store/state.ts';

export const NODE = { width: 188, height: 64 } as const;
export const SLOT = { width: 216, height: 108 } as const;
/** From a lane's edge to its nodes; the title stands in the top one. */
export const PAD = 20;
export const TITLE = 26;
const GAP = 14;
/** How far a line around a node reaches beyond a lane that ends right behind the node. */
const DETOUR = 24;
/** Columns a main lane begins with. */
export const COLUMNS = 3;
const MAIN_RIGHT = COLUMNS * SLOT.width - (SLOT.width - NODE.width) + PAD;
const PLATFORM_LEFT = MAIN_RIGHT + GAP;
const SERVICE_TOP = -(NODE.height + 2 * PAD + TITLE - 4);
const COMPONENT_TOP = GAP;

export const KINDS: readonly ModuleKind[] = ['service', 'component', 'platform'];

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** The slot of a row and column; rows and columns may be negative where a lane grows that way. */
export function slot(kind: ModuleKind, row: number, column: number): Point {
  switch (kind) {
    case 'service':
      return { x: column * SLOT.width, y: -(NODE.height + PAD) - row * SLOT.height };
    case 'component':
      return { x: column * SLOT.width, y: COMPONENT_TOP + TITLE + PAD + row * SLOT.height };
    case 'platform':
      return { x: PLATFORM_LEFT + PAD + column * SLOT.width, y: SERVICE_TOP + TITLE + PAD + row * SLOT.height };
  }
}

/** The area a node of this kind can be moved in: it grows away from the other lanes. */
export function area(kind: ModuleKind): [[number, number], [number, number]] {
  const far = 4000;
  switch (kind) {
    case 'service':
      return [
        [-far, -far],
        [MAIN_RIGHT - PAD / 2, -PAD / 2],
      ];
    case 'component':
      return [
        [-far, COMPONENT_TOP + TITLE],
        [MAIN_RIGHT - PAD / 2, far],
      ];
    case 'platform':
      return [
        [PLATFORM_LEFT + PAD / 2, -far],
        [far, far],
      ];
  }
}

export function clamp(kind: ModuleKind, { x, y }: Point): Point {
  const [[left, top], [right, bottom]] = area(kind);
  return {
    x: Math.round(Math.min(Math.max(x, left), right - NODE.width)),
    y: Math.round(Math.min(Math.max(y, top), bottom - NODE.height)),
  };
}

export function overlaps(a: Point, b: Point, margin = 12): boolean {
  return Math.abs(a.x - b.x) < NODE.width + margin && Math.abs(a.y - b.y) < NODE.height + margin;
}

/**
 * The three rectangles around these nodes.
 * @param isSlim where every pixel counts: lanes as wide as what stands in them, not as what they begin with. Platform
 * services stand where they stand, so with one of them the lanes beside it keep their width.
 */
export function laneRects(
  nodes: readonly { readonly kind: ModuleKind; readonly id: string }[],
  positions: Positions,
  isSlim = false,
): Record<ModuleKind, Rect> {
  const bounds = (kind: ModuleKind): { left: number; top: number; right: number; bottom: number } => {
    const points = nodes.filter((node) => node.kind === kind).flatMap(({ id }) => positions[id] ?? []);
    return {
      left: Math.min(...points.map(({ x }) => x)) - PAD,
      top: Math.min(...points.map(({ y }) => y)) - PAD,
      right: Math.max(...points.map(({ x }) => x + NODE.width)) + PAD,
      bottom: Math.max(...points.map(({ y }) => y + NODE.height)) + PAD,
    };
  };
  const [service, component, platform] = [bounds('service'), bounds('component'), bounds('platform')];
  const isEmpty = !Number.isFinite(platform.left);
  const filled = Math.max(service.right, component.right);
  const cut = isSlim && isEmpty && Number.isFinite(filled);
  const left = Math.min(cut ? filled - NODE.width - 2 * PAD : -PAD, service.left, component.left);
  const right = cut ? filled : MAIN_RIGHT;
  const serviceTop = Math.min(SERVICE_TOP, service.top - TITLE);
  const componentBottom = Math.max(COMPONENT_TOP + TITLE + 2 * PAD + NODE.height, component.bottom);
  const top = Math.min(serviceTop, platform.top - TITLE);
  return {
    service: { x: left, y: serviceTop, width: right - left, height: -serviceTop },
    component: { x: left, y: COMPONENT_TOP, width: right - left, height: componentBottom - COMPONENT_TOP },
    platform: {
      x: right + GAP + (cut ? DETOUR : 0),
      y: isEmpty ? serviceTop : top,
      // Without anything in it, it is a spine with its title.
      width: isEmpty ? 44 : Math.max(platform.right - PLATFORM_LEFT, NODE.width + 2 * PAD),
      height: Math.max(componentBottom, isEmpty ? 0 : platform.bottom) - (isEmpty ? serviceTop : top),
    },
  };
}
