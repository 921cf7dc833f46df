/**
 * The log of the whole run, searched for every secret that the run issued or typed. It is the last gate of a file:
 * alone it has nothing to search for, and says so by failing.
 *
 * The console outbox of development is a stream of its own, and shows mails: its tokens open accounts that no client
 * here opens with them, so they are not among the secrets.
 */
import { expect, test } from 'vitest';
import { type Kind, leaksIn, noteSecret, secretsSoFar } from '../../support/secrets.ts';
import type { Subject } from '../subject.ts';

const KINDS: readonly Kind[] = [
  'password',
  'cookie',
  'bearer token',
  'access token',
  'API key',
  'token of a link',
  'ticket',
  'setting',
];
const OAUTH_KINDS: readonly Kind[] = [
  'OAuth code',
  'OAuth state',
  'OAuth nonce',
  'PKCE verifier',
  'token of a provider',
];

export function logGate(subject: Subject): void {
  const logs = (): string[] => subject.project.logs;

  test('holds none of the secrets of this run, in what any server or command said', () => {
    const wanted = [...KINDS, ...(subject.combination.oauth ? OAUTH_KINDS : [])];
    const kinds = [...secretsSoFar().values()];
    const counts = wanted.map((kind) => [kind, kinds.filter((each) => each === kind).length] as const);
    const text = logs().join('\n');
    console.info(
      `${subject.combination.name}: ${kinds.length} secrets (${counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}) in ${text.length} characters of ${logs().length} logs`,
    );
    expect(kinds.length).toBeGreaterThan(1000);
    expect(counts.filter(([, count]) => count === 0)).toEqual([]);
    expect(logs().length).toBeGreaterThan(20);
    // These are the logs: every request that was answered stands in them.
    expect(text.split('/api/v1/auth/').length).toBeGreaterThan(1000);
    expect(leaksIn(text)).toEqual([]);
  });

  test('would not hold one unseen', () => {
    const planted = 'planted/where-nobody-will-ever-look-for-it';
    noteSecret('token of a link', planted);
    const text = logs().join('\n');
    const middle = Math.floor(text.length / 2);
    for (const spelling of [planted, encodeURIComponent(planted)])
      expect(leaksIn(`${text.slice(0, middle)} GET /x?token=${spelling}&y ${text.slice(middle)}`)).toHaveLength(1);
  });
}
