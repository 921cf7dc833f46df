import { defineFacts, dependency } from '#core/facts.ts';
import { lifespan, middleware, prepare, reserved, router } from '../backend/kinds.ts';
import { command, endpoint, fixture, ignored, section, setting, settings } from '../base/kinds.ts';
import { migration, model } from '../database/kinds.ts';
import { corner, gate, script, view } from '../frontend/kinds.ts';
import module from './module.ts';

const API = 'app.components.backend.api.auth';
const PAGES = 'app.components.frontend';
const TOKENS = 'Tokens and passwords';
const LIMITS = 'Sign-in limits';

export default defineFacts(module, () => [
  dependency({ name: 'pwdlib', extras: ['argon2', 'bcrypt'] }),
  dependency({ name: 'pyjwt' }),
  // PyJWT signs with EdDSA and RS256 through it.
  dependency({ name: 'cryptography' }),
  // FastAPI reads the OAuth2 form with it.
  dependency({ name: 'python-multipart' }),

  ...settings({ module: 'app.core.security', name: 'SecuritySettings' }),
  setting({
    name: 'JWT_SECRET_KEY',
    value: '',
    comment: 'keys what is stored of addresses and devices, and with HS256 signs access tokens',
    group: TOKENS,
    secret: '48',
  }),
  setting({
    name: 'JWT_PREVIOUS_SECRET_KEY',
    value: '',
    comment: 'while the secret is exchanged: the one before, which still verifies',
    group: TOKENS,
  }),
  setting({
    name: 'JWT_ALGORITHM',
    value: 'HS256',
    comment: 'HS256, EdDSA or RS256; no other is accepted',
    group: TOKENS,
  }),
  setting({
    name: 'JWT_KEYS_DIR',
    value: 'keys',
    comment: 'the folder of keys for EdDSA and RS256; `uv run app auth rotate-keys` makes them',
    group: TOKENS,
  }),
  ignored({ pattern: '/keys/' }),
  ...prepare({ module: 'app.core.security', name: 'check_keys' }),
  setting({
    name: 'ACCESS_TOKEN_EXPIRE_MINUTES',
    value: '15',
    comment: 'how long an access token lives',
    group: TOKENS,
  }),
  setting({
    name: 'PASSWORD_HASH_CONCURRENCY',
    value: '2',
    comment: 'how many passwords are hashed at once; each takes a core and the memory below',
    group: TOKENS,
  }),
  setting({
    name: 'PASSWORD_HASH_MEMORY_KIB',
    value: '19456',
    comment: 'memory of one Argon2id hash; production wants no less',
    group: TOKENS,
  }),
  setting({
    name: 'PASSWORD_HASH_TIME_COST',
    value: '2',
    comment: 'passes of one Argon2id hash; production wants no less',
    group: TOKENS,
  }),

  ...settings({ module: 'app.services.auth.settings', name: 'AuthSettings' }),
  setting({
    name: 'REFRESH_TOKEN_EXPIRE_DAYS',
    value: '14',
    comment: 'a session that is not used for so long ends',
    group: TOKENS,
  }),
  setting({
    name: 'REFRESH_TOKEN_ABSOLUTE_DAYS',
    value: '90',
    comment: 'every session ends after so long',
    group: TOKENS,
  }),
  setting({
    name: 'REFRESH_REUSE_WINDOW_SECONDS',
    value: '10',
    comment: 'for so long a rotated refresh token leads to the same successor; 0 is strict',
    group: TOKENS,
  }),
  setting({
    name: 'PASSWORD_GRANT_ENABLED',
    value: 'true',
    comment: 'whether programs may sign in by the OAuth2 form at /auth/token',
    group: TOKENS,
  }),
  setting({ name: 'RATE_LIMIT_ENABLED', value: 'true', comment: 'production wants true', group: LIMITS }),
  setting({ name: 'SIGN_INS_PER_MINUTE', value: '10', comment: 'from one address', group: LIMITS }),
  setting({ name: 'REGISTRATIONS_PER_HOUR', value: '100', comment: 'from one address', group: LIMITS }),
  setting({
    name: 'LOCKOUT_FREE_FAILURES',
    value: '5',
    comment: 'wrong passwords for one account from one address before it has to wait',
    group: LIMITS,
  }),
  setting({
    name: 'LOCKOUT_FIRST_SECONDS',
    value: '60',
    comment: 'the first wait; each further one is twice as long',
    group: LIMITS,
  }),
  setting({ name: 'LOCKOUT_MAX_SECONDS', value: '900', comment: 'the longest wait', group: LIMITS }),
  setting({
    name: 'ACCOUNT_FAILURES_PER_HOUR',
    value: '100',
    comment: 'wrong passwords for one account from all strangers; known devices do not count and are not shut out',
    group: LIMITS,
  }),

  ...router({ module: `${API}.api_keys`, name: 'api_keys_router' }),
  ...router({ module: `${API}.well_known`, name: 'well_known_router' }),
  ...router({ module: `${API}.router`, name: 'auth_router' }),
  ...router({ module: `${API}.router`, name: 'auth_short_router' }),
  ...middleware({ module: `${API}.csrf`, name: 'CsrfMiddleware' }),
  ...lifespan({ module: 'app.services.auth.session_service', name: 'auth_lifespan' }),
  reserved({ prefix: '/auth' }),

  ...gate({ module: `${PAGES}.auth_gate`, name: 'SessionGate' }),
  ...corner({ module: `${PAGES}.views.auth.account`, name: 'account_corner' }),
  ...view({ route: '/login', title: 'Sign in', module: `${PAGES}.views.auth.login`, name: 'login' }),
  ...view({ route: '/register', title: 'Create an account', module: `${PAGES}.views.auth.register`, name: 'register' }),
  ...view({ route: '/app', title: 'Account', module: `${PAGES}.views.auth.account`, name: 'account' }),
  script({ path: '/session.js' }),

  model({ module: 'app.models.user' }),
  model({ module: 'app.models.api_key' }),
  migration({ revision: 'auth_basic', needs: [] }),

  ...command({ module: 'app.cli.auth', name: 'auth_cli', cli: 'auth' }),
  fixture({ module: 'tests.plugins.auth' }),

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
    ['GET', 'api-keys', 'the API keys one has made'],
    ['POST', 'api-keys', 'make an API key'],
    ['DELETE', 'api-keys/{id}', 'revoke an API key'],
  ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/auth/${path}`, summary })),
  endpoint({ method: 'GET', path: '/.well-known/jwks.json', summary: 'the keys that verify access tokens' }),
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
    ],
  }),
]);
