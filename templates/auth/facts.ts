import { defineFacts, dependency, type Fact } from '#core/facts.ts';
import type { Condition } from '#core/module.ts';
import { lifespan, middleware, reserved, router } from '../backend/kinds.ts';
import { command, endpoint, fixture, section, setting, settings, untyped } from '../base/kinds.ts';
import { migration, model } from '../database/kinds.ts';
import { corner, gate, script, view } from '../frontend/kinds.ts';
import module from './module.ts';

const API = 'app.components.backend.api.auth';
const PAGES = 'app.components.frontend';
const TOKENS = 'Tokens and passwords';
const LIMITS = 'Sign-in limits';
const MAIL = 'Mail';

const PROVIDERS = 'Sign-in with GitHub and Google';

const OAUTH_FACTS: readonly Fact[] = [
  dependency({ name: 'authlib' }),
  // Authlib's async client is one of httpx2, and its signed tokens are those of joserfc.
  dependency({ name: 'httpx2' }),
  dependency({ name: 'joserfc' }),
  untyped({ module: 'authlib.*' }),

  ...settings({ module: 'app.services.auth.oauth.settings', name: 'OAuthSettings' }),
  setting({
    name: 'GITHUB_OAUTH_CLIENT_ID',
    value: '',
    comment: 'of the OAuth app at GitHub; without it, nobody is offered to sign in with GitHub',
    group: PROVIDERS,
  }),
  setting({ name: 'GITHUB_OAUTH_CLIENT_SECRET', value: '', comment: 'its client secret', group: PROVIDERS }),
  setting({
    name: 'GOOGLE_OAUTH_CLIENT_ID',
    value: '',
    comment: 'of the OAuth client at Google; without it, nobody is offered to sign in with Google',
    group: PROVIDERS,
  }),
  setting({ name: 'GOOGLE_OAUTH_CLIENT_SECRET', value: '', comment: 'its client secret', group: PROVIDERS }),
  setting({
    name: 'OAUTH_SESSION_SECRET',
    value: '',
    comment: 'binds a sign-in that is under way to the browser that began it',
    group: PROVIDERS,
    secret: '48',
  }),
  setting({
    name: 'OAUTH_TIMEOUT_SECONDS',
    value: '5',
    comment: 'how long a provider may take in all',
    group: PROVIDERS,
  }),
  setting({
    name: 'GITHUB_OAUTH_URL',
    value: 'https://github.com',
    comment: 'or the address of a GitHub Enterprise server',
    group: PROVIDERS,
  }),
  setting({
    name: 'GITHUB_API_URL',
    value: 'https://api.github.com',
    comment: 'with an Enterprise server its address and /api/v3',
    group: PROVIDERS,
  }),
  setting({
    name: 'GOOGLE_ISSUER',
    value: 'https://accounts.google.com',
    comment: 'whose OpenID Connect discovery document is asked',
    group: PROVIDERS,
  }),

  ...router({ module: `${API}.oauth_router`, name: 'oauth_router' }),
  model({ module: 'app.models.oauth' }),
  migration({ revision: 'auth_oauth', needs: ['auth_basic'] }),
  fixture({ module: 'tests.plugins.oauth' }),
  ...[
    ['GET', '{provider}/start', 'go to GitHub or Google to sign in'],
    ['GET', '{provider}/callback', 'come back from there, signed in'],
    ['POST', '{provider}/connect', 'connect an account there'],
    ['GET', 'connections', 'the accounts that are connected'],
    ['DELETE', 'connections/{provider}', 'take one off'],
  ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/auth/oauth/${path}`, summary })),
  section({
    title: PROVIDERS,
    lines: [
      'Register the app at [GitHub](https://github.com/settings/developers) (an OAuth app) and at',
      '[Google](https://console.cloud.google.com/apis/credentials) (an OAuth client ID for a web application), with these callback addresses:',
      '',
      '- `http://localhost:8000/api/v1/auth/oauth/github/callback`',
      '- `http://localhost:8000/api/v1/auth/oauth/google/callback`',
      '',
      'Then put each client id and secret into `.env`. A provider without them is not offered.',
    ],
  }),
];

