/** The servers of common hosts themselves, each with the file that the build wrote for it, as `docs/hosting.md` says to use it. */
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './http.ts';
import { npmModules } from './npm.ts';
import { ROOT, temporaryFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { Service } from './service.ts';
import { must } from './shell.ts';
import { aptInstall, ensureProgram, isProgram, isRoot } from './system.ts';
import { wheel } from './validators.ts';

/** What a server is started with; its own files go into an empty folder. */
interface Start {
  readonly site: string;
  readonly port: number;
  readonly own: string;
}
export interface Program {
  /** As it says itself. */
  readonly version: string;
  start(what: Start): Service;
}
export class Host {
  readonly base: string;
  readonly #service: Service;
  readonly #own: string;

  private constructor(base: string, service: Service, own: string) {
    this.base = base;
    this.#service = service;
    this.#own = own;
  }

  static async start(program: Program, site: string): Promise<Host> {
    const own = temporaryFolder('host');
    // Servers that are started by root read as somebody else.
    for (const folder of [own, site]) chmodSync(folder, 0o755);
    const port = await freePort();
    const host = new Host(`http://127.0.0.1:${port}`, program.start({ site, port, own }), own);
    await host.#service.ready(() =>
      ask(host.base, 'GET', '/').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    return host;
  }

  async stop(): Promise<void> {
    await this.#service.stop();
    rmSync(this.#own, { recursive: true, force: true });
  }
}

/** Their programs. @throws in one sentence where one cannot be had */
export const HOSTS = {
  async nginx(): Promise<Program> {
    await ensureProgram('nginx', 'nginx-light');
    return {
      version: (await must('nginx', ['-v'])).stderr.trim(),
      start: ({ site, port, own }) => {
        const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (what) => `${what}_temp_path ${own}/${what};`,
        );
        return configured(
          own,
          (file) => ['nginx', '-e', 'stderr', '-c', file],
          `${isRoot() ? 'user root;' : ''}
daemon off;
pid ${own}/pid;
error_log stderr;
events {}
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  ${kept.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    root ${site};
    include ${site}/nginx.conf;
  }
}`,
        );
      },
    };
  },

  async Apache(): Promise<Program> {
    const program = '/usr/sbin/apache2';
    // Not the package of the service, which would be started on port 80.
    if (!isProgram(program)) await aptInstall('apache2-bin', 'media-types');
    const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers'];
    return {
      version: (await must(program, ['-v'])).stdout.split('\n')[0] ?? '',
      start: ({ site, port, own }) =>
        configured(
          own,
          (file) => [program, '-D', 'FOREGROUND', '-f', file],
          `ServerRoot ${own}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${own}/pid
DefaultRuntimeDir ${own}
ErrorLog |/bin/cat
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
User www-data
Group www-data
TypesConfig /etc/mime.types
DirectoryIndex index.html
DocumentRoot ${site}
<Directory ${site}>
  AllowOverride All
  Require all granted
</Directory>
<Files ".ht*">
  Require all denied
</Files>`,
        ),
    };
  },

  async Caddy(): Promise<Program> {
    const program = await wheel('caddy');
    return {
      version: (await must(program, ['version'])).stdout.trim(),
      start: ({ site, port, own }) =>
        configured(
          own,
          (file) => [program, 'run', '--adapter', 'caddyfile', '--config', file],
          `{
  admin off
}
http://127.0.0.1:${port} {
  root * ${site}
  file_server
  import ${site}/Caddyfile
}`,
        ),
    };
  },

  /** Its own server for developers, on the runtime that it is served by. */
  async 'Cloudflare Pages'(): Promise<Program> {
    const program = join(await npmModules('wrangler'), 'wrangler', 'bin', 'wrangler.js');
    const env = { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', CI: 'true' };
    return {
      version: `wrangler ${(await must(process.execPath, [program, '--version'], { env })).stdout.trim()}`,
      start: ({ site, port, own }) => {
        const args = [program, 'pages', 'dev', site, '--ip', '127.0.0.1', '--port', `${port}`];
        return new Service(process.execPath, [...args, '--compatibility-date', '2026-01-01'], {
          cwd: own,
          env: { ...env, HOME: own, XDG_CONFIG_HOME: own },
        });
      },
    };
  },

  async 'npm start'(): Promise<Program> {
    return {
      version: `Node ${process.versions.node}`,
      start: ({ site, port }) =>
        new Service(process.execPath, [join(ROOT, 'scripts', 'serve.mjs')], { env: { FOLDER: site, PORT: `${port}` } }),
    };
  },
} as const;

/** A program with a configuration of its own. */
function configured(own: string, command: (file: string) => readonly [string, ...string[]], text: string): Service {
  const file = join(own, 'configuration');
  writeFileSync(file, `${text}\n`);
  const [program, ...args] = command(file);
  return new Service(program, args, { cwd: own, env: { HOME: own } });
}
