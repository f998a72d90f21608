/** What `verify` found: how much it proved, and every kind of difference with the first examples. */
import { isDeepStrictEqual } from 'node:util';

export interface VerifyCounts {
  events: number;
  pending: number;
  parked: number;
  bodies: number;
  calls: number;
  outcomes: number;
  /** Calls and outcomes a change of settings still has to move. */
  waiting: number;
  rollupSlots: number;
  rollupDays: number;
  customerDays: number;
  firstDials: number;
  /** Quarter hours of agents with time in a state. */
  presenceSlots: number;
}

export interface Difference {
  /** `call`, `grouping`, `outcome`, `body`, `retained_slot`, `rollup_slot`, `rollup_day`, `customer_day`, `customer_first_dial`. */
  kind: string;
  key: string;
  detail: string;
}

const EXAMPLES_MAX = 50;

export class VerifyReport {
  readonly counts: VerifyCounts = {
    events: 0,
    pending: 0,
    parked: 0,
    bodies: 0,
    calls: 0,
    outcomes: 0,
    waiting: 0,
    rollupSlots: 0,
    rollupDays: 0,
    customerDays: 0,
    firstDials: 0,
    presenceSlots: 0,
  };
  readonly examples: Difference[] = [];
  private total = 0;

  add(kind: string, key: string, detail: string): void {
    this.total++;
    if (this.examples.length < EXAMPLES_MAX) this.examples.push({ kind, key, detail });
  }

  get differences(): number {
    return this.total;
  }
}

/** The fields in which two plain objects differ, as text. */
export function describeDifference(stored: object, expected: object): string {
  const a = stored as Record<string, unknown>;
  const b = expected as Record<string, unknown>;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => !isDeepStrictEqual(a[field], b[field]))
    .map((field) => `${field}: stored ${JSON.stringify(a[field])}, should be ${JSON.stringify(b[field])}`)
    .join('; ');
}
