/**
 * Long work in short turns: between two of them whoever else waits for this process is heard. What is done within one turn
 * is never interrupted.
 */
import { setImmediate } from 'node:timers/promises';
import { monotonicMs } from './clock/index.js';

/** Long beside what giving way costs, short beside what anybody notices. */
const TURN_MS = 10;
/** Put in order at once: far less than a turn. */
const RUN = 500;

export class Turns {
  private begun = monotonicMs();

  get over(): boolean {
    return monotonicMs() - this.begun > TURN_MS;
  }

  /** The next one, after everybody else who waited. */
  async next(): Promise<void> {
    await setImmediate();
    this.begun = monotonicMs();
  }
}

/** One after the other, each far shorter than a turn. */
export async function eachInTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  const turns = new Turns();
  for (const item of items) {
    work(item);
    if (turns.over) await turns.next();
  }
}

export async function mapInTurns<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Promise<Made[]> {
  const made: Made[] = [];
  await eachInTurns(items, (item) => made.push(make(item)));
  return made;
}

/** As `toSorted` would: what is alike stays in its order. */
export async function sortInTurns<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Promise<Item[]> {
  // The same for all runs: many short pieces are long together.
  const turns = new Turns();
  let runs: Item[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    if (turns.over) await turns.next();
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await mergedOf(runs[at] ?? [], runs[at + 1] ?? [], compare, turns));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergedOf<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
  turns: Turns,
): Promise<Item[]> {
  const [ones, others] = [left[Symbol.iterator](), right[Symbol.iterator]()];
  const merged: Item[] = [];
  let [one, other] = [ones.next(), others.next()];
  while (!one.done || !other.done) {
    if (!one.done && (other.done || compare(one.value, other.value) <= 0)) {
      merged.push(one.value);
      one = ones.next();
    } else if (!other.done) {
      merged.push(other.value);
      other = others.next();
    }
    if (turns.over) await turns.next();
  }
  return merged;
}
