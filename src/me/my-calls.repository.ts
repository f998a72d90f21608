import type { Pool } from 'pg';
import { type CallFact, FACT_COLUMNS } from '../calls/index.js';
import { calledWhileListedSql } from '../customers/index.js';
import type { OwnDay } from './own-day.js';

export interface MyCallRow extends CallFact {
  agentName: string | null;
  teamName: string | null;
  campaignName: string | null;
  currency: string;
  doNotCall: boolean;
}

/** Business days of any zone begin up to this much before and after the same date in UTC. */
const SPREAD_HOURS = 36;

export class MyCallsRepository {
  constructor(private readonly pool: Pool) {}

  /**
   * One's own calls of a business day, running ones first, then newest first. Owned ones come from call_agent. Calls one
   * talked in for somebody else are looked for only when the sums say that there are some: no index leads to them, so
   * that costs a walk over the day.
   */
  async ofDay({ agentId }: OwnDay, date: string, limit: number): Promise<MyCallRow[]> {
    const { rows } = await this.pool.query<MyCallRow>(
      `WITH owned AS MATERIALIZED (
         SELECT key, handled FROM call
         WHERE agent_id = $1 AND started_at >= $2::date - interval '${SPREAD_HOURS} hours'
           AND started_at < $2::date + interval '${24 + SPREAD_HOURS} hours' AND business_date = $2::date
       ), talked AS (
         SELECT key FROM call
         WHERE agent_id <> $1 AND handled @> jsonb_build_array(jsonb_build_object('agent', $1::integer))
           AND started_at >= $2::date - interval '${SPREAD_HOURS} hours'
           AND started_at < $2::date + interval '${24 + SPREAD_HOURS} hours' AND business_date = $2::date
           AND (SELECT coalesce(sum(handled), 0) FROM rollup_day WHERE business_date = $2::date AND agent_id = $1)
             > (SELECT count(*) FROM owned WHERE handled @> jsonb_build_array(jsonb_build_object('agent', $1::integer)))
       )
       SELECT ${FACT_COLUMNS},
         (SELECT name FROM agent WHERE id = agent_id) AS "agentName",
         (SELECT name FROM team WHERE id = team_id) AS "teamName",
         (SELECT name FROM campaign WHERE id = campaign_id) AS "campaignName",
         coalesce((SELECT currency FROM campaign WHERE id = campaign_id), (SELECT currency FROM organisation)) AS currency,
         ${calledWhileListedSql('call')} AS "doNotCall"
       FROM call WHERE key IN (SELECT key FROM owned UNION ALL SELECT key FROM talked)
       ORDER BY ended_at IS NULL AND NOT stale DESC, started_at DESC, key DESC LIMIT $3`,
      [agentId, date, limit],
    );
    return rows;
  }
}
