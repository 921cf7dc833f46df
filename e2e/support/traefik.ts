/** What Traefik says of its files. It has no check that does not start it, so it is started, with nothing behind it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ask } from './http.ts';
import { freePort } from './ports.ts';
import { Service } from './service.ts';
import { type Faults, wheel } from './validators.ts';

interface Static {
  readonly entryPoints: Record<string, { address: string }>;
  readonly providers: { readonly file: { directory: string } };
  readonly certificatesResolvers: { readonly acme: { readonly acme: { storage: string; caServer?: string } } };
  api?: { readonly insecure: true };
}
/** A router, service or middleware as its own interface shows them. */
interface Part {
  readonly status?: string;
  readonly error?: readonly string[];
}

/** Of folders, each with its `traefik.yaml` and what lies in `dynamic`. */
export const traefikFaults: Faults = async (folders) => {
  let found = '';
  for (const folder of folders) {
    const fault = await faultOf(folder);
    if (fault !== '') found += `${folder}/: ${fault}\n`;
  }
  return found;
};

async function faultOf(folder: string): Promise<string> {
  const config = parse(readFileSync(join(folder, 'traefik.yaml'), 'utf8')) as Static;
  for (const point of Object.values(config.entryPoints)) point.address = `127.0.0.1:${await freePort()}`;
  const api = `127.0.0.1:${await freePort()}`;
  config.entryPoints.traefik = { address: api };
  config.api = { insecure: true };
  config.providers.file.directory = join(folder, 'dynamic');
  const { acme } = config.certificatesResolvers.acme;
  acme.storage = join(folder, 'acme.json');
  // Nobody is asked for a certificate.
  acme.caServer = `http://127.0.0.1:${await freePort()}`;
  const file = join(folder, 'started.yaml');
  writeFileSync(file, stringify(config));
  const traefik = new Service(await wheel('traefik'), ['--configFile', file]);
  const refused = (): boolean => /field not found|while building configuration/.test(traefik.output);
  let parts: [string, Part][] = [];
  try {
    await traefik.ready(async () => {
      const answer = await ask(`http://${api}`, 'GET', '/api/rawdata').catch(() => undefined);
      const kinds = answer?.status === 200 ? Object.values(answer.json() as Record<string, Record<string, Part>>) : [];
      parts = kinds.flatMap((kind) => Object.entries(kind)).filter(([name]) => name.endsWith('@file'));
      return parts.length > 0 || refused();
    });
  } catch (error) {
    return String(error);
  } finally {
    traefik.kill();
  }
  if (refused()) return traefik.output;
  return parts.flatMap(([name, { status, error }]) => (status === 'enabled' ? [] : `${name}: ${error}`)).join('\n');
}
