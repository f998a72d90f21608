/** Sites and their versions in the database. */
import type { Queryable } from '../teams/teams.repository.js';

export interface SiteVersionRow {
  siteId: number;
  /** Epoch ms; −Infinity from the beginning. */
  validFrom: number;
  timeZone: string;
  dayStartMinutes: number;
}

export interface SiteRow {
  id: number;
  name: string;
  teams: number;
}

export async function loadSites(db: Queryable): Promise<SiteRow[]> {
  const { rows } = await db.query<SiteRow>(
    `SELECT s.id, s.name, (SELECT count(*)::integer FROM team t WHERE t.site_id = s.id AND t.id <> 0 AND t.archived_at IS NULL) AS teams
     FROM site s ORDER BY lower(s.name), s.id`,
  );
  return rows;
}

/** Oldest first. */
export async function loadSiteVersions(db: Queryable): Promise<SiteVersionRow[]> {
  const { rows } = await db.query<SiteVersionRow>(
    `SELECT site_id AS "siteId", (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom",
       time_zone AS "timeZone", day_start_minutes AS "dayStartMinutes" FROM site_version ORDER BY site_id, valid_from`,
  );
  return rows;
}

/** Name and zone of each site at an instant. */
export async function sitesNow(
  db: Queryable,
  now: Date,
): Promise<Map<number, { id: number; name: string; timeZone: string }>> {
  const { rows } = await db.query<{ id: number; name: string; timeZone: string }>(
    `SELECT s.id, s.name, v.time_zone AS "timeZone" FROM site s JOIN LATERAL (
       SELECT time_zone FROM site_version v WHERE v.site_id = s.id ORDER BY v.valid_from <= $1 DESC,
         CASE WHEN v.valid_from <= $1 THEN v.valid_from END DESC, v.valid_from LIMIT 1) AS v ON true`,
    [now],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function insertSite(tx: Queryable, name: string): Promise<number> {
  const { rows } = await tx.query<{ id: number }>('INSERT INTO site (name) VALUES ($1) RETURNING id', [name]);
  const [made] = rows;
  if (made === undefined) throw new Error('A site was not made');
  return made.id;
}

/** A version at the same instant is replaced. `validFrom` null: from the beginning. */
export async function putSiteVersion(
  tx: Queryable,
  version: { siteId: number; validFrom: number | null; timeZone: string; dayStartMinutes: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO site_version (site_id, valid_from, time_zone, day_start_minutes)
     VALUES ($1, coalesce(to_timestamp($2::float8 / 1000), '-infinity'), $3, $4)
     ON CONFLICT (site_id, valid_from) DO UPDATE SET time_zone = excluded.time_zone, day_start_minutes = excluded.day_start_minutes`,
    [version.siteId, version.validFrom, version.timeZone, version.dayStartMinutes],
  );
}

export async function deleteSiteVersion(tx: Queryable, siteId: number, validFrom: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'DELETE FROM site_version WHERE site_id = $1 AND valid_from = to_timestamp($2::float8 / 1000)',
    [siteId, validFrom],
  );
  return rowCount === 1;
}
