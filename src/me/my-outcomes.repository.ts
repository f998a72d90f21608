import type { Pool } from 'pg';
import type { CallbackFact, OutcomeRow } from '../calls/index.js';
import { type FoundOutcome, foundOf, NAMED_OUTCOME, OUTCOME_TABLES, type OutcomeNames } from '../outcomes/index.js';

export interface MyPromise {
  found: FoundOutcome;
  callback: CallbackFact;
  windowMs: number;
}

const CALLBACKS_MAX = 200;

export class MyOutcomesRepository {
  constructor(private readonly pool: Pool) {}

  /** One's own outcomes of calls, newest first, also those taken back. Walks outcome_call. */
  async ofCalls(agentId: number, keys: readonly string[]): Promise<FoundOutcome[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.pool.query<OutcomeRow & OutcomeNames>(
      `SELECT ${NAMED_OUTCOME} ${OUTCOME_TABLES} WHERE o.call_key = ANY($2::text[]) AND o.agent_id = $1
       ORDER BY o.at DESC, o.id DESC`,
      [agentId, keys],
    );
    return rows.map(foundOf);
  }

  /**
   * Callbacks one promised that are due in [from, until), by time; instants are epoch ms. A missed one is left out once
   * somebody has dialled the customer after all.
   */
  async callbacks(agentId: number, from: number, until: number): Promise<MyPromise[]> {
    const { rows } = await this.pool.query<OutcomeRow & OutcomeNames & { windowMs: number }>(
      `SELECT ${NAMED_OUTCOME}, (SELECT callback_window_minutes FROM organisation) * 60000 AS "windowMs" ${OUTCOME_TABLES}
       WHERE o.agent_id = $1 AND o.callback_at >= to_timestamp($2::float8 / 1000)
         AND o.callback_at < to_timestamp($3::float8 / 1000) AND NOT o.cancelled
         AND NOT (o.callback_closed AND NOT o.callback_kept AND EXISTS (
           SELECT 1 FROM call c WHERE c.customer_id = o.customer_id AND c.direction = 'outbound'
             AND c.started_at > o.callback_at))
       ORDER BY o.callback_at, o.id LIMIT ${CALLBACKS_MAX}`,
      [agentId, from, until],
    );
    return rows.flatMap(({ windowMs, ...row }) => {
      const found = foundOf(row);
      const { callback } = found.fact;
      return callback === null ? [] : [{ found, callback, windowMs }];
    });
  }
}
