/**
 * Sign-in and authenticated requests of a generated project, side by side with fastapi-users.
 *
 * Both run for the whole of it and are asked in turn, A B A B, so that a slow minute of the machine is both's;
 * what counts is the ratio within a pair. With the password, ours also counts the attempt, and writes a session,
 * a refresh token and an audit event; with the token, both ask the database for the person.
 */
import { cpus } from 'node:os';
import { delays, rate } from './load.ts';
import { type Figure, median, quantile } from './main.ts';
import { type Engine, peerName, type Side, type Sides, withSides } from './sides.ts';

/** STACKWRIGHT_BENCH_ROUNDS: a few for a try. */
const ROUNDS = Number(process.env.STACKWRIGHT_BENCH_ROUNDS ?? 7);
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

export async function authFigures(engine: Engine): Promise<Figure[]> {
  const begun = { cpu: process.cpuUsage(), wall: performance.now() };
  const rounds = await withSides(engine, measure);
  const used = process.cpuUsage(begun.cpu);
  const share = (used.user + used.system) / 1000 / (performance.now() - begun.wall);
  return [
    ...compared('sign-ins a second', rounds, (round) => round.signIns),
    ...compared('authenticated requests a second', rounds, (round) => round.requests),
    ...compared('ms, p99 of /health/live, idle', rounds, (round) => round.idle),
    ...compared(`ms, p99 of /health/live, ${PEOPLE} sign-ins under way`, rounds, (round) => round.busy),
    ...compared('p99 under sign-ins to idle', rounds, (round) => round.busy / round.idle),
    {
      name: `rounds; cores; the load generator's share of one`,
      value: `${ROUNDS}; ${cpus().length}; ${share.toFixed(2)}`,
    },
  ];
}

type Rounds = Record<keyof Sides, Round[]>;

async function measure(sides: Sides): Promise<Rounds> {
  const each = [sides.ours, sides.peer];
  for (const side of each) {
    for (let person = 0; person < PEOPLE; person += 1) await side.register(person);
    await round(side);
  }
  const rounds: Rounds = { ours: [], peer: [] };
  for (let count = 0; count < ROUNDS; count += 1) {
    rounds.ours.push(await round(sides.ours));
    rounds.peer.push(await round(sides.peer));
  }
  return rounds;
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

/** Each side's median, and the ratio of the pairs with the least and the most. */
function compared(name: string, rounds: Rounds, of: (round: Round) => number): Figure[] {
  const [ours, peer] = [rounds.ours.map(of), rounds.peer.map(of)];
  const ratios = ours.map((value, index) => value / (peer[index] ?? Number.NaN));
  const spread = `${shown(Math.min(...ratios))} to ${shown(Math.max(...ratios))}`;
  return [
    { name: `${name}: ours`, value: shown(median(ours)) },
    { name: `${name}: ${peerName()}`, value: shown(median(peer)) },
    { name: '  ratio, median of the pairs (least to most)', value: `${shown(median(ratios))} (${spread})` },
  ];
}

function shown(value: number): string {
  return value.toFixed(value < 100 ? 2 : 0);
}
