/** Programs from npm that only tests and measurements need: each in a folder of its own, so that the packages of the product stay few. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.ts';
import { must } from './shell.ts';
import { inTurn } from './turn.ts';

/** The newest that run on Node 20. */
const PACKAGES = {
  lighthouse: ['lighthouse@12.8.2'],
  netlify: ['@netlify/headers@2.1.8'],
  vercel: ['@vercel/routing-utils@6.6.0', 'ajv@8.17.1'],
  wrangler: ['wrangler@4.86.0'],
} as const;

/** The `node_modules` with one of them; kept below `.cache` and made anew when other packages are asked for. */
export function npmModules(name: keyof typeof PACKAGES): Promise<string> {
  return inTurn(`npm-${name}`, () => install(name, PACKAGES[name]));
}

async function install(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(cacheFolder('tools'), `npm-${name}`);
  const modules = join(folder, 'node_modules');
  const mark = join(folder, createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 16));
  if (existsSync(mark)) return modules;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await must('npm', ['install', '--prefix', folder, ...quietly, ...packages], { cwd: folder });
  writeFileSync(mark, '');
  return modules;
}
