/** What can be set about tokens, passwords, limits and mail. */
import { prepare } from '../../backend/kinds.ts';
import { ignored, setting, settings } from '../../base/kinds.ts';
import { secret } from '../../docker/kinds.ts';
import { outbound } from '../../kubernetes/kinds.ts';

const TOKENS = 'Tokens and passwords';
const LIMITS = 'Sign-in limits';
const MAIL = 'Mail';

export const SETTINGS = [
  ...settings({ module: 'app.core.security', name: 'SecuritySettings' }),
  ...secret({
    name: 'JWT_SECRET_KEY',
    value: '',
    comment: 'keys what is stored of addresses and devices, and with HS256 signs access tokens',
    group: TOKENS,
    secret: '48',
  }),
  ...secret({
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

  setting({
    name: 'AUTH_EVENTS_KEEP_DAYS',
    value: '365',
    comment: 'how long the trail of what happened to accounts is kept',
    group: LIMITS,
  }),

  outbound({ port: '587', because: 'mail is handed over at SMTP_HOST, on the port that SMTP_PORT says' }),
  ...settings({ module: 'app.core.mail', name: 'MailSettings' }),
  setting({
    name: 'MAIL_BACKEND',
    value: 'console',
    comment: 'console shows mails where the app runs; production wants smtp',
    group: MAIL,
    deployed: 'smtp',
  }),
  setting({
    name: 'MAIL_FROM',
    value: 'no-reply@localhost',
    comment: 'the sender; production wants one of its own',
    group: MAIL,
    needed: true,
  }),
  setting({ name: 'SMTP_HOST', value: 'localhost', comment: 'where mail is handed over', group: MAIL, needed: true }),
  setting({ name: 'SMTP_PORT', value: '587', comment: '587 with starttls, 465 with implicit', group: MAIL }),
  setting({ name: 'SMTP_USERNAME', value: '', comment: 'empty: without signing in there', group: MAIL }),
  ...secret({ name: 'SMTP_PASSWORD', value: '', comment: 'for that name', group: MAIL }),
  setting({
    name: 'SMTP_TLS',
    value: 'starttls',
    comment: 'starttls, implicit, or none for a server on the same machine',
    group: MAIL,
  }),
];