const OAUTH_FILES: Readonly<Record<string, Condition>> = Object.fromEntries(
  [
    'alembic/versions/auth_oauth.py',
    'app/components/backend/api/auth/oauth_router.py',
    'app/components/frontend/views/auth/connections.py',
    'app/components/frontend/views/auth/providers.py',
    'app/models/oauth.py',
    'app/services/auth/oauth/__init__.py',
    'app/services/auth/oauth/accounts.py',
    'app/services/auth/oauth/errors.py',
    'app/services/auth/oauth/flow.py',
    'app/services/auth/oauth/github.py',
    'app/services/auth/oauth/google.py',
    'app/services/auth/oauth/provider.py',
    'app/services/auth/oauth/providers.py',
    'app/services/auth/oauth/settings.py',
    'tests/plugins/oauth.py',
    'tests/test_auth_oauth.py',
  ].map((path) => [path, { option: 'oauth', is: [true] }]),
);

export default defineFacts(
  module,
  (options) => [
    dependency({ name: 'pwdlib', extras: ['argon2', 'bcrypt'] }),
    dependency({ name: 'pyjwt' }),
    // FastAPI reads the OAuth2 form with it.
    dependency({ name: 'python-multipart' }),

    ...settings({ module: 'app.core.security', name: 'SecuritySettings' }),
    setting({
      name: 'JWT_SECRET_KEY',
      value: '',
      comment: 'signs access tokens; changing it signs everybody out',
      group: TOKENS,
      secret: '48',
    }),
    setting({ name: 'JWT_ALGORITHM', value: 'HS256', comment: 'the only one that is accepted', group: TOKENS }),
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
      name: 'MAIL_REQUESTS_PER_HOUR',
      value: '20',
      comment: 'requests from one address that send a mail',
      group: LIMITS,
    }),
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

    ...settings({ module: 'app.core.mail', name: 'MailSettings' }),
    setting({
      name: 'MAIL_BACKEND',
      value: 'console',
      comment: 'console shows mails where the app runs; production wants smtp',
      group: MAIL,
    }),
    setting({
      name: 'MAIL_FROM',
      value: 'no-reply@localhost',
      comment: 'the sender; production wants one of its own',
      group: MAIL,
    }),
    setting({ name: 'SMTP_HOST', value: 'localhost', comment: 'where mail is handed over', group: MAIL }),
    setting({ name: 'SMTP_PORT', value: '587', comment: '587 with starttls, 465 with implicit', group: MAIL }),
    setting({ name: 'SMTP_USERNAME', value: '', comment: 'empty: without signing in there', group: MAIL }),
    setting({ name: 'SMTP_PASSWORD', value: '', comment: 'for that name', group: MAIL }),
    setting({
      name: 'SMTP_TLS',
      value: 'starttls',
      comment: 'starttls, implicit, or none for a server on the same machine',
      group: MAIL,
    }),

    ...router({ module: `${API}.router`, name: 'auth_router' }),
    ...router({ module: `${API}.router`, name: 'auth_short_router' }),
    ...router({ module: `${API}.account`, name: 'auth_account_router' }),
    ...middleware({ module: `${API}.csrf`, name: 'CsrfMiddleware' }),
    ...lifespan({ module: 'app.services.auth.session_service', name: 'auth_lifespan' }),
    ...lifespan({ module: 'app.services.auth.mail_sender', name: 'mail_lifespan' }),
    reserved({ prefix: '/auth' }),

    ...gate({ module: `${PAGES}.auth_gate`, name: 'SessionGate' }),
    ...corner({ module: `${PAGES}.views.auth.account`, name: 'account_corner' }),
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
    ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/auth/${path}`, summary })),
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
      ],
    }),

    ...options.when('oauth', [true], OAUTH_FACTS),
  ],
  { files: OAUTH_FILES },
);
