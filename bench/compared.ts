/**
 * Figures of sides that are asked in turn, A B A B, so that a slow minute of the machine is everybody's: what
 * counts is the ratio within a round.
 */
import { cpus } from 'node:os';
import { type Figure, median } from './main.ts';

/** STACKWRIGHT_BENCH_ROUNDS: a few for a try. */
const ROUNDS = Number(process.env.STACKWRIGHT_BENCH_ROUNDS ?? 7);

/** By the side's name; all of them have equally many. */
export type Rounds<Round> = Readonly<Record<string, readonly Round[]>>;

/** Measures one side after the other, so many times, after a time that does not count. */
export async function inRounds<Side, Round>(
  sides: Readonly<Record<string, Side>>,
  measure: (side: Side) => Promise<Round>,
): Promise<Rounds<Round>> {
  const rounds: Record<string, Round[]> = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (const side of Object.values(sides)) await measure(side);
  for (let count = 0; count < ROUNDS; count += 1) {
    for (const [name, side] of Object.entries(sides)) rounds[name]?.push(await measure(side));
  }
  return rounds;
}

/** Each side's median, and of each pair the median ratio with the least and the most. */
export function compared<Round>(
  what: string,
  rounds: Rounds<Round>,
  of: (round: Round) => number,
  ...pairs: readonly (readonly [side: string, other: string])[]
): Figure[] {
  const values = (side: string): number[] => (rounds[side] ?? []).map(of);
  return [
    ...Object.keys(rounds).map((side) => ({ name: `${what}: ${side}`, value: shown(median(values(side))) })),
    ...pairs.map(([side, other]) => {
      const beside = values(other);
      const ratios = values(side).map((value, index) => value / (beside[index] ?? Number.NaN));
      const spread = `${shown(Math.min(...ratios))} to ${shown(Math.max(...ratios))}`;
      return { name: `  ${side} / ${other}, median (least to most)`, value: `${shown(median(ratios))} (${spread})` };
    }),
  ];
}

/** Says last how much of a core this process took: where the load comes from it, that is to be well below one. */
export async function withShare(measure: () => Promise<Figure[]>): Promise<Figure[]> {
  const begun = { cpu: process.cpuUsage(), wall: performance.now() };
  const figures = await measure();
  const used = process.cpuUsage(begun.cpu);
  const share = (used.user + used.system) / 1000 / (performance.now() - begun.wall);
  return [
    ...figures,
    {
      name: 'rounds; cores; share of one that the bench itself took',
      value: `${ROUNDS}; ${cpus().length}; ${shown(share)}`,
    },
  ];
}

function shown(value: number): string {
  return value.toFixed(value < 100 ? 2 : 0);
}
