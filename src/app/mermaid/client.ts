/**
 * Draws Mermaid texts in a frame. Mermaid needs inline styles, which this page's policy forbids: the frame
 * has its own policy, and only text comes back.
 */
import type { Answer, Drawn, Request, Scheme } from './protocol.ts';

const PATIENCE_MS = 20_000;

let frame: Promise<Window> | undefined;
let asked = 0;

function open(): Promise<Window> {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement('iframe'), {
      src: './mermaid.html',
      title: 'Draws diagrams',
      tabIndex: -1,
    });
    element.className = 'sr';
    element.setAttribute('aria-hidden', 'true');
    const patience = setTimeout(() => {
      // The next picture tries again.
      frame = undefined;
      element.remove();
      reject(new Error('the frame did not load'));
    }, PATIENCE_MS);
    const heard = ({ source, origin, data }: MessageEvent<Answer>): void => {
      if (source !== element.contentWindow || origin !== location.origin || !('ready' in data)) return;
      clearTimeout(patience);
      removeEventListener('message', heard);
      if (element.contentWindow) resolve(element.contentWindow);
    };
    addEventListener('message', heard);
    document.body.append(element);
  });
}

export async function draw(text: string, scheme: Scheme): Promise<Drawn> {
  frame ??= open();
  const target = await frame;
  asked += 1;
  const id = asked;
  return new Promise<Drawn>((resolve, reject) => {
    const heard = ({ source, data }: MessageEvent<Answer>): void => {
      if (source !== target || !('id' in data) || data.id !== id) return;
      removeEventListener('message', heard);
      if ('drawn' in data) resolve(data.drawn);
      else reject(new Error('the text could not be drawn'));
    };
    addEventListener('message', heard);
    target.postMessage({ id, text, scheme } satisfies Request, location.origin);
  });
}
