/**
 * Closes the windows of promised callbacks (kpi.md section 4): once the time around a due time is over, an
 * `outcome.callback_closed` goes into the log, so that a callback counts as due from then on, for good.
 */
import { OWN_PROVIDER } from '../../calls/index.js';
import type { LogRow } from '../log/event-log.repository.js';
import { SyntheticJob, type SyntheticRules, syntheticRow } from './synthetic.job.js';

export class CallbackJob extends SyntheticJob {
  protected readonly rules: SyntheticRules = {
    everyMs: 15_000,
    // What is known late counts late, never twice.
    waitsForBacklog: false,
    failure: 'Promised callbacks could not be checked',
  };

  /** Uses outcome_open_callback. */
  protected async due(now: number, limit: number): Promise<LogRow[]> {
    const { rows } = await this.pool.query<{ id: string; account: string; due: number; until: number }>(
      `SELECT o.id, split_part(o.id, '|', 1) AS account, (extract(epoch FROM o.callback_at) * 1000)::float8 AS due,
         (extract(epoch FROM o.callback_at + w.size) * 1000)::float8 AS until
       FROM outcome o CROSS JOIN (SELECT make_interval(mins => callback_window_minutes) AS size FROM organisation) AS w
       WHERE o.callback_at IS NOT NULL AND NOT o.callback_closed AND NOT o.cancelled
         AND o.callback_at < to_timestamp($1::float8 / 1000) - w.size
       ORDER BY o.callback_at LIMIT $2`,
      [now, limit],
    );
    return rows.map((row) => closedEvent(row, now));
  }
}

/** Instants are epoch ms. */
export function closedEvent(
  { id, account, due, until }: { id: string; account: string; due: number; until: number },
  receivedAt: number,
): LogRow {
  const event = {
    provider: OWN_PROVIDER,
    account,
    type: 'outcome.callback_closed',
    legId: id,
    occurredAt: until,
    fields: { country: '', outcome: { version: 0, closed: due } },
  };
  return syntheticRow(`callback|${id}|${due}`, event, receivedAt);
}
