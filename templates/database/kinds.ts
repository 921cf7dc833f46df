/** The kinds of facts that the database lists: models and migrations. */
import { defineFact } from '#core/facts.ts';

/** A module of `app.models` that declares tables. */
export const model = defineFact<{ module: string }>('model', { key: (value) => value.module, sort: (value) => value.module });

export type Migration = {
  /** Fixed for ever; the file is `alembic/versions/<revision>.py`. */
  readonly revision: string;
  /** Revisions whose tables it builds on. */
  readonly needs: readonly string[];
};
/** A revision; they are chained into one line, and each is told its `previous`. */
export const migration = defineFact<Migration>('migration', { key: (value) => value.revision, chain: (value) => value.needs });
