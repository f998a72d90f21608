import type { Queryable } from '../audit/index.js';

/** The default site: its zone is the one pages read local dates in. */
const DEFAULT_SITE = 1;

/** IANA zone of the organisation now; UTC before it is set up. */
export async function wallClockZone(db: Queryable, now: number): Promise<string> {
  const { rows } = await db.query<{ zone: string }>(
    `SELECT time_zone AS zone FROM site_version WHERE site_id = $1
     ORDER BY valid_from <= $2 DESC, CASE WHEN valid_from <= $2 THEN valid_from END DESC, valid_from LIMIT 1`,
    [DEFAULT_SITE, new Date(now)],
  );
  return rows[0]?.zone ?? 'UTC';
}
