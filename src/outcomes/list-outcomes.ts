/** All outcomes of a filter, for lists that are read to their end. Without notes: what people wrote stays here. */
import type { Pool, PoolClient } from 'pg';
import { requireInScope } from '../access/index.js';
import type { Scope } from '../shared/access.js';
import type { OutcomeView } from '../shared/outcomes.js';
import { outcomeView } from './outcome-view.js';
import { outcomesFilterOf } from './outcomes.read-model.js';
import { OutcomesRepository } from './outcomes.repository.js';
import type { OutcomesQuery } from './outcomes-query.js';

const PAGE = 2_000;

/** `customer` is null in each; `customerId` says who. */
export interface OutcomeListing {
  /** Counted up to one more than `max`. */
  count: number;
  /** Newest first, page by page; of the moment `reading` sees. */
  pages: AsyncIterable<OutcomeView[]>;
}

/**
 * Throws as GET /outcomes does.
 * @param reading a transaction that sees one moment: else one whose time is corrected is missed or there twice
 */
export async function listOutcomes(
  pool: Pool,
  reading: Pick<Pool | PoolClient, 'query'>,
  query: OutcomesQuery,
  scope: Scope,
  max: number,
): Promise<OutcomeListing> {
  await requireInScope(pool, scope, query);
  const repository = new OutcomesRepository(reading);
  const filter = await outcomesFilterOf(pool, query);
  async function* pages(): AsyncGenerator<OutcomeView[]> {
    let { cursor } = filter;
    for (;;) {
      const rows = await repository.page({ ...filter, limit: PAGE, cursor }, scope);
      if (rows.length > 0) yield rows.map((row) => outcomeView(row, null, null));
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      cursor = { at: last.cursorAt, id: last.fact.id };
    }
  }
  return { count: await repository.count(filter, scope, max + 1), pages: pages() };
}
