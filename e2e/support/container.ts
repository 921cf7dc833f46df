/**
 * What a container engine gives a process, from the kernel itself: a root of its own that is read-only, a folder
 * for what it may write, a user without rights, and only the environment it is given. Needs root, as an engine does.
 */
import { cpSync, lstatSync, mkdirSync, readlinkSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './paths.ts';
import { Service } from './service.ts';
import { type Ran, run } from './shell.ts';
import { ensureProgram } from './system.ts';

/** The machine's own, seen by every container: they stand in for the base image. */
const SYSTEM = ['usr', 'etc', 'bin', 'sbin', 'lib', 'lib64', 'dev', 'proc'];
/** Of these, what is files; the kernel guards the rest. */
const READ_ONLY = new Set(['usr', 'etc']);

export interface Mount {
  readonly from: string;
  /** The absolute path in the container. */
  readonly to: string;
  readonly writable?: boolean;
}
export interface Inside {
  readonly mounts: readonly Mount[];
  /** Folders in memory that all may write to, with no programs in them. */
  readonly scratch?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  /** The number of user and group. */
  readonly user: number;
  /** The root itself may be written to, as while an image is built. */
  readonly writable?: boolean;
}

export async function needContainers(): Promise<void> {
  await ensureProgram('unshare', 'util-linux');
  await ensureProgram('nsenter', 'util-linux');
  await ensureProgram('setpriv', 'util-linux');
}

/** A program in a container of its own; signals reach the program itself. */
export function contained(command: readonly string[], inside: Inside): Service {
  const root = temporaryFolder('root');
  const service = new Service('unshare', ['--mount', 'sh', '-euc', enter(root, inside), 'sh', ...command]);
  void service.ended.then(() => rmdirSync(root));
  return service;
}

/** Runs a program in a container of its own, to its end. */
export async function runContained(command: readonly string[], inside: Inside): Promise<Ran> {
  const root = temporaryFolder('root');
  const ran = await run('unshare', ['--mount', 'sh', '-euc', enter(root, inside), 'sh', ...command]);
  rmdirSync(root);
  return ran;
}

/** Runs a further program in the container of one that runs, as `docker exec` and health checks do. */
export function runBeside(service: Service, command: readonly string[], inside: Inside): Promise<Ran> {
  const there = ['--target', String(service.pid), '--mount', '--root'];
  return run('nsenter', [...there, 'sh', '-euc', become(inside), 'sh', ...command]);
}

/** All of it is seen by the program alone: on the machine, the folder stays empty. */
function enter(root: string, inside: Inside): string {
  const lines = ['mount --make-rprivate /', `mount -t tmpfs -o mode=755 tmpfs ${root}`];
  for (const name of SYSTEM) {
    const link = lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (link?.isSymbolicLink()) lines.push(`ln -s ${readlinkSync(`/${name}`)} ${root}/${name}`);
    else if (link) lines.push(...bind({ from: `/${name}`, to: `/${name}`, writable: !READ_ONLY.has(name) }, root));
  }
  for (const mount of inside.mounts) lines.push(...bind(mount, root));
  for (const path of inside.scratch ?? []) {
    lines.push(`mkdir -p ${root}${path}`, `mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs ${root}${path}`);
  }
  if (!inside.writable) lines.push(`mount -o remount,ro ${root}`);
  lines.push(`exec chroot ${root} sh -euc ${quoted(become(inside))} sh "$@"`);
  return lines.join('\n');
}

function bind({ from, to, writable }: Mount, root: string): string[] {
  const target = `${root}${to}`;
  const make = statSync(from).isDirectory()
    ? [`mkdir -p ${target}`]
    : [`mkdir -p ${dirname(target)}`, `touch ${target}`];
  return [...make, `mount --rbind ${from} ${target}`, ...(writable ? [] : [`mount -o remount,bind,ro ${target}`])];
}

function become({ env, workdir, user }: Inside): string {
  const given = Object.entries(env).map(([name, value]) => quoted(`${name}=${value}`));
  const rights =
    user === 0
      ? ''
      : `setpriv --reuid ${user} --regid ${user} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all `;
  return `cd ${workdir}\nexec ${rights}env -i ${given.join(' ')} "$@"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Copies what an image takes from a project. */
export function copyInto(folder: string, from: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(from, path), join(folder, path), { preserveTimestamps: true });
  }
}
