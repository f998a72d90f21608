/**
 * What is usual: the mean of up to four past days of the same weekday, by 15-minute slot of the business day. Pure.
 * Days without any call (holidays, before the first event) are left out; with none left there is no norm.
 */
import { addMeasures, emptyMeasures, MEASURE_COLUMNS, type Measures } from '../../kpi/catalog/index.js';

const SLOT_MS = 15 * 60_000;

export interface PastSlot {
  businessDate: string;
  /** Milliseconds since the start of that business day. */
  offset: number;
  measures: Measures;
}

export class Norm {
  private constructor(
    /** Mean measures by slot number. */
    private readonly slots: Map<number, Measures>,
  ) {}

  static of(past: PastSlot[]): Norm | null {
    const days = new Set(
      past.filter(({ measures }) => measures.dials + measures.inbound > 0).map((slot) => slot.businessDate),
    );
    if (days.size === 0) return null;
    const slots = new Map<number, Measures>();
    for (const { businessDate, offset, measures } of past) {
      if (!days.has(businessDate)) continue;
      const number = Math.floor(offset / SLOT_MS);
      const sum = slots.get(number) ?? emptyMeasures();
      addMeasures(sum, measures);
      slots.set(number, sum);
    }
    for (const sum of slots.values()) for (const column of MEASURE_COLUMNS) sum[column] /= days.size;
    return new Norm(slots);
  }

  /** Mean sums from the start of the day up to `offset` ms into it; the slot under way counts by its elapsed part. */
  upTo(offset: number): Measures {
    const total = emptyMeasures();
    for (const [number, measures] of this.slots) {
      const part = Math.min(1, Math.max(0, (offset - number * SLOT_MS) / SLOT_MS));
      if (part === 0) continue;
      for (const column of MEASURE_COLUMNS) total[column] += measures[column] * part;
    }
    return total;
  }

  dialsBetween(from: number, to: number): number {
    let dials = 0;
    for (const [number, measures] of this.slots) {
      if (number * SLOT_MS >= from && number * SLOT_MS < to) dials += measures.dials;
    }
    return dials;
  }
}
