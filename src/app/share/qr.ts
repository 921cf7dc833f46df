/** A QR code as one SVG path. uqr: no dependency, 8 KB, and it hands the modules back instead of markup. */
import { encode } from 'uqr';

export interface Qr {
  /** Width and height, in modules, with the quiet zone that readers need. */
  readonly size: number;
  readonly path: string;
}

const QUIET = 4;

/** @returns nothing where the text is longer than any QR code can hold */
export function qrOf(text: string): Qr | undefined {
  try {
    const { size, data } = encode(text, { ecc: 'M', border: QUIET });
    return { size, path: data.map(runsOf).join('') };
  } catch {
    return undefined;
  }
}

/** The dark modules of one row, each run of them one rectangle. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    const width = x - from + 1;
    path += `M${from} ${y}h${width}v1h-${width}z`;
  }
  return path;
}

/** The same as a file of its own. */
export function svgOf({ size, path }: Qr): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`;
}
