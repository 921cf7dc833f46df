/** One address in front of several servers: each connection goes to the next of them, from where it came. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Balancer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #turn = 0;

  private constructor(ports: readonly number[]) {
    // No delay: held back until what went before is acknowledged, the second part of an answer comes 40 ms late.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      this.#turn += 1;
      const far = connect({
        host: '127.0.0.1',
        port: ports[this.#turn % ports.length] ?? 0,
        allowHalfOpen: true,
        noDelay: true,
        // The app judges by the address of its peer.
        ...(near.remoteAddress === undefined ? {} : { localAddress: near.remoteAddress }),
      });
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy()).on('close', () => this.#sockets.delete(from));
        from.pipe(to);
      }
    });
  }

  static async start(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    await new Promise<void>((resolve) => balancer.#server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
