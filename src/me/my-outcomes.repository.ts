import type { Pool } from 'pg';
import { OUTCOME_COLUMNS, type OutcomeRow, type OutcomeState } from '../calls/index.js';
import type { DispositionFlag } from '../shared/outcomes.js';

export interface MyOutcomeRow extends OutcomeRow {
  state: OutcomeState;
  agentName: string | null;
  teamName: string | null;
  campaignName: string | null;
  currency: string;
  dispositionKey: string | null;
  nameEn: string | null;
  nameZh: string | null;
  flags: DispositionFlag[];
}

export interface MyCallbackRow extends MyOutcomeRow {
  callbackAt: number;
  windowMs: number;
}

const SELECT = `SELECT o.state, ${OUTCOME_COLUMNS},
  (SELECT name FROM agent WHERE id = o.agent_id) AS "agentName",
  (SELECT name FROM team WHERE id = o.team_id) AS "teamName",
  (SELECT name FROM campaign WHERE id = o.campaign_id) AS "campaignName",
  coalesce((SELECT currency FROM campaign WHERE id = o.campaign_id), (SELECT currency FROM organisation)) AS currency,
  d.key AS "dispositionKey", d.name_en AS "nameEn", d.name_zh AS "nameZh"`;
const FROM = 'FROM outcome o LEFT JOIN disposition d ON d.id = o.disposition_id';
const CALLBACKS_MAX = 200;

export class MyOutcomesRepository {
  constructor(private readonly pool: Pool) {}

  /** One's own outcomes of calls, newest first, also those taken back. Walks outcome_call. */
  async ofCalls(agentId: number, keys: readonly string[]): Promise<MyOutcomeRow[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.pool.query<MyOutcomeRow>(
      `${SELECT} ${FROM} WHERE o.call_key = ANY($2::text[]) AND o.agent_id = $1 ORDER BY o.at DESC, o.id DESC`,
      [agentId, keys],
    );
    return rows;
  }

  /**
   * Callbacks one promised that are due in [from, until), by time; instants are epoch ms. A missed one is left out once
   * somebody has dialled the customer after all.
   */
  async callbacks(agentId: number, from: number, until: number): Promise<MyCallbackRow[]> {
    const { rows } = await this.pool.query<MyCallbackRow>(
      `${SELECT}, (SELECT callback_window_minutes FROM organisation) * 60000 AS "windowMs" ${FROM}
       WHERE o.agent_id = $1 AND o.callback_at >= to_timestamp($2::float8 / 1000)
         AND o.callback_at < to_timestamp($3::float8 / 1000) AND NOT o.cancelled
         AND NOT (o.callback_closed AND NOT o.callback_kept AND EXISTS (
           SELECT 1 FROM call c WHERE c.customer_id = o.customer_id AND c.direction = 'outbound'
             AND c.started_at > o.callback_at))
       ORDER BY o.callback_at, o.id LIMIT ${CALLBACKS_MAX}`,
      [agentId, from, until],
    );
    return rows;
  }
}
