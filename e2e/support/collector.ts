/** Takes what is sent by OTLP over HTTP, and keeps the bytes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Collector {
  readonly #server: Server;
  /** What was sent to `/v1/traces`, request by request. */
  readonly traces: Buffer[] = [];
  /** How many requests came, answered or not. */
  asked = 0;

  private constructor(answers: boolean) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      this.asked += 1;
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (!answers) return;
        if (request.url === '/v1/traces') this.traces.push(Buffer.concat(parts));
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
      request.on('error', () => undefined);
    });
  }

  /** @param answers whether it ever says that it has taken something */
  static async start(answers = true): Promise<Collector> {
    const collector = new Collector(answers);
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
