/** A certificate authority of the tests' own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './shell.ts';
import { ensureProgram } from './system.ts';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export interface Issued {
  /** Whom it is for. */
  readonly name: string;
  /** The authority's certificate, for those who shall trust it. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate for one name, with all that stands behind it in this folder. */
export async function issue(name: string, folder: string): Promise<Issued> {
  await ensureProgram('openssl', 'openssl');
  const at = (file: string): string => join(folder, file);
  const openssl = (...args: readonly string[]) => must('openssl', args);
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-days',
    '2',
    '-subj',
    '/CN=Tests',
  );
  await openssl('req', ...KEY, '-keyout', at('app.key'), '-out', at('app.csr'), '-subj', '/CN=app');
  writeFileSync(at('app.ext'), `subjectAltName=DNS:${name}\nbasicConstraints=CA:FALSE\n`);
  const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('app.ext')];
  await openssl('x509', '-req', '-in', at('app.csr'), ...signed, '-days', '2', '-out', at('app.crt'));
  const read = (file: string): string => readFileSync(at(file), 'utf8');
  return { name, authority: read('ca.crt'), certificate: read('app.crt'), key: read('app.key') };
}
