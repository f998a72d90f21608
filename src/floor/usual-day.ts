/** A usual day of one agent: the mean of some past days, by slot of the business day. Pure. */
import { addMeasures, CurrencySums, emptyMeasures, MEASURE_COLUMNS, type Measures } from '../kpi/index.js';

export const SLOT_MS = 15 * 60_000;

export interface SlotSums {
  /** Business date, YYYY-MM-DD. */
  date: string;
  /** Milliseconds since the start of that business day. */
  offset: number;
  /** Of the campaign; null where it has none. */
  currency: string | null;
  measures: Measures;
}

export class UsualDay {
  private constructor(
    /** Days the mean is over, newest first. */
    readonly dates: readonly string[],
    private readonly slots: readonly SlotSums[],
  ) {}

  /** Days on which nobody worked say nothing about how somebody works. */
  static of(slots: readonly SlotSums[]): UsualDay {
    const worked = new Set(slots.filter(({ measures }) => isWork(measures)).map(({ date }) => date));
    return new UsualDay(
      [...worked].sort().reverse(),
      slots.filter(({ date }) => worked.has(date)),
    );
  }

  /** Mean sums of the first `offset` ms of the day; the slot under way counts by its elapsed part. Null without any day. */
  upTo(offset: number): CurrencySums | null {
    if (this.dates.length === 0) return null;
    const byCurrency = new Map<string | null, Measures>();
    for (const slot of this.slots) {
      const part = Math.min(1, Math.max(0, (offset - slot.offset) / SLOT_MS));
      if (part === 0) continue;
      const sum = byCurrency.get(slot.currency) ?? emptyMeasures();
      addMeasures(sum, scaled(slot.measures, part));
      byCurrency.set(slot.currency, sum);
    }
    const mean = new CurrencySums();
    for (const [currency, sum] of byCurrency) mean.add(currency, divided(sum, this.dates.length));
    return mean;
  }

  /** Mean sums of the slots that start in [from, to), ms since the start of the day. Null without any day. */
  between(from: number, to: number): Measures | null {
    return this.dates.length === 0 ? null : divided(sumBetween(this.slots, from, to), this.dates.length);
  }
}

export function sumBetween(slots: readonly SlotSums[], from: number, to: number): Measures {
  const sum = emptyMeasures();
  for (const { offset, measures } of slots) if (offset >= from && offset < to) addMeasures(sum, measures);
  return sum;
}

function isWork({ dials, inbound, handled, available_ms, on_call_ms, wrap_up_ms, paused_ms }: Measures): boolean {
  return dials + inbound + handled + available_ms + on_call_ms + wrap_up_ms + paused_ms > 0;
}

function scaled(measures: Measures, factor: number): Measures {
  return mapped(measures, (value) => value * factor);
}

function divided(measures: Measures, divisor: number): Measures {
  return mapped(measures, (value) => value / divisor);
}

function mapped(measures: Measures, change: (value: number) => number): Measures {
  const result = emptyMeasures();
  for (const column of MEASURE_COLUMNS) result[column] = change(measures[column]);
  return result;
}
