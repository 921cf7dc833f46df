import { defineFacts, dependency } from '#core/facts.ts';
import { health, lifespan, prepare } from '../backend/kinds.ts';
import { concurrency, container, fixture, ignored, preparation, setting, settings, target } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { process, secret, server, storage } from '../docker/kinds.ts';
import { workflowService } from '../github/kinds.ts';
import { clusterServer, placement } from '../kubernetes/kinds.ts';
import { tracedEngine } from '../observability/kinds.ts';
import module from './module.ts';

const GROUP = 'Database';
const POSTGRES_IMAGE = 'postgres:17';
const VOLUMES = ['postgres:/var/lib/postgresql/data'];
const HEALTH = 'pg_isready --username=app --dbname=app';
const POSTGRES = { option: 'engine', is: ['postgres'] } as const;
const SQLITE = { option: 'engine', is: ['sqlite'] } as const;

export default defineFacts(
  module,
  (options) => [
    dependency({ name: 'alembic' }),
    // Without the extra there is no greenlet, and no await.
    dependency({ name: 'sqlalchemy', extras: ['asyncio'] }),
    dependency({ name: 'sqlmodel' }),
    concurrency({ name: 'greenlet' }),

    ...settings({ module: 'app.core.engine', name: 'DatabaseSettings' }),
    ...lifespan({ module: 'app.core.db', name: 'database_lifespan' }),
    ...health({ module: 'app.core.db', name: 'check_database', part: 'database' }),
    ...card({ module: 'app.core.db_card', name: 'database_card', part: 'database' }),
    ...prepare({ module: 'app.core.migrations', name: 'prepare_database' }),
    ...target({
      module: 'app.core.migrations',
      name: 'migrate',
      target: 'migrate',
      comment: 'bring the database to the newest migration',
    }),
    process({ name: 'migrate', command: ['app', 'migrate'], before: true, grace: '60' }),
    tracedEngine({ module: 'app.core.engine' }),
    fixture({ module: 'tests.plugins.database' }),
    ...options.with('engine', (engine) => [placement({ together: engine === 'sqlite' })]),

    ...options.when(
      'engine',
      ['sqlite'],
      [
        dependency({ name: 'aiosqlite' }),
        setting({
          name: 'DATABASE_URL',
          value: 'sqlite+aiosqlite:///data/app.db',
          comment: 'where the data is kept; a relative path starts at the project',
          group: GROUP,
        }),
        ignored({ pattern: '/data/' }),
        storage({ name: 'data', path: 'data' }),
        fixture({ module: 'tests.plugins.sqlite' }),
      ],
    ),
    ...options.when(
      'engine',
      ['postgres'],
      [
        dependency({ name: 'asyncpg' }),
        setting({
          name: 'DATABASE_URL',
          value: 'postgresql+asyncpg://app@localhost:5432/app',
          comment: 'the server, without the password',
          group: GROUP,
          deployed: 'postgresql+asyncpg://app@postgres:5432/app',
        }),
        ...secret({
          name: 'DATABASE_PASSWORD',
          value: '',
          comment: 'the password that goes into DATABASE_URL, here and in compose.yaml',
          group: GROUP,
          secret: '32',
        }),
        ...container({
          name: 'postgres',
          image: POSTGRES_IMAGE,
          ports: ['127.0.0.1:5432:5432'],
          environment: [
            'POSTGRES_USER=app',
            'POSTGRES_DB=app',
            'POSTGRES_PASSWORD=${DATABASE_PASSWORD:?stands in .env}',
          ],
          volumes: VOLUMES,
          volumeNames: ['postgres'],
          health: HEALTH,
        }),
        server({
          name: 'postgres',
          image: POSTGRES_IMAGE,
          user: 'postgres',
          secret: 'DATABASE_PASSWORD',
          environment: [
            'POSTGRES_USER: app',
            'POSTGRES_DB: app',
            'POSTGRES_PASSWORD_FILE: /run/secrets/DATABASE_PASSWORD',
          ],
          volumes: VOLUMES,
          volumeNames: ['postgres'],
          scratch: ['/tmp', '/run/postgresql'],
          health: HEALTH,
          grace: '60',
        }),
        clusterServer({
          name: 'postgres',
          image: POSTGRES_IMAGE,
          port: '5432',
          user: '999',
          environment: [
            '{name: POSTGRES_USER, value: app}',
            '{name: POSTGRES_DB, value: app}',
            // The root of a volume may hold a folder of the file system's own, which it would not begin in.
            '{name: PGDATA, value: /var/lib/postgresql/data/files}',
          ],
          password: 'POSTGRES_PASSWORD',
          secret: 'DATABASE_PASSWORD',
          folder: '/var/lib/postgresql/data',
          room: '5Gi',
          writes: ['tmp', 'var/run/postgresql'],
          // While it is first set up it answers on its socket alone.
          check: 'pg_isready --host=127.0.0.1 --username=app --dbname=app',
        }),
        workflowService({
          name: 'postgres',
          image: POSTGRES_IMAGE,
          port: '5432',
          environment: ['POSTGRES_USER: app', 'POSTGRES_DB: app', 'POSTGRES_PASSWORD: of-the-tests'],
          health: HEALTH,
          variable: 'TEST_DATABASE_URL',
          url: 'postgresql+asyncpg://app:of-the-tests@localhost:5432/app',
        }),
        fixture({ module: 'tests.plugins.postgres' }),
        preparation({
          title: 'PostgreSQL',
          lines: [
            'The app uses the server that `DATABASE_URL` names, with the password that was made for this project and stands in `.env`.',
            'Where there is no container engine to run one, install it and give the app its role and its database:',
            '',
            '```sh',
            'sudo apt-get install postgresql    # macOS: brew install postgresql@17',
            'sudo -u postgres psql -c "CREATE ROLE app LOGIN PASSWORD \'$(sed -n s/^DATABASE_PASSWORD=//p .env)\'"',
            'sudo -u postgres createdb --owner app app',
            '```',
            '',
            "`make test` needs neither: it uses `TEST_DATABASE_URL` where that is set, and otherwise starts the machine's own PostgreSQL on a free port, for the tests alone.",
          ],
        }),
      ],
    ),
  ],
  {
    files: {
      'tests/plugins/postgres.py': POSTGRES,
      'tests/plugins/sqlite.py': SQLITE,
      'tests/test_database_postgres.py': POSTGRES,
      'tests/test_database_sqlite.py': SQLITE,
    },
  },
);
