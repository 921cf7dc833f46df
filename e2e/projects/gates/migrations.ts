/** The migrations, up and down, on the engine that was chosen. */
import { expect, test } from 'vitest';
import type { Database } from '../database.ts';
import type { Subject } from '../subject.ts';

export function migrationsGate(subject: Subject): void {
  const alembic = async (database: Database, ...args: string[]): Promise<string> =>
    (await subject.project.mustCommand('alembic', args, { env: { DATABASE_URL: database.url } })).output;

  test('there is one head', async () => {
    const heads = await alembic(await subject.database(), 'heads');
    expect(heads.split('\n').filter((line) => line.includes('(head)')).length, heads).toBeLessThanOrEqual(1);
    const revisions = subject.project.files.filter((path) => path.startsWith('alembic/versions/'));
    expect(heads.includes('(head)')).toBe(revisions.length > 0);
  });

  test('go up, match the models, come down to nothing, and go up again', async () => {
    const database = await subject.database();
    await alembic(database, 'upgrade', 'head');
    expect(await alembic(database, 'check')).toContain('No new upgrade operations detected');
    await alembic(database, 'downgrade', 'base');
    const tables = await database.sql(
      subject.combination.engine === 'postgres'
        ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    expect(tables.flat().filter((name) => name !== 'alembic_version')).toEqual([]);
    await alembic(database, 'upgrade', 'head');
  });

  test('one step at a time, each there and back', async () => {
    const database = await subject.database();
    const revisions = subject.project.files.filter(
      (path) => path.startsWith('alembic/versions/') && path.endsWith('.py'),
    );
    for (let step = 0; step < revisions.length; step += 1) {
      await alembic(database, 'upgrade', '+1');
      await alembic(database, 'downgrade', '-1');
      await alembic(database, 'upgrade', '+1');
    }
    if (revisions.length > 0) expect(await alembic(database, 'current')).toContain('(head)');
  });
}
