/**
 * The server of `compose.ingress.yaml`, run as its container would run it: the command and the files are the
 * generated ones, and only what a container would bring stands in for itself: its ports, folders and names.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Issued } from '../support/authority.ts';
import { freePort } from '../support/ports.ts';
import { Service } from '../support/service.ts';
import { Visitor } from '../support/visitor.ts';
import type { Project } from './project.ts';

export interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}
export interface Compose {
  readonly services: Readonly<Record<string, Container>>;
  readonly networks: Readonly<Record<string, { readonly ipam: { readonly config: readonly { subnet: string }[] } }>>;
}

/** What the README says about a certificate of one's own. */
function ownCertificate(project: Project): { readonly file: string; readonly text: string } {
  const found = /with this in `([^`]+)`:\n\n```\w+\n([^`]*)```/.exec(project.read('README.md'));
  if (!found?.[1] || !found[2]) throw new Error('the README does not say where a certificate of one’s own goes');
  return { file: found[1], text: found[2] };
}

export class Edge {
  readonly service: Service;
  readonly http: number;
  readonly https: number;
  readonly health: number;
  readonly folder: string;
  readonly #tool: string;
  readonly #container: Container;
  readonly #issued: Issued;
  readonly #standIn: (text: string) => string;

  private constructor(
    container: Container,
    tool: string,
    folder: string,
    issued: Issued,
    ports: readonly [number, number, number],
    standIn: (text: string) => string,
  ) {
    [this.http, this.https, this.health] = ports;
    this.folder = folder;
    this.#container = container;
    this.#tool = tool;
    this.#issued = issued;
    this.#standIn = standIn;
    const [program = '', ...args] = this.command(container.command ?? []);
    const env = Object.fromEntries(
      Object.entries(container.environment ?? {}).map(([name, value]) => [name, standIn(value)]),
    );
    this.service = new Service(program, args, { cwd: folder, env });
  }

  /**
   * @param tool the folder of its program
   * @param app the port of what is behind it
   * @param change a last change to a file, by its path
   */
  static async start(
    project: Project,
    tool: string,
    app: number,
    issued: Issued,
    change: (path: string, text: string) => string = (_, text) => text,
  ): Promise<Edge> {
    const container = (parse(project.read('compose.ingress.yaml')) as Compose).services.ingress;
    const mount = container?.volumes?.find((volume) => volume.startsWith('./deploy/ingress:'))?.split(':')[1];
    if (!container || !mount) throw new Error('compose.ingress.yaml has no ingress with its files');
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    const outer = join(project.besides, `ingress-${ports[0]}`);
    const [folder, data] = [join(outer, 'files'), join(outer, 'data')];
    mkdirSync(data, { recursive: true });
    cpSync(join(project.folder, 'deploy/ingress'), folder, { recursive: true });
    const inside = container.ports?.map((port) => port.split(':')[1] ?? '') ?? [];
    const standIns: readonly (readonly [RegExp, string])[] = [
      [new RegExp(`${mount}(?=/|$)`, 'g'), folder],
      [/(?<![\w/])\/data(?=\/|$)/g, data],
      [/\bapp:8000\b/g, `127.0.0.1:${app}`],
      [new RegExp(`\\b${inside[0]}\\b`, 'g'), `${ports[0]}`],
      [new RegExp(`\\b${inside[1]}\\b`, 'g'), `${ports[1]}`],
      [/\b8082\b/g, `${ports[2]}`],
    ];
    const standIn = (text: string): string => standIns.reduce((so, [what, by]) => so.replace(what, by), text);
    const own = ownCertificate(project);
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write(own.file.replace('deploy/ingress/', ''), own.text);
    write('certificates/app.crt', issued.certificate);
    write('certificates/app.key', issued.key);
    for (const path of readdirSync(folder, { recursive: true }) as string[]) {
      if (statSync(join(folder, path)).isDirectory() || /\.(?:crt|key)$/.test(path)) continue;
      write(path, change(path, standIn(readFileSync(join(folder, path), 'utf8'))));
    }
    const edge = new Edge(container, tool, folder, issued, ports, standIn);
    await edge.service.ready(() => edge.#isReady());
    return edge;
  }

  /** A command of the container, as it is run here. */
  command([program = '', ...args]: readonly string[]): string[] {
    return [join(this.#tool, program), ...args].map((word) => this.#standIn(word));
  }

  /** The health check, without the word that says it is no shell's. */
  get check(): string[] {
    return (this.#container.healthcheck?.test ?? []).slice(1).map(this.#standIn);
  }

  get output(): string {
    return this.service.output;
  }

  /** Someone who comes to it from an address of loopback. */
  visitor(from: string): Visitor {
    return new Visitor(this.https, this.#issued.name, this.#issued.authority, from);
  }

  async #isReady(): Promise<boolean> {
    // Its files are read a moment after it listens.
    const reached = this.visitor('127.0.0.1').connect();
    return reached.then(
      (socket) => Boolean(socket.destroy()),
      () => false,
    );
  }
}
