/** Where the person stands, and whether there is a terminal to ask at. */
import { dirname, relative, resolve } from 'node:path';
import { styleText } from 'node:util';

/**
 * npm runs scripts in the package's folder and keeps the person's own in INIT_CWD; a script that goes
 * elsewhere by itself means that place.
 */
export function standing(cwd = process.cwd(), env: NodeJS.ProcessEnv = process.env): string {
  const { INIT_CWD: from, npm_package_json: manifest } = env;
  return from && manifest && dirname(manifest) === cwd ? from : cwd;
}

export function absolute(path: string): string {
  return resolve(standing(), path);
}

/** As short as a person would type it, `./my-app`, and without anything that would steer the terminal. */
export function shown(path: string): string {
  const near = relative(standing(), path);
  const short = near === '' ? '.' : near.startsWith('..') ? path : `./${near}`;
  return short.replace(/\p{C}/gu, '?');
}

/** @param output where questions would be asked */
export function isTerminal(output: NodeJS.WriteStream): boolean {
  return process.stdin.isTTY === true && output.isTTY === true;
}

/** Bold where that can be seen and is wanted. */
export function strong(text: string): string {
  const plain = !process.stdout.isTTY || Boolean(process.env.NO_COLOR) || process.env.TERM === 'dumb';
  return plain ? text : styleText('bold', text);
}
