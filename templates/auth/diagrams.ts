/** How signing in goes, as Mermaid sequences: the composer and the project's docs/auth.md show the same lines. */
import { diagram } from '#core/diagrams.ts';

const sequence = (id: string, title: string, ...lines: readonly string[]) =>
  diagram({ id, title, lines: ['sequenceDiagram', ...lines.map((line) => `  ${line}`)] });

export const REGISTER = sequence(
  'auth-register',
  'Auth: register',
  'participant B as Browser or program',
  'participant A as App',
  'participant D as Database',
  'B->>A: POST /auth/register with address and password',
  'Note over A: counts this address under the limit, for all processes',
  'Note over A: the hash is computed on a thread of its own',
  'A->>D: insert the user, unique by compared address',
  'alt the address is taken',
  'A-->>B: 409',
  'else',
  'A->>D: open a session, store the hash of its refresh token',
  'A-->>B: 201, the user and both cookies',
  'end',
);

export const SIGN_IN = sequence(
  'auth-sign-in',
  'Auth: sign in on the page',
  'participant B as Browser',
  'participant P as Page handler',
  'participant A as App',
  'participant D as Database',
  'B->>P: address and password, over the page connection',
  'Note over P: limits and lock-out, for all processes',
  'Note over P: exactly one verification, whatever is found',
  'P->>D: store a ticket for 30 seconds, bound to this browser',
  'P-->>B: open /auth/session with the ticket',
  'B->>A: GET /auth/session with the ticket and the nonce cookie',
  'A->>D: take the ticket, which works once',
  'A->>D: open the session',
  'A-->>B: 303 with both cookies',
);

export const PROTECTED_CALL = sequence(
  'auth-protected-call',
  'Auth: a protected call',
  'participant B as Browser or program',
  'participant A as App',
  'participant D as Database',
  'B->>A: GET /api/v1/auth/me with a token or the session cookie',
  'A->>A: signature, kind, issuer, audience, expiry',
  'A->>D: is the session alive and its owner active',
  'alt all of it holds',
  'A-->>B: 200',
  'else',
  'A-->>B: 401',
  'end',
);

export const ROTATION = sequence(
  'auth-rotation',
  'Auth: rotation of the refresh token',
  'participant B as Browser',
  'participant A as App',
  'participant D as Database',
  'B->>A: POST /auth/refresh with refresh cookie 1',
  'A->>D: mark 1 as rotated, store the hash of 2',
  'A-->>B: both cookies anew, refresh cookie 2',
  'Note over B,A: a second tab shows 1 within the reuse window',
  'B->>A: POST /auth/refresh with refresh cookie 1',
  'A->>D: 2 was not used yet',
  'A-->>B: the same refresh cookie 2',
);

export const REUSE = sequence(
  'auth-reuse',
  'Auth: a stolen refresh token',
  'participant T as Thief',
  'participant B as Browser',
  'participant A as App',
  'participant D as Database',
  'B->>A: POST /auth/refresh with refresh cookie 1',
  'A-->>B: refresh cookie 2, which the browser uses',
  'T->>A: POST /auth/refresh with refresh cookie 1',
  'A->>D: 1 was rotated before: end the session and all its tokens',
  'A->>D: record the event',
  'A-->>T: 401',
  'B->>A: POST /auth/refresh with refresh cookie 2',
  'A-->>B: 401, sign in again',
);

export const OAUTH_SIGN_IN = sequence(
  'auth-oauth',
  'Auth: sign in with GitHub or Google',
  'participant B as Browser',
  'participant A as App',
  'participant P as Provider',
  'B->>A: GET …/start?next=/app',
  "A->>A: one row: hash of state, of the browser's nonce, PKCE verifier, nonce (10 min)",
  'A-->>B: 302 with state, S256 challenge, nonce',
  'B->>P: consents',
  'P-->>B: back with code, state, iss',
  'B->>A: GET …/callback',
  'A->>A: delete the row, then: do browser, provider, age and iss fit?',
  'A->>P: code and verifier',
  'P-->>A: token (Google: signed id_token, GitHub: /user and /user/emails)',
  'A-->>B: 303 to next, with the cookies of any sign-in, or to /login with a sentence',
);
