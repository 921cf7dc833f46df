/** The projects that are generated, installed and run for real. */

export interface Combination {
  readonly name: string;
  /** What is said to `stackwright init`, beside the name. */
  readonly words: readonly string[];
  readonly engine?: 'sqlite' | 'postgres';
  readonly redis?: true;
  readonly auth: boolean;
  /** How far accounts go, where it is further than basic. */
  readonly level?: 'rbac' | 'org';
  readonly oauth?: boolean;
  readonly description: string;
  /** The most it may come to, tests included. */
  readonly size: { readonly files: number; readonly lines: number };
}

const SMALL = { files: 60, lines: 2500 };
/** GENERATED.md sets 100 files and 6,000 lines for level basic; these hold what there is, so that it does not grow unseen. */
const WITH_AUTH = { files: 145, lines: 10_200 };
const WITH_LEVELS = { files: 205, lines: 14_900 };

/** Breaks out of any file that takes it for more than text. */
const HOSTILE = [
  `It's "quoted" \\ 'twice' """thrice''' {{project.name}} \${HOME} $(id) \`id\` %s {x!r} ]]> --> </script> |`,
  '# not a heading: {a: [b]} *&! 100% ~ éß漢字🚀 \\N{BEL} \\x41 <b>&amp;',
].join('\n');

export const BARE: Combination = {
  name: 'my-app',
  words: ['--no-interactive'],
  auth: false,
  description: '',
  size: SMALL,
};
export const AUTH_SQLITE: Combination = {
  name: 'my-app',
  words: ['--services', 'auth'],
  engine: 'sqlite',
  auth: true,
  description: '',
  size: WITH_AUTH,
};
export const AUTH_POSTGRES: Combination = {
  name: 'guild-hall-7',
  words: ['--services', 'auth.postgres', '--set', 'base.description=Members, and what they may do.'],
  engine: 'postgres',
  auth: true,
  description: 'Members, and what they may do.',
  size: WITH_AUTH,
};
export const RBAC_SQLITE: Combination = {
  name: 'crew-list',
  words: ['--services', 'auth[rbac,oauth]', '--components', 'dashboard[auth],docker[base=alpine],kubernetes.helm'],
  engine: 'sqlite',
  auth: true,
  oauth: true,
  level: 'rbac',
  description: '',
  size: WITH_LEVELS,
};
/** Limits in Redis here, and in the database in the others. */
export const ORG_POSTGRES: Combination = {
  name: 'many-houses',
  words: ['--preset', 'saas', '--set', 'base.description=Members, and what they may do.'],
  engine: 'postgres',
  redis: true,
  auth: true,
  oauth: true,
  level: 'org',
  description: 'Members, and what they may do.',
  size: { files: 212, lines: 16_000 },
};
/** Tasks, jobs that are run as tasks, and a cache, on PostgreSQL and Redis, watched, and delivered in every way there is. */
export const BACKGROUND_POSTGRES: Combination = {
  name: 'night-shift',
  words: ['--preset', 'on-kubernetes', '--set', 'redis.port=6390'],
  engine: 'postgres',
  redis: true,
  auth: false,
  description: '',
  size: { files: 190, lines: 8000 },
};
/** A component chosen for itself, a cache without a server, a name of its own, and a description that is anything but text to a careless template. */
export const DATABASE_POSTGRES: Combination = {
  name: 'ledger-of-things',
  words: [
    '--components',
    'database.postgres,cache.memory,ingress.caddy,kubernetes.helm',
    ...['--set', 'ingress.domain=ledger.example.org', '--set', 'ingress.email=ops@example.org'],
    ...['--set', `base.description=${HOSTILE}`],
  ],
  engine: 'postgres',
  auth: false,
  description: HOSTILE,
  size: { files: 95, lines: 3600 },
};
