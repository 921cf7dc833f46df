/** What of a request and its answer is secret. */
import { noteSecret } from './secrets.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Fields;
}
interface Got {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
}

/** The one cookie that scripts may read; it holds a time, and what tells people apart. */
const MARKER = /aegis_signed_in$/;
const QUERY = { ticket: 'ticket', token: 'token of a link', code: 'OAuth code', state: 'OAuth state' } as const;

export function noteExchange({ path, headers, fields }: Sent, { status, location, cookies, text }: Got): void {
  // What the rule refuses is nobody's password: some are words that a log may say.
  if (status !== 422)
    for (const name of ['password', 'current_password', 'new_password']) noteSecret('password', fields[name]);
  noteSecret('token of a link', fields.token);
  noteSecret('bearer token', /^Bearer (.*)$/i.exec(headers.authorization ?? '')?.[1]);
  for (const pair of (headers.cookie ?? '').split('; '))
    noteCookie(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  for (const { name, value } of cookies) noteCookie(name, value);
  for (const address of [path, location]) noteAddress(address);
  const answer = text.startsWith('{') ? (fieldsOf(text) ?? {}) : {};
  noteSecret('access token', answer.access_token);
  noteSecret('API key', answer.key);
  if (typeof answer.authorization_url === 'string') noteAddress(answer.authorization_url);
}

function noteCookie(name: string, value: string): void {
  if (!MARKER.test(name)) noteSecret('cookie', value);
}

function noteAddress(address: string): void {
  const query = new URLSearchParams(address.slice(address.indexOf('?') + 1));
  for (const [name, kind] of Object.entries(QUERY)) noteSecret(kind, query.get(name));
  noteSecret('OAuth nonce', query.get('nonce'));
}

function fieldsOf(text: string): Fields | undefined {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined;
  }
}
