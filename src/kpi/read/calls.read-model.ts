import { hiddenByScope, requireInScope } from '../../access/index.js';
import type { CustomerNumbers } from '../../customers/index.js';
import { AppError, type Database } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { CallDetail, CallPage } from '../../shared/api.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import { callView, explanationOf, legViews } from './call-view.js';
import { type CallRow, type CallsFilter, CallsRepository } from './calls.repository.js';
import { type CallsQuery, encodeCursor, isCallKey } from './calls-query.js';
import { listRange } from './range.js';
import { loadZones } from './zones.js';

/** More than any real call has; a limit all the same. */
const MAX_EVENTS = 1000;

/** Answers `GET /calls` and `GET /calls/:id`: the calls behind a number, and the events behind a call. */
export class CallsReadModel {
  private readonly repository: CallsRepository;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly numbers: Pick<CustomerNumbers, 'masked'>,
  ) {
    this.repository = new CallsRepository(database.pool);
  }

  /** Only calls of the scope; throws `outside_scope` for a filter that names somebody else. */
  async page(query: CallsQuery, scope: Scope): Promise<CallPage> {
    await requireInScope(this.database.pool, scope, query);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.page(
      { ...(await callsFilterOf(this.database.pool, query)), limit: query.limit + 1 },
      scope,
    );
    const shown = rows.slice(0, query.limit);
    const masked = await this.numbers.masked(
      this.database.pool,
      shown.map((row) => row.customerRef),
    );
    const last = shown.at(-1);
    return {
      calls: shown.map((row) => callView(row, row, customerOf(row, masked))),
      next: rows.length > shown.length && last ? encodeCursor({ startedAt: last.cursorTime, key: last.key }) : null,
    };
  }

  /** A call outside the scope is answered like one that does not exist. */
  async detail(key: string, scope: Scope): Promise<CallDetail> {
    const row = isCallKey(key) ? await this.repository.findByKey(key, scope) : null;
    if (row === null) throw new AppError('not_found');
    if (!row.inScope) throw hiddenByScope();
    const parties = row.legs.flatMap((leg) => [leg.from, leg.to]);
    const masked = await this.numbers.masked(this.database.pool, [
      row.customerRef,
      ...parties.map((end) => (end.kind === 'tel' ? end.ref : null)),
    ]);
    const events = await this.repository.events(row.key, MAX_EVENTS);
    const firstDial = row.customerRef !== null && (await this.repository.isFirstDial(row.key, row.customerRef));
    return {
      ...callView(row, row, customerOf(row, masked)),
      customerId: row.customerRef,
      legs: legViews(row, row.legs, masked),
      events: events.map((event) => ({
        ...event,
        occurredAt: event.occurredAt.toISOString(),
        receivedAt: event.receivedAt.toISOString(),
      })),
      explanation: explanationOf(row, firstDial),
    };
  }
}

/**
 * Dates are the business days of each team, as in the KPIs, so that a figure opens to exactly its calls. Throws
 * `range_empty`.
 */
export async function callsFilterOf(pool: Database['pool'], { from, to, ...rest }: CallsQuery): Promise<CallsFilter> {
  if (from === undefined && to === undefined) return { ...rest, from: null, to: null, dates: null };
  return { ...rest, ...listRange(await loadZones(pool), from, to) };
}

function customerOf({ customerRef }: CallRow, masked: Map<string, string>): string | null {
  return customerRef === null ? null : (masked.get(customerRef) ?? NO_NUMBER);
}
