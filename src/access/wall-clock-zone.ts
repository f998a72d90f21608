import type { Pool } from 'pg';

/** The default site: its zone is the one pages read local dates in. */
const DEFAULT_SITE = 1;

/** IANA zone of the organisation now; UTC before it is set up. */
export async function wallClockZone(pool: Pool, now: number): Promise<string> {
  const { rows } = await pool.query<{ zone: string }>(
    `SELECT time_zone AS zone FROM site_version WHERE site_id = $1
     ORDER BY valid_from <= $2 DESC, CASE WHEN valid_from <= $2 THEN valid_from END DESC, valid_from LIMIT 1`,
    [DEFAULT_SITE, new Date(now)],
  );
  return rows[0]?.zone ?? 'UTC';
}
