/** Databases for one project, and a look inside them that does not go through the project's own code. */
import { join } from 'node:path';
import type { Postgres } from '../support/postgres.ts';
import type { Project } from './project.ts';

export interface Database {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Rows of one statement, each a list of texts; NULL is the empty text. */
  sql(statement: string): Promise<string[][]>;
  /** All that is stored, as text: for what must not be there in clear. */
  dump(): Promise<string>;
}

let count = 0;

/** A new empty database of the project's engine. */
export async function databaseFor(project: Project, postgres: Postgres | undefined): Promise<Database> {
  count += 1;
  return project.combination.engine === 'postgres' && postgres
    ? onPostgres(postgres, `t${process.pid}_${count}`)
    : onSqlite(project);
}

async function onPostgres(postgres: Postgres, name: string): Promise<Database> {
  const database = await postgres.database(name);
  return {
    url: database.url('postgresql+asyncpg'),
    sql: (statement) => postgres.sql(statement, name),
    dump: () => postgres.dump(name),
  };
}

function onSqlite(project: Project): Database {
  const file = join(project.besides, `${count}.db`);
  const python = async (script: string, ...args: string[]): Promise<string> =>
    (await project.must('python', ['-c', script, file, ...args])).stdout;
  return {
    url: `sqlite+aiosqlite:///${file}`,
    sql: async (statement) => JSON.parse(await python(SQL, statement)) as string[][],
    dump: () => python(DUMP),
  };
}

const SQL = `
import json, sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as connection:
    rows = connection.execute(sys.argv[2]).fetchall()
text = lambda value: "" if value is None else value.hex() if isinstance(value, bytes) else str(value)
print(json.dumps([[text(value) for value in row] for row in rows]))
`;
const DUMP = `
import sqlite3, sys
for line in sqlite3.connect(sys.argv[1], timeout=20).iterdump():
    print(line)
`;
