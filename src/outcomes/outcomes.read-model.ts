import type { Pool } from 'pg';
import { hiddenByScope, requireInScope } from '../access/index.js';
import type { OutcomeNotes } from '../calls/index.js';
import { listRange, loadZones } from '../kpi/read/index.js';
import type { OwnNumbers } from '../organisation/index.js';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import { NO_NUMBER } from '../shared/mask-number.js';
import type { OutcomeDetail, OutcomePage, OutcomeView } from '../shared/outcomes.js';
import { auditSubject } from './audit-trail.js';
import { partsOf } from './entering.service.js';
import { contributionView, entryViews, outcomeView } from './outcome-view.js';
import { type FoundOutcome, type OutcomesFilter, OutcomesRepository } from './outcomes.repository.js';
import { encodeCursor, type OutcomesQuery } from './outcomes-query.js';

/** More than anybody corrects one outcome; a limit all the same. */
const EVENTS_MAX = 500;

/** Answers `GET /outcomes` and `GET /outcomes/:id`: the outcomes behind a number, and who said what behind an outcome. */
export class OutcomesReadModel {
  private readonly repository: OutcomesRepository;

  constructor(
    private readonly pool: Pool,
    private readonly book: OwnNumbers,
    private readonly notes: OutcomeNotes,
  ) {
    this.repository = new OutcomesRepository(pool);
  }

  /** Only outcomes of the scope; throws `outside_scope` for a filter that names somebody else. */
  async page(query: OutcomesQuery, scope: Scope): Promise<OutcomePage> {
    await requireInScope(this.pool, scope, query);
    const rows = await this.repository.page(
      { ...(await outcomesFilterOf(this.pool, query)), limit: query.limit + 1 },
      scope,
    );
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      outcomes: await this.views(shown),
      next: rows.length > shown.length && last ? encodeCursor({ at: last.cursorAt, id: last.fact.id }) : null,
    };
  }

  /** One outside the scope is answered like one that does not exist. */
  async detail(id: string, scope: Scope): Promise<OutcomeDetail> {
    const row = id.length > 300 || id.includes('\0') ? null : await this.repository.find(id, scope);
    if (row === null) throw new AppError('not_found');
    if (!row.inScope) throw hiddenByScope();
    const [view] = await this.views([row.found]);
    if (view === undefined) throw new AppError('not_found');
    const events = await this.repository.events(id, EVENTS_MAX);
    const trail = await this.repository.trail(auditSubject(id), EVENTS_MAX);
    return {
      ...view,
      source: partsOf(id).source,
      entries: entryViews(events, trail),
      contribution: contributionView(row.found),
    };
  }

  private async views(found: readonly FoundOutcome[]): Promise<OutcomeView[]> {
    const customers = [...new Set(found.flatMap(({ fact }) => fact.customerRef ?? []))];
    const masked = await this.book.masked(this.pool, customers);
    const notes = await this.notes.read(
      this.pool,
      found.filter(({ fact }) => fact.hasNote).map(({ fact }) => fact.id),
    );
    return found.map((one) => {
      const { customerRef, id } = one.fact;
      return outcomeView(
        one,
        customerRef === null ? null : (masked.get(customerRef) ?? NO_NUMBER),
        notes.get(id) ?? null,
      );
    });
  }
}

/** Dates are the business days of each team, as in the KPIs, so that a figure opens to exactly its outcomes. */
export async function outcomesFilterOf(pool: Pool, { from, to, ...rest }: OutcomesQuery): Promise<OutcomesFilter> {
  if (from === undefined && to === undefined) return { ...rest, from: null, to: null, dates: null };
  return { ...rest, ...listRange(await loadZones(pool), from, to) };
}
