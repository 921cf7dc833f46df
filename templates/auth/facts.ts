import { defineFacts, dependency } from '#core/facts.ts';
import type { Condition } from '#core/module.ts';
import { lifespan, middleware, prepare, reserved, router } from '../backend/kinds.ts';
import { command, endpoint, fixture, section } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { migration, model } from '../database/kinds.ts';
import { corner, gate, script, view } from '../frontend/kinds.ts';
import { PROTECTED_CALL, REGISTER, REUSE, ROTATION, SIGN_IN } from './diagrams.ts';
import { OAUTH, OAUTH_FILES } from './facts/oauth.ts';
import { ORG, ORG_FILES } from './facts/org.ts';
import { RBAC, RBAC_FILES } from './facts/rbac.ts';
import { BASIC_TABLES } from './facts/schema.ts';
import { SETTINGS } from './facts/settings.ts';
import module from './module.ts';

const API = 'app.components.backend.api.auth';
const PAGES = 'app.components.frontend';

/** A level contains those before it. */
const FROM_RBAC = ['rbac', 'org'] as const;

export default defineFacts(
  module,
  (o) => [
    dependency({ name: 'pwdlib', extras: ['argon2', 'bcrypt'] }),
    dependency({ name: 'pyjwt' }),
    // PyJWT signs with EdDSA and RS256 through it.
    dependency({ name: 'cryptography' }),
    // FastAPI reads the OAuth2 form with it.
    dependency({ name: 'python-multipart' }),

    ...SETTINGS,
    ...router({ module: `${API}.api_keys`, name: 'api_keys_router' }),
    ...router({ module: `${API}.well_known`, name: 'well_known_router' }),
    ...router({ module: `${API}.router`, name: 'auth_router' }),
    ...router({ module: `${API}.router`, name: 'auth_short_router' }),
    ...router({ module: `${API}.account`, name: 'auth_account_router' }),
    ...middleware({ module: `${API}.csrf`, name: 'CsrfMiddleware' }),
    ...lifespan({ module: 'app.services.auth.sweeping', name: 'sweeping' }),
    ...lifespan({ module: 'app.services.auth.mail_sender', name: 'mail_lifespan' }),
    reserved({ prefix: '/auth' }),
    ...card({ module: 'app.services.auth.card', name: 'auth_card', part: 'sign-in' }),

    ...gate({ module: `${PAGES}.auth_gate`, name: 'SessionGate' }),
    ...view({ route: '/login', title: 'Sign in', module: `${PAGES}.views.auth.login`, name: 'login' }),
    ...view({
      route: '/register',
      title: 'Create an account',
      module: `${PAGES}.views.auth.register`,
      name: 'register',
    }),
    ...view({ route: '/app', title: 'Welcome', module: `${PAGES}.views.auth.landing`, name: 'landing' }),
    ...view({ route: '/account', title: 'Account', module: `${PAGES}.views.auth.account`, name: 'account' }),
    ...view({
      route: '/sign-in-again',
      title: 'Is it you?',
      module: `${PAGES}.views.auth.again`,
      name: 'sign_in_again',
    }),
    ...view({
      route: '/forgot-password',
      title: 'Forgot your password?',
      module: `${PAGES}.views.auth.forgotten`,
      name: 'forgot_password',
    }),
    ...view({
      route: '/reset-password',
      title: 'A new password',
      module: `${PAGES}.views.auth.forgotten`,
      name: 'reset_password',
    }),
    ...view({
      route: '/verify-email',
      title: 'Verify your address',
      module: `${PAGES}.views.auth.confirm`,
      name: 'verify_email',
    }),
    ...view({
      route: '/confirm-email',
      title: 'Confirm your address',
      module: `${PAGES}.views.auth.confirm`,
      name: 'confirm_email',
    }),
    script({ path: '/session.js' }),

    model({ module: 'app.models.user' }),
    model({ module: 'app.models.mail' }),
    model({ module: 'app.models.api_key' }),
    migration({ revision: 'auth_basic', needs: [] }),

    ...command({ module: 'app.cli.auth', name: 'auth_cli', cli: 'auth' }),
    fixture({ module: 'tests.plugins.auth' }),
    fixture({ module: 'tests.plugins.mail' }),
    fixture({ module: 'tests.plugins.pages' }),

    ...[
      ['POST', 'register', 'make an account and sign in'],
      ['POST', 'token', 'sign in with the OAuth2 form; for programs'],
      ['POST', 'login', 'sign in with JSON'],
      ['GET', 'session', 'swap the ticket of the sign-in page for cookies'],
      ['POST', 'refresh', 'rotate the cookies'],
      ['GET', 'me', 'who is signed in'],
      ['PATCH', 'me', 'change the name'],
      ['POST', 'logout', 'end this session'],
      ['GET', 'sessions', 'the devices one is signed in on'],
      ['DELETE', 'sessions', 'sign out everywhere'],
      ['DELETE', 'sessions/{id}', 'sign out one device'],
      ['DELETE', 'me', 'delete the account'],
      ['POST', 'password', 'change the password; other sessions end'],
      ['POST', 'password-reset/request', 'mail a link to a new password'],
      ['POST', 'password-reset/confirm', 'set a new password with it'],
      ['POST', 'verify-email/request', 'mail a link to verify the address'],
      ['POST', 'verify-email/confirm', 'verify it'],
      ['POST', 'email/request', 'mail a link to a new address'],
      ['POST', 'email/confirm', 'change to it'],
      ['GET', 'api-keys', 'the API keys one has made'],
      ['POST', 'api-keys', 'make an API key'],
      ['DELETE', 'api-keys/{id}', 'revoke an API key'],
    ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/auth/${path}`, summary })),
    endpoint({ method: 'GET', path: '/.well-known/jwks.json', summary: 'the keys that verify access tokens' }),
    REGISTER,
    SIGN_IN,
    PROTECTED_CALL,
    ROTATION,
    REUSE,
    BASIC_TABLES,
    section({
      title: 'Sign-in',
      lines: [
        'With the app running:',
        '',
        '```sh',
        'curl -X POST http://localhost:8000/auth/register -H "Content-Type: application/json" -d \'{"email":"test@example.com","password":"secure123"}\'',
        'curl -X POST http://localhost:8000/auth/token -H "Content-Type: application/x-www-form-urlencoded" -d "username=test@example.com&password=secure123"',
        'curl -X GET http://localhost:8000/auth/me -H "Authorization: Bearer YOUR_TOKEN_HERE"',
        '```',
        '',
        'A route is protected by asking for `principal: CurrentPrincipal` (`app/components/backend/api/auth/deps.py`).',
        'Browsers are kept signed in by two HttpOnly cookies, `aegis_session` (15 minutes) and `aegis_refresh` (14 days, new with every use);',
        'a refresh token that is shown a second time ends the whole session. Accounts are managed with `uv run app auth --help`.',
        '',
        'Mails wait in a table until they are sent, and their links work once. In development they are shown where the app runs;',
        'in production `MAIL_BACKEND=smtp`, `MAIL_FROM` and the `SMTP_…` settings say who sends them, and how. A mail of your own is',
        'one function in the manner of `app/services/auth/letters.py`.',
        '',
        'How all of it works, and what it defends against, is in [docs/auth.md](docs/auth.md).',
      ],
    }),
    ...o.when('level', FROM_RBAC, RBAC),
    // Last in the bar, where the way out is looked for.
    ...corner({ module: `${PAGES}.views.auth.bar`, name: 'account_corner', last: true }),
    ...o.when('level', ['org'], ORG),
    ...o.when('oauth', [true], OAUTH),
    ...o.when('cache', [true], prepare({ module: 'app.services.auth.redis_limits', name: 'check_memory' })),
  ],
  {
    files: Object.fromEntries<Condition>([
      ...RBAC_FILES.map((path) => [path, { option: 'level', is: FROM_RBAC }] as const),
      ...ORG_FILES.map((path) => [path, { option: 'level', is: ['org'] }] as const),
      ['app/services/auth/redis_limits.py', { option: 'cache', is: [true] }],
      ...OAUTH_FILES.map((path) => [path, { option: 'oauth', is: [true] }] as const),
    ]),
  },
);
