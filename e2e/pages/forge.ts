/** A hostile Flet client: sends frames of its own making through a page's own WebSocket. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    fletSocket: WebSocket;
    fletEvents: Record<string, Uint8Array>;
  }
}

/** From the next page load on: keeps the WebSocket, and the last event of each name. */
export async function record(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.fletEvents = {};
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      window.fletSocket = this;
      const bytes = new Uint8Array((data as Uint8Array).slice(0));
      const name = /click|submit/.exec(String.fromCharCode(...bytes.slice(0, 200)))?.[0];
      if (name && bytes[2] === 3) window.fletEvents[name] = bytes;
      return send.call(this, data);
    };
  });
}

/** Fires an event of a control (the page itself is number 1). */
export async function forge(page: Page, target: number, event: string, data: unknown = null): Promise<void> {
  const frame = [0, ...pack([3, { target, name: event, data }])];
  await page.evaluate((bytes) => window.fletSocket.send(new Uint8Array(bytes)), frame);
}

/** What the page is told, frame by frame, from the next page load on. */
export function overhear(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString('latin1'))),
  );
  return frames;
}

/** The number of the control that was drawn last with these words; in a frame it stands behind them. */
export function numberOf(frames: readonly string[], words: string): number {
  const frame = frames.findLast((one) => one.includes(words));
  if (frame === undefined) throw new Error(`No control says ${words}.`);
  const behind = frame.slice(frame.lastIndexOf(words));
  const bytes = Buffer.from(behind.slice(behind.indexOf('\xa2_i') + 3), 'latin1');
  const kind = bytes[0] ?? 0;
  if (kind === 0xcc) return bytes.readUInt8(1);
  return kind === 0xcd ? bytes.readUInt16BE(1) : kind;
}

/** Sends the last event of that name once more. */
export async function replay(page: Page, event: string): Promise<void> {
  await page.evaluate((name) => window.fletSocket.send(window.fletEvents[name] as Uint8Array<ArrayBuffer>), event);
}

/** The little of MessagePack that an event needs. */
function pack(value: unknown): number[] {
  if (value === null) return [0xc0];
  if (typeof value === 'number') return value < 128 ? [value] : [0xcd, value >> 8, value & 255];
  if (typeof value === 'string') {
    const bytes = [...new TextEncoder().encode(value)];
    return [0xd9, bytes.length, ...bytes];
  }
  if (Array.isArray(value)) return [0x90 | value.length, ...value.flatMap(pack)];
  const entries = Object.entries(value as object);
  return [0x80 | entries.length, ...entries.flatMap(([name, item]) => [...pack(name), ...pack(item)])];
}
