/** Signing in with GitHub and Google. */
import { dependency } from '#core/facts.ts';
import { router } from '../../backend/kinds.ts';
import { endpoint, fixture, section, setting, settings, untyped } from '../../base/kinds.ts';
import { migration, model } from '../../database/kinds.ts';
import { secret } from '../../docker/kinds.ts';
import { outbound } from '../../kubernetes/kinds.ts';
import { OAUTH_SIGN_IN } from '../diagrams.ts';
import { OAUTH_TABLES } from './schema.ts';

const API = 'app.components.backend.api.auth';
const PROVIDERS = 'Sign-in with GitHub and Google';

export const OAUTH = [
  OAUTH_TABLES,
  OAUTH_SIGN_IN,
  dependency({ name: 'authlib' }),
  // Authlib's async client is one of httpx2, and its signed tokens are those of joserfc.
  dependency({ name: 'httpx2' }),
  dependency({ name: 'joserfc' }),
  untyped({ module: 'authlib.*' }),

  outbound({ port: '443', because: 'GitHub and Google are asked who somebody is' }),
  ...settings({ module: 'app.services.auth.oauth.settings', name: 'OAuthSettings' }),
  setting({
    name: 'GITHUB_OAUTH_CLIENT_ID',
    value: '',
    comment: 'of the OAuth app at GitHub; without it, nobody is offered to sign in with GitHub',
    group: PROVIDERS,
  }),
  ...secret({ name: 'GITHUB_OAUTH_CLIENT_SECRET', value: '', comment: 'its client secret', group: PROVIDERS }),
  setting({
    name: 'GOOGLE_OAUTH_CLIENT_ID',
    value: '',
    comment: 'of the OAuth client at Google; without it, nobody is offered to sign in with Google',
    group: PROVIDERS,
  }),
  ...secret({ name: 'GOOGLE_OAUTH_CLIENT_SECRET', value: '', comment: 'its client secret', group: PROVIDERS }),
  ...secret({
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

export const OAUTH_FILES = [
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
  'app/services/auth/oauth/letters.py',
  'app/services/auth/oauth/provider.py',
  'app/services/auth/oauth/providers.py',
  'app/services/auth/oauth/settings.py',
  'tests/plugins/oauth.py',
  'tests/test_auth_oauth.py',
];
