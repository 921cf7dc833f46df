/**
 * Tasks through a generated project's worker, side by side with the bare engine: taskiq with the stream broker of
 * taskiq-redis, in the same environment and on the same Redis.
 *
 * In a round of a side so many tasks are sent to an empty queue, and then one worker process runs them. Both rates are
 * taken by the processes themselves, so that no start is in them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Project } from '../e2e/projects/project.ts';
import { ROOT, temporaryFolder } from '../e2e/support/paths.ts';
import { Redis } from '../e2e/support/redis.ts';
import { Service } from '../e2e/support/service.ts';
import { compared, inRounds, withShare } from './compared.ts';
import { withEnds } from './ends.ts';
import { installed, migrated, PRODUCTION } from './installed.ts';
import type { Figure } from './main.ts';

const TASKS = 3000;
const AT_ONCE = '10';
const SCRIPTS = join(ROOT, 'bench', 'tasks');
/** Its only dependencies are taskiq and redis, which the project holds already. */
const BROKER = 'taskiq-redis==1.2.4';
const BARE = `bare (${BROKER.replace('==', ' ')})`;
const BARE_KEEPING = 'bare, results kept';

interface Side {
  /** The module whose task it is, as Python names it. */
  readonly module: string;
  readonly worker: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
}
interface Round {
  readonly sent: number;
  readonly done: number;
}

export function workerFigures(): Promise<Figure[]> {
  return withShare(() =>
    withEnds(async (keep) => {
      const folder = keep(temporaryFolder('redis'), (made) => rmSync(made, { recursive: true, force: true }));
      // As the module has it deployed; without, whoever writes most would be flattered.
      const durable = ['--appendonly', 'yes', '--dir', folder];
      const redis = keep(await Redis.create(durable), (server) => server.stop());
      const project = await installed('worker', keep);
      await project.must('uv', ['pip', 'install', BROKER]);
      const rounds = await inRounds(await sidesOf(project), (side) => round(side, project, redis));
      const pairs = [
        ['ours', BARE],
        ['ours', BARE_KEEPING],
      ] as const;
      return [
        ...compared('tasks done a second', rounds, ({ done }) => done, ...pairs),
        ...compared('tasks sent a second, one by one', rounds, ({ sent }) => sent, ['ours', BARE]),
      ];
    }),
  );
}

async function sidesOf(project: Project): Promise<Record<string, Side>> {
  const tasks = join(project.folder, 'app', 'services', 'bench', 'tasks.py');
  mkdirSync(join(tasks, '..'), { recursive: true });
  writeFileSync(tasks, readFileSync(join(SCRIPTS, 'ours.py')));
  const bare = ['taskiq', 'worker', 'bare:broker', '--workers', '1', '--max-async-tasks', AT_ONCE] as const;
  return {
    ours: {
      module: 'app.services.bench.tasks',
      worker: ['app', 'worker'],
      env: { ...PRODUCTION, DATABASE_URL: await migrated(project), WORKER_CONCURRENCY: AT_ONCE },
    },
    [BARE]: { module: 'bare', worker: bare, env: {} },
    [BARE_KEEPING]: { module: 'bare', worker: bare, env: { BENCH_RESULTS: 'kept' } },
  };
}

async function round(side: Side, project: Project, redis: Redis): Promise<Round> {
  const env = {
    ...project.environment,
    ...side.env,
    PYTHONPATH: [project.folder, SCRIPTS].join(delimiter),
    // Where a worker in production puts its sign of life.
    TMPDIR: project.besides,
    REDIS_URL: await redis.database(),
    BENCH_TASKS: String(TASKS),
  };
  const sent = await project.must('python', [join(SCRIPTS, 'send.py'), side.module], { env });
  const [program, ...args] = side.worker;
  const worker = new Service(project.program(program), args, { cwd: project.folder, env });
  try {
    const said = () => /tasks a second: ([\d.]+)/.exec(worker.output)?.[1];
    await worker.ready(() => said() !== undefined);
    return { sent: Number(sent.stdout), done: Number(said()) };
  } finally {
    await worker.stop('SIGTERM');
  }
}
