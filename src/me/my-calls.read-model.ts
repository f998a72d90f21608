import type { OutcomeNotes } from '../calls/index.js';
import type { CustomerNumbers } from '../customers/index.js';
import { callView } from '../kpi/read/index.js';
import { type FoundOutcome, outcomeView, toldSale } from '../outcomes/index.js';
import type { Clock, Database } from '../platform/index.js';
import { NO_NUMBER } from '../shared/mask-number.js';
import { MY_CALLS_MAX, type MyCallbacks, type MyCalls } from '../shared/me.js';
import type { OutcomeView } from '../shared/outcomes.js';
import { callbackView } from './callback-view.js';
import { type MyCallRow, MyCallsRepository } from './my-calls.repository.js';
import { MyOutcomesRepository } from './my-outcomes.repository.js';
import { ownDay } from './own-day.js';

const DAY_MS = 86_400_000;
/** A missed callback is worth a look this long; further ahead than this nobody promises. */
const CALLBACKS_BACK_MS = 7 * DAY_MS;
const CALLBACKS_AHEAD_MS = 366 * DAY_MS;

type Masked = (ref: string | null) => string | null;

/** Answers `GET /me/calls` and `GET /me/callbacks`. Everything here is one's own; throws `not_an_agent` for others. */
export class MyCallsReadModel {
  private readonly calls: MyCallsRepository;
  private readonly outcomes: MyOutcomesRepository;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly numbers: Pick<CustomerNumbers, 'masked'>,
    private readonly notes: OutcomeNotes,
    private readonly clock: Clock,
  ) {
    this.calls = new MyCallsRepository(database.pool);
    this.outcomes = new MyOutcomesRepository(database.pool);
  }

  /** @param date business date; null = today */
  async ofDay(agentId: number | null, date: string | null): Promise<MyCalls> {
    const { pool } = this.database;
    const day = await ownDay(pool, agentId, this.clock.now());
    // One more than shown tells whether there are older ones.
    const rows = await this.calls.ofDay(day, date ?? day.today, MY_CALLS_MAX + 1);
    const shown = rows.slice(0, MY_CALLS_MAX);
    const masked = await this.masked(shown.map((row) => row.customerRef));
    const entered = await this.outcomesOf(day.agentId, shown, masked);
    return {
      agentId: day.agentId,
      date: date ?? day.today,
      timeZone: day.timeZone,
      calls: shown.map((row) => ({
        ...callView(row, row, masked(row.customerRef)),
        currency: row.currency,
        outcomes: entered.get(row.key) ?? [],
      })),
      more: rows.length > shown.length,
    };
  }

  async callbacks(agentId: number | null): Promise<MyCallbacks> {
    const { pool } = this.database;
    const now = this.clock.now();
    const day = await ownDay(pool, agentId, now);
    const rows = await this.outcomes.callbacks(day.agentId, now - CALLBACKS_BACK_MS, now + CALLBACKS_AHEAD_MS);
    const refs = rows.map(({ found }) => found.fact.customerRef);
    const [masked, notes] = await Promise.all([this.masked(refs), this.notesOf(rows.map(({ found }) => found))]);
    return {
      agentId: day.agentId,
      timeZone: day.timeZone,
      callbacks: rows.map((row) => {
        const { id, customerRef } = row.found.fact;
        return callbackView(row, masked(customerRef), notes.get(id) ?? null, now);
      }),
    };
  }

  /** "****" for one whose number is gone. */
  private async masked(refs: readonly (string | null)[]): Promise<Masked> {
    const masked = await this.numbers.masked(this.database.pool, refs);
    return (ref) => (ref === null ? null : (masked.get(ref) ?? NO_NUMBER));
  }

  private async outcomesOf(
    agentId: number,
    calls: readonly MyCallRow[],
    masked: Masked,
  ): Promise<Map<string, OutcomeView[]>> {
    const rows = await this.outcomes.ofCalls(
      agentId,
      calls.map(({ key }) => key),
    );
    const notes = await this.notesOf(rows);
    const byCall = new Map<string, OutcomeView[]>();
    for (const row of rows) {
      const { id, customerRef, callKey } = row.fact;
      // A sale that was only said by the disposition has no amount to correct.
      const view = { ...outcomeView(row, masked(customerRef), notes.get(id) ?? null), sale: toldSale(row) };
      byCall.set(callKey ?? '', [...(byCall.get(callKey ?? '') ?? []), view]);
    }
    return byCall;
  }

  private notesOf(rows: readonly FoundOutcome[]): Promise<Map<string, string>> {
    const noted = rows.filter(({ fact }) => fact.hasNote).map(({ fact }) => fact.id);
    return this.notes.read(this.database.pool, noted);
  }
}
