/**
 * Sign-in and authenticated requests of a generated project, side by side with fastapi-users.
 *
 * Both run for the whole of it and are asked in turn, A B A B, so that a slow minute of the machine is both's;
 * what counts is the ratio within a pair. With the password, ours also counts the attempt, and writes a session,
 * a refresh token and an audit event; with the token, both ask the database for the person.
 */
import { compared, inRounds, type Rounds, withShare } from './compared.ts';
import { delays, rate } from './load.ts';
import { type Figure, quantile } from './main.ts';
import { type Engine, peerName, type Side, type Sides, withSides } from './sides.ts';

const PEOPLE = 20;
const SIGN_INS = 120;
const REQUESTS = 1200;
/** So many are asked at any time, as of a handful of busy clients. */
const WIDTH = 8;
const PROBE_EVERY_MS = 5;
const IDLE_MS = 2000;

interface Round {
  readonly signIns: number;
  readonly requests: number;
  readonly idle: number;
  readonly busy: number;
}

export function authFigures(engine: Engine): Promise<Figure[]> {
  const pair = ['ours', peerName()] as const;
  return withShare(async () => {
    const rounds = await withSides(engine, measure);
    return [
      ...compared('sign-ins a second', rounds, ({ signIns }) => signIns, pair),
      ...compared('authenticated requests a second', rounds, ({ requests }) => requests, pair),
      ...compared('ms, p99 of /health/live, idle', rounds, ({ idle }) => idle, pair),
      ...compared(`ms, p99 of /health/live, ${PEOPLE} sign-ins under way`, rounds, ({ busy }) => busy, pair),
      ...compared('p99 under sign-ins to idle', rounds, ({ idle, busy }) => busy / idle, pair),
    ];
  });
}

async function measure(sides: Sides): Promise<Rounds<Round>> {
  for (const side of [sides.ours, sides.peer]) {
    for (let person = 0; person < PEOPLE; person += 1) await side.register(person);
  }
  return inRounds({ ours: sides.ours, [peerName()]: sides.peer }, round);
}

async function round(side: Side): Promise<Round> {
  const tokens: string[] = [];
  const signIns = await rate(SIGN_INS, WIDTH, async (index) => {
    tokens[index % PEOPLE] = await side.signIn(index % PEOPLE);
  });
  const requests = await rate(REQUESTS, WIDTH, (index) => side.me(tokens[index % PEOPLE] ?? ''));
  const live = () => side.live();
  const idle = await delays(PROBE_EVERY_MS, new Promise((done) => setTimeout(done, IDLE_MS)), live);
  const people = rate(SIGN_INS, PEOPLE, async (index) => void (await side.signIn(index % PEOPLE)));
  const busy = await delays(PROBE_EVERY_MS, people, live);
  return { signIns, requests, idle: quantile(idle, 0.99), busy: quantile(busy, 0.99) };
}
