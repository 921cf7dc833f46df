/** What a file of tests is about: one project, installed, and a PostgreSQL of its own where it needs one. */
import { afterAll, beforeAll } from 'vitest';
import { obtain } from '../support/obtain.ts';
import { Postgres } from '../support/postgres.ts';
import { Redis } from '../support/redis.ts';
import type { Combination } from './combinations.ts';
import { type Database, databaseFor } from './database.ts';
import { Project, type Server } from './project.ts';

export interface Subject {
  readonly combination: Combination;
  readonly project: Project;
  /** Throws where the project is on SQLite. */
  readonly postgres: Postgres;
  /** Throws where the project has none. */
  readonly redis: Redis;
  /** A new empty database of the project's engine. */
  database(): Promise<Database>;
  /** What points a program of the project at a new empty database, and at an empty Redis where it has one. */
  databaseEnvironment(): Promise<Record<string, string>>;
  /** The app on a new empty database, started from nothing with its own command. */
  serve(env?: Readonly<Record<string, string | undefined>>): Promise<Server>;
}

/**
 * Makes the project before the tests of the file that calls it, and takes it away after them.
 * @returns `undefined` where the machine cannot run such a project, which was said loudly
 */
export async function subjectOf(combination: Combination): Promise<Subject | undefined> {
  let postgres: Postgres | undefined;
  if (combination.engine === 'postgres') {
    postgres = await obtain('PostgreSQL', () => Postgres.create());
    if (!postgres) return undefined;
  }
  let redis: Redis | undefined;
  if (combination.redis) {
    redis = await obtain('Redis', () => Redis.create());
    if (!redis) return undefined;
  }
  let made: Project | undefined;
  beforeAll(async () => {
    made = await Project.make(combination);
    await made.install();
  });
  afterAll(async () => {
    await made?.destroy();
    await postgres?.destroy();
    await redis?.stop();
  });
  const there = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`there is no ${what} here`);
    return value;
  };
  const subject: Subject = {
    combination,
    get project() {
      return there(made, 'project yet');
    },
    get postgres() {
      return there(postgres, 'PostgreSQL');
    },
    get redis() {
      return there(redis, 'Redis');
    },
    database: () => databaseFor(subject.project, postgres),
    databaseEnvironment: async () => ({
      ...(combination.engine ? { DATABASE_URL: (await subject.database()).url } : {}),
      ...(redis ? { REDIS_URL: await redis.database() } : {}),
    }),
    serve: async (env = {}) => {
      const server = await subject.project.start({ ...(await subject.databaseEnvironment()), ...env });
      await server.alive();
      return server;
    },
  };
  return subject;
}
