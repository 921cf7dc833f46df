/** The page inside the frame: takes a Mermaid text, hands back SVG text. Its settings are fixed here. */
import mermaid from 'mermaid';
import type { Answer, Drawn, Request, Scheme } from './protocol.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const STYLE: Readonly<Record<Scheme, string>> = {
  light: css({ ground: '#f7f8fa', line: '#d9dee5', ink: '#161b22', soft: '#4a545f', edge: '#8f9ba8' }),
  dark: css({ ground: '#11161b', line: '#2f3842', ink: '#e8ecf1', soft: '#a9b4c0', edge: '#75818e' }),
};

function css(color: { ground: string; line: string; ink: string; soft: string; edge: string }): string {
  return `
    .cluster rect { fill: ${color.ground} !important; stroke: ${color.line} !important; rx: 12px; }
    .cluster text, .cluster span { fill: ${color.soft} !important; font-size: 13px; font-weight: 600; }
    .node rect { rx: 8px; stroke-width: 1.5px; }
    .node text { font-weight: 500; }
    .flowchart-link { stroke: ${color.edge} !important; stroke-width: 1.5px; }
    .marker { fill: ${color.edge} !important; stroke: ${color.edge} !important; }
    .edgeLabel text, .edgeLabel tspan { fill: ${color.soft} !important; font-size: 12px; }
    rect.actor, .note { fill: ${color.ground} !important; stroke: ${color.edge} !important; rx: 8px; }
    .actor-line, .messageLine0, .messageLine1, .loopLine, .labelBox { stroke: ${color.edge} !important; }
    .labelBox { fill: ${color.ground} !important; }
    text.actor tspan, .messageText, .noteText tspan, .loopText tspan, .labelText tspan { fill: ${color.ink} !important; }
    .noteText tspan { fill: ${color.soft} !important; }
    .edgeLabel rect, .labelBkg, .background { fill: ${color.ground} !important; opacity: 1 !important; }
  `;
}

function configure(scheme: Scheme): void {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    htmlLabels: false,
    layout: 'dagre',
    theme: scheme === 'dark' ? 'dark' : 'default',
    themeCSS: STYLE[scheme],
    fontFamily: FONT,
    fontSize: 14,
    flowchart: { htmlLabels: false, useMaxWidth: false, curve: 'basis', nodeSpacing: 36, rankSpacing: 48 },
    sequence: { mirrorActors: false, useMaxWidth: false, diagramMarginY: 8 },
    er: { useMaxWidth: false },
    deterministicIds: true,
    suppressErrorRendering: true,
  });
}

let scheme: Scheme | undefined;
/** One at a time: Mermaid's settings are global. */
let queue: Promise<void> = Promise.resolve();

addEventListener('message', ({ source, origin, data }: MessageEvent<Request>) => {
  if (source !== parent || origin !== location.origin) return;
  queue = queue.then(async () => {
    if (scheme !== data.scheme) configure(data.scheme);
    scheme = data.scheme;
    try {
      const { svg } = await mermaid.render(`drawn-${data.id}`, data.text);
      answer({ id: data.id, drawn: sized(svg) });
    } catch {
      answer({ id: data.id, failed: true });
    }
  });
});

function answer(message: Answer): void {
  parent.postMessage(message, location.origin);
}
answer({ ready: true });

/**
 * An image needs a size, which Mermaid leaves to its surroundings. Done here: even to parse the SVG would
 * break the policy of the page outside.
 */
function sized(svg: string): Drawn {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const [, , width = 300, height = 150] = (root.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  return { svg: new XMLSerializer().serializeToString(root), width: Math.ceil(width), height: Math.ceil(height) };
}
