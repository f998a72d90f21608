import type { Pool } from 'pg';
import { businessDate, DEFAULT_SITE } from '../organisation/index.js';
import { AppError } from '../platform/index.js';

/** Who asks, as an agent, and how their team counts its days now. */
export interface OwnDay {
  agentId: number;
  /** 0: in no team. */
  teamId: number;
  timeZone: string;
  dayStartMinutes: number;
  /** Today's business date. */
  today: string;
}

/** Throws `not_an_agent` for people who do not call. One row by primary keys. */
export async function ownDay(pool: Pool, agentId: number | null, now: number): Promise<OwnDay> {
  if (agentId === null) throw new AppError('not_an_agent');
  const { rows } = await pool.query<Omit<OwnDay, 'today'>>(
    `SELECT a.id AS "agentId", coalesce(t.id, 0) AS "teamId", v.time_zone AS "timeZone",
            v.day_start_minutes AS "dayStartMinutes"
     FROM agent a
     LEFT JOIN LATERAL (
       SELECT team_id FROM team_membership WHERE agent_id = a.id
       ORDER BY valid_from <= $2 DESC, CASE WHEN valid_from <= $2 THEN valid_from END DESC, valid_from LIMIT 1
     ) m ON true
     LEFT JOIN team t ON t.id = m.team_id
     JOIN LATERAL (
       SELECT time_zone, day_start_minutes FROM site_version WHERE site_id = coalesce(t.site_id, ${DEFAULT_SITE})
       ORDER BY valid_from <= $2 DESC, CASE WHEN valid_from <= $2 THEN valid_from END DESC, valid_from LIMIT 1
     ) v ON true
     WHERE a.id = $1`,
    [agentId, new Date(now)],
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('not_an_agent');
  return { ...row, today: businessDate(now, row.timeZone, row.dayStartMinutes) };
}
