/**
 * Every secret that goes over the wire while the tests of one file run: what they type, and what is issued to them.
 * Clients, the mail server and the providers tell of each; a test at the end looks for them in what the app logged.
 */

export type Kind =
  | 'password'
  | 'cookie'
  | 'bearer token'
  | 'access token'
  | 'API key'
  | 'token of a link'
  | 'ticket'
  | 'OAuth code'
  | 'OAuth state'
  | 'OAuth nonce'
  | 'PKCE verifier'
  | 'token of a provider'
  | 'setting';

/** Shorter ones are words of a test that happen to stand where a secret would. */
const LEAST = 20;
const LEAST_TYPED = 8;
const LEAST_LETTERS = 8;
const TYPED = new Set<Kind>(['password', 'setting']);
/** A secret is looked up by its beginning. */
const WINDOW = 16;

const secrets = new Map<string, Kind>();

/** Whoever sees a secret says so here. */
export function noteSecret(kind: Kind, value: unknown): void {
  if (typeof value !== 'string' || value.length < (TYPED.has(kind) ? LEAST_TYPED : LEAST)) return;
  // Nor is one letter after another what somebody issued.
  if (!TYPED.has(kind) && new Set(value).size < LEAST_LETTERS) return;
  secrets.set(value, kind);
  // The part of a JWT that makes it one.
  const [, , signature = ''] = value.split('.');
  if (signature.length >= LEAST) secrets.set(signature, kind);
}

export function secretsSoFar(): ReadonlyMap<string, Kind> {
  return secrets;
}

/** The secrets that stand in a text, as they are or as an address would spell them, each with its kind. */
export function leaksIn(text: string): string[] {
  const found = new Set<string>();
  const long = new Map<string, string[]>();
  for (const [secret, kind] of secrets) {
    for (const spelling of new Set([secret, encodeURIComponent(Buffer.from(secret).toString())])) {
      if (spelling.length >= WINDOW) {
        const start = spelling.slice(0, WINDOW);
        long.set(start, [...(long.get(start) ?? []), spelling]);
      } else if (text.includes(spelling)) found.add(`${kind}: ${secret}`);
    }
  }
  for (let at = 0; at + WINDOW <= text.length; at += 1)
    for (const spelling of long.get(text.slice(at, at + WINDOW)) ?? [])
      if (text.startsWith(spelling, at)) found.add(`${secrets.get(spelling) ?? 'encoded'}: ${spelling.slice(0, 60)}`);
  return [...found];
}
