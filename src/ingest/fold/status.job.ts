/**
 * Closes a status nobody ended: after the organisation's limit a `presence.stale` goes into the log; what is really said
 * later, of before or after, counts.
 */
import { OWN_PROVIDER } from '../../calls/index.js';
import type { LogRow } from '../log/event-log.repository.js';
import type { StoredFields } from '../log/stored-event.js';
import { SyntheticJob, type SyntheticRules, syntheticRow } from './synthetic.job.js';

interface OpenStatus {
  stream: string;
  from: number;
  limitMs: number;
  mark: { name?: string; identity?: string; worker?: string; agentId?: number };
}

export class StatusJob extends SyntheticJob {
  protected readonly rules: SyntheticRules = {
    everyMs: 60_000,
    // What ended a status may be among them.
    waitsForBacklog: true,
    failure: 'Open statuses could not be checked',
  };

  /** Uses the index agent_interval_open. */
  protected async due(now: number, limit: number): Promise<LogRow[]> {
    const { rows } = await this.pool.query<OpenStatus>(
      `SELECT i.stream, (extract(epoch FROM i.from_at) * 1000)::float8 AS "from", o.status_hours * 3600000 AS "limitMs", i.mark
       FROM agent_interval i CROSS JOIN organisation o
       WHERE i.to_at = 'infinity' AND i.state <> 'offline' AND i.mark IS NOT NULL
         AND i.from_at < to_timestamp($1::float8 / 1000) - make_interval(hours => o.status_hours)
       ORDER BY i.from_at LIMIT $2`,
      [now, limit],
    );
    return rows.map((status) => statusEnd(status, now));
  }

  protected override added(statuses: number): void {
    this.log.info({ statuses }, 'Statuses nobody had ended were closed');
  }
}

function statusEnd({ stream, from, limitMs, mark }: OpenStatus, receivedAt: number): LogRow {
  const at = from + limitMs;
  const { name, identity, worker, agentId } = mark;
  const fields: StoredFields = {
    country: '',
    ...(name === undefined ? {} : { agent: name }),
    ...(identity === undefined ? {} : { from: { kind: 'client', identity } }),
    presence: {
      state: 'offline',
      ...(worker === undefined ? {} : { worker }),
      ...(agentId === undefined ? {} : { agentId }),
    },
  };
  const event = {
    provider: OWN_PROVIDER,
    account: OWN_PROVIDER,
    type: 'presence.stale',
    legId: stream,
    occurredAt: at,
    fields,
  };
  return syntheticRow(`status|${stream}|${at}`, event, receivedAt);
}
