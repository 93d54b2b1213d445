import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Random numbers that come again with their seed (mulberry32). The seed of a test run is `TEST_SEED`, which the run
 * prints when it begins; a double of an operator draws its pauses and its lapses from it.
 */
export class Chance {
  /** A seed for a run that was given none. */
  static newSeed(): number {
    return randomInt(2 ** 31);
  }

  /** Chance of this run. @param offset tells several apart that belong to one run. */
  static ofThisRun(offset = 0): Chance {
    return new Chance(Number(process.env.TEST_SEED ?? 1) + offset);
  }

  private state: number;

  constructor(readonly seed: number) {
    this.state = seed;
  }

  /** A number from 0 up to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** True once in so many times; never for 0. */
  oneIn(times: number): boolean {
    return times > 0 && this.next() * times < 1;
  }

  /** Waits up to so many milliseconds. */
  async pause(longestMilliseconds: number): Promise<void> {
    await sleep(Math.floor(this.next() * longestMilliseconds));
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  }
}
