/**
 * Today's facts in one time zone, kept in memory and fed by commits: of this process as they happen, of others by asking
 * for what is newer than the newest revision read. Boards hang on it.
 */
import type { OutcomeChange } from '../../calls/index.js';
import type { Committed, RollupRow } from '../../kpi/rollup/index.js';
import { businessDate, businessDayBounds, type SiteVersion } from '../../organisation/index.js';
import type { Clock } from '../../platform/index.js';
import { DayFacts, type Participant, type RowChange } from './day-facts.js';
import type { FloorRepository } from './floor.repository.js';

export type Zone = Pick<SiteVersion, 'timeZone' | 'dayStartMinutes'>;

/** What a commit changed of a day. */
export interface DayChange {
  facts: DayFacts;
  rows: readonly RowChange[];
  /** Whose activity may have changed. */
  calls: readonly Participant[];
  /** Outcomes of this process; those of others are read when a day catches up. */
  outcomes: readonly OutcomeChange[];
  /** Some sale of today is another one. */
  sales: boolean;
  /** What was committed elsewhere. */
  isCatchUp: boolean;
}

export interface DaySourceEvents {
  changed(change: DayChange): void;
  /** `facts` was read anew: a start, another day, or facts that were thrown away. */
  reset(): void;
}

export class DaySource {
  facts: DayFacts | null = null;
  private loading: Promise<void> | null = null;
  /** Commits that arrive while the day is being read; rows are absolute, so replaying them is harmless. */
  private buffered: Committed[] = [];
  /** Commits of this process while it catches up with others; null when it does not. */
  private meanwhile: Committed[] | null = null;

  constructor(
    readonly zone: Zone,
    private readonly repository: FloorRepository,
    private readonly clock: Clock,
    private readonly events: DaySourceEvents,
  ) {}

  isOver(now: number): boolean {
    return this.facts !== null && now >= this.facts.dayEnd;
  }

  async load(): Promise<void> {
    this.loading ??= this.read().finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  committed(committed: Committed): void {
    this.meanwhile?.push(committed);
    if (this.loading !== null || this.facts === null) this.buffered.push(committed);
    if (this.facts !== null) this.apply(this.facts, committed);
  }

  /** Takes over what other processes committed; false when it is busy with that or with reading the day: ask again. */
  async catchUp(): Promise<boolean> {
    // Its questions follow one another: some of what was committed meanwhile is in the later answers only.
    if (this.loading !== null) return false;
    const facts = this.facts;
    if (facts === null) return true;
    if (this.meanwhile !== null) return false;
    const meanwhile: Committed[] = [];
    this.meanwhile = meanwhile;
    try {
      const rows = await this.repository.todaysRows(facts.businessDate, facts.dayStart, facts.readUpTo);
      const calls = await this.repository.currentCalls(facts.dayStart);
      const changed = this.applyRows(facts, rows);
      facts.noteRead(rows);
      const sales = changed.some(isOfSales);
      if (sales) facts.sales.replace(await this.repository.sales(facts.businessDate, facts.dayStart), this.clock.now());
      const touched = facts.resetCalls(calls);
      // These may be newer than what was read: without them a call that has just ended would be open again.
      for (const { changes, outcomes } of meanwhile) {
        for (const change of changes) touched.push(...facts.applyChange(change));
        facts.sales.apply(outcomes, this.clock.now());
      }
      const change = { facts, rows: changed, calls: touched, outcomes: [], sales, isCatchUp: true };
      if (facts === this.facts) this.events.changed(change);
    } finally {
      this.meanwhile = null;
    }
    return true;
  }

  private async read(): Promise<void> {
    // Older ones, of a reading that failed, are in what is read now; repeated, they would bring back ended calls.
    this.buffered = [];
    const { timeZone, dayStartMinutes } = this.zone;
    const date = businessDate(this.clock.now(), timeZone, dayStartMinutes);
    const { start, end } = businessDayBounds(date, timeZone, dayStartMinutes);
    const facts = new DayFacts(date, start, end);
    const calls = await this.repository.currentCalls(start);
    facts.sales.replace(await this.repository.sales(date, start), null);
    const rows = await this.repository.todaysRows(date, start, 0);
    this.applyRows(facts, rows);
    facts.noteRead(rows);
    for (const fact of calls) facts.applyChange({ old: null, now: fact });
    for (const { rows, changes, outcomes } of this.buffered) {
      this.applyRows(facts, rows);
      facts.sales.apply(outcomes, this.clock.now());
      for (const change of changes) facts.applyChange(change);
    }
    this.buffered = [];
    this.facts = facts;
    this.events.reset();
  }

  private apply(facts: DayFacts, { rows, changes, outcomes }: Committed): void {
    const changed = this.applyRows(facts, rows);
    const touched = changes.flatMap((change) => facts.applyChange(change));
    const sales = facts.sales.apply(outcomes, this.clock.now());
    this.events.changed({ facts, rows: changed, calls: touched, outcomes, sales, isCatchUp: false });
  }

  private applyRows(facts: DayFacts, rows: readonly RollupRow[]): RowChange[] {
    return rows.flatMap((row) => facts.applyRow(row) ?? []);
  }
}

const OF_SALES = [
  'sales',
  'inbound_sales',
  'other_sales',
  'revenue_minor',
  'inbound_revenue_minor',
  'other_revenue_minor',
] as const;

/** Whether sales were counted with a row that was committed elsewhere. */
function isOfSales({ row, before }: RowChange): boolean {
  return OF_SALES.some((column) => row.measures[column] !== (before?.[column] ?? 0));
}
