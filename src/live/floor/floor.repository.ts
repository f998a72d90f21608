/** What boards read when somebody begins to watch, at a new day, and never in between: viewers cost the database nothing. */
import type { Pool } from 'pg';
import { type CallFact, FACT_COLUMNS } from '../../calls/index.js';
import { calledWhileListedSql, everListedSql } from '../../customers/index.js';
import { MEASURE_COLUMNS, type Measures } from '../../kpi/catalog/index.js';
import { type RollupRow, slotsOfDate } from '../../kpi/rollup/index.js';
import { addDays, businessDayBounds } from '../../organisation/index.js';
import type { DncCall } from './attention.js';
import type { DaySale } from './day-sales.js';
import type { PastSlot } from './norm.js';
import type { PresenceNow } from './presence-book.js';

const PAST_WEEKS = [7, 14, 21, 28];
const SUMS = MEASURE_COLUMNS.map((column) => `sum(${column})::float8 AS ${column}`).join(', ');

export class FloorRepository {
  constructor(private readonly pool: Pool) {}

  todaysRows(date: string, dayStart: number, afterRev: number): Promise<RollupRow[]> {
    return slotsOfDate(this.pool, date, dayStart, afterRev);
  }

  /** Open calls (index call_open) and, per agent and team, the last that ended today (index call_started). */
  async currentCalls(dayStart: number): Promise<CallFact[]> {
    const { rows } = await this.pool.query<CallFact>(
      `SELECT ${FACT_COLUMNS} FROM call WHERE ended_at IS NULL AND NOT stale
       UNION ALL
       (SELECT DISTINCT ON (agent_id, team_id) ${FACT_COLUMNS} FROM call
        WHERE started_at >= to_timestamp($1::float8 / 1000) AND ended_at IS NOT NULL
        ORDER BY agent_id, team_id, ended_at DESC)`,
      [dayStart],
    );
    return rows;
  }

  /**
   * Sums of all teams (null) or of these, on the same weekday of the last weeks. The range serves the primary key; zones
   * differ by less than a day and a half.
   */
  async past(
    date: string,
    zone: { timeZone: string; dayStartMinutes: number },
    teams: readonly number[] | null,
  ): Promise<PastSlot[]> {
    const dates = PAST_WEEKS.map((days) => addDays(date, -days));
    const starts = new Map(
      dates.map((day) => [day, businessDayBounds(day, zone.timeZone, zone.dayStartMinutes).start]),
    );
    const { rows } = await this.pool.query<{ businessDate: string; slotStart: number } & Measures>(
      `SELECT business_date::text AS "businessDate", (extract(epoch FROM slot_start) * 1000)::float8 AS "slotStart", ${SUMS}
       FROM rollup_slot
       WHERE slot_start >= to_timestamp($3::float8 / 1000) - interval '36 hours'
         AND slot_start < to_timestamp($4::float8 / 1000) + interval '61 hours'
         AND business_date = ANY($1::date[]) AND ($2::integer[] IS NULL OR team_id = ANY($2::integer[]))
       GROUP BY business_date, slot_start`,
      [dates, teams, Math.min(...starts.values()), Math.max(...starts.values())],
    );
    return rows.map(({ businessDate, slotStart, ...measures }) => ({
      businessDate,
      offset: slotStart - (starts.get(businessDate) ?? slotStart),
      measures,
    }));
  }

  /** Sales of a business day that count (index outcome_at; zones differ by less than a day and a half). */
  async sales(date: string, dayStart: number): Promise<Omit<DaySale, 'seenAt'>[]> {
    const { rows } = await this.pool.query<Omit<DaySale, 'seenAt'>>(
      `SELECT id, (extract(epoch FROM at) * 1000)::float8 AS at, agent_id AS "agentId", team_id AS "teamId",
              campaign_id AS "campaignId", amount_minor::float8 AS "amountMinor"
       FROM outcome
       WHERE at >= to_timestamp($2::float8 / 1000) - interval '36 hours'
         AND at < to_timestamp($2::float8 / 1000) + interval '61 hours'
         AND business_date = $1 AND sold`,
      [date, dayStart],
    );
    return rows;
  }

  /** Calls of the day to numbers that were on the do-not-call list when they began; few are ever listed. */
  async dncCalls(dayStart: number): Promise<DncCall[]> {
    const { rows } = await this.pool.query<DncCall>(
      `SELECT call.agent_id AS "agentId", call.key AS call, (extract(epoch FROM call.started_at) * 1000)::float8 AS at
       FROM call
       WHERE call.started_at >= to_timestamp($1::float8 / 1000) AND ${everListedSql('call')} AND ${calledWhileListedSql('call')}`,
      [dayStart],
    );
    return rows;
  }

  /** What everybody was last said to be doing: one row for each agent there ever was. */
  async presence(): Promise<PresenceNow[]> {
    const { rows } = await this.pool.query<PresenceNow>(
      `SELECT agent_id AS "agentId", state, reason, (extract(epoch FROM since) * 1000)::float8 AS since
       FROM agent_presence WHERE since IS NOT NULL`,
    );
    return rows;
  }

  async lastEventAt(): Promise<number | null> {
    const { rows } = await this.pool.query<{ at: number | null }>(
      `SELECT (extract(epoch FROM received_at) * 1000)::float8 AS at FROM call_event ORDER BY id DESC LIMIT 1`,
    );
    return rows[0]?.at ?? null;
  }
}
