/** The kinds of facts that the database lists: models and migrations. */
import { defineFact, type Fact } from '#core/facts.ts';

export const modelFile = defineFact<{ name: string }>('model', {
  title: 'Files of tables',
  key: (value) => value.name,
  sort: (value) => value.name,
});
/** A file of `app.models` that declares tables. */
export function model(value: { module: `app.models.${string}` }): Fact {
  return modelFile({ name: value.module.slice('app.models.'.length) });
}

export type Migration = {
  /** Fixed for ever; the file is `alembic/versions/<revision>.py`. */
  readonly revision: string;
  /** Revisions whose tables it builds on. */
  readonly needs: readonly string[];
};
/** A revision; they are chained into one line, and each is told its `previous`. */
export const migration = defineFact<Migration>('migration', {
  title: 'Migrations',
  key: (value) => value.revision,
  chain: (value) => value.needs,
});
