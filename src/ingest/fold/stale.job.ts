/**
 * Closes calls nobody ever ended (kpi.md section 4): after the limit a `call.stale` goes into the log; a later real end
 * corrects it.
 */
import { OWN_PROVIDER } from '../../calls/index.js';
import type { LogRow } from '../log/event-log.repository.js';
import { SyntheticJob, type SyntheticRules, syntheticRow } from './synthetic.job.js';

/** Longer than Twilio lets a dialled call last (`timeLimit` 14,400 s) by five minutes. */
export const STALE_AFTER_MS = (4 * 60 + 5) * 60_000;

export class StaleJob extends SyntheticJob {
  protected readonly rules: SyntheticRules = {
    everyMs: 60_000,
    // A call's end may be among them.
    waitsForBacklog: true,
    failure: 'Open calls could not be checked',
  };

  /** Uses the index call_open. */
  protected async due(now: number, limit: number): Promise<LogRow[]> {
    const { rows } = await this.pool.query<{ key: string; startedAt: number }>(
      `SELECT key, (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt" FROM call
       WHERE ended_at IS NULL AND NOT stale AND started_at < to_timestamp($1::float8 / 1000)
       ORDER BY started_at LIMIT $2`,
      [now - STALE_AFTER_MS, limit],
    );
    return rows.map(({ key, startedAt }) => staleEvent(key, startedAt, now));
  }

  protected override added(calls: number): void {
    this.log.warn({ calls }, 'Calls without an end were closed as stale');
  }
}

function staleEvent(key: string, startedAt: number, receivedAt: number): LogRow {
  const event = {
    provider: OWN_PROVIDER,
    account: OWN_PROVIDER,
    type: 'call.stale',
    legId: key,
    occurredAt: startedAt + STALE_AFTER_MS,
    fields: { country: '' },
  };
  return syntheticRow(`stale|${key}`, event, receivedAt);
}
