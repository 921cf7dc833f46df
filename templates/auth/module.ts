import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'auth',
  kind: 'service',
  category: 'authentication',
  title: 'Auth',
  summary: 'Sign-in with JWT access tokens, rotating refresh cookies, and pages for both.',
  status: 'available',
  options: {
    level: {
      kind: 'choice',
      title: 'Level',
      summary: 'How far accounts go: each level contains the one before.',
      values: [
        { id: 'basic', title: 'Basic', summary: 'People with accounts and sessions.' },
        {
          id: 'rbac',
          title: 'Roles',
          summary: 'Also roles, permissions, administration of users, and an audit trail.',
        },
        { id: 'org', title: 'Organisations', summary: 'Also organisations, memberships and invitations.' },
      ],
      default: 'basic',
      rising: true,
    },
    engine: {
      kind: 'choice',
      title: 'Database engine',
      summary: 'Whether sign-in asks the database for a certain engine.',
      values: [
        { id: 'any', title: 'Any', summary: 'Whatever the database component uses.' },
        { id: 'sqlite', title: 'SQLite' },
        { id: 'postgres', title: 'PostgreSQL' },
      ],
      default: 'any',
    },
    oauth: {
      kind: 'toggle',
      title: 'GitHub and Google',
      summary: 'People may also sign in with an account they have there.',
      default: false,
    },
    cache: {
      kind: 'link',
      title: 'Limits in Redis',
      summary: 'Attempts are counted there; sessions are still looked up in the database.',
      target: 'cache',
      because: 'it counts attempts in the Redis that the cache is in',
      options: { backend: 'redis' },
      default: false,
    },
  },
  requires: [
    { need: 'backend', because: 'its routes and cookies are served there' },
    { need: 'frontend', because: 'its sign-in pages are shown there' },
    { need: 'database', because: 'users, sessions and refresh tokens are stored there' },
    {
      need: 'redis',
      because: 'attempts that are counted have to outlive its restart',
      when: { option: 'cache', is: [true] },
      options: { persistence: 'aof' },
    },
    {
      need: 'database',
      because: 'its accounts are to be kept in SQLite',
      when: { option: 'engine', is: ['sqlite'] },
      options: { engine: 'sqlite' },
    },
    {
      need: 'database',
      because: 'its accounts are to be kept in PostgreSQL',
      when: { option: 'engine', is: ['postgres'] },
      options: { engine: 'postgres' },
    },
  ],
});
