/** Campaigns, their versions and numbers in the database. */
import type { Queryable } from '../teams/teams.repository.js';

export interface CampaignRow {
  id: number;
  key: string;
  title: string;
  status: 'new' | 'active' | 'ended';
  currency: string;
  /** Counted calls, from the sums of days. */
  calls: number;
  used: boolean;
}

export interface CampaignVersionRow {
  campaignId: number;
  /** Epoch ms; −Infinity from the beginning. */
  validFrom: number;
  effectiveMs: number;
  assumeHuman: boolean;
}

/** One pass over the sums of days; there are about as many as agents times days. */
export async function loadCampaigns(db: Queryable): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `SELECT c.id, c.name AS key, c.title, c.status, c.currency, coalesce(s.calls, 0)::float8 AS calls,
       s.campaign_id IS NOT NULL AS used
     FROM campaign c LEFT JOIN (
       SELECT campaign_id, sum(dials + inbound) AS calls FROM rollup_day GROUP BY campaign_id) AS s ON s.campaign_id = c.id
     ORDER BY lower(coalesce(nullif(c.title, ''), c.name)), c.id`,
  );
  return rows;
}

/** Oldest first. */
export async function loadCampaignVersions(db: Queryable): Promise<CampaignVersionRow[]> {
  const { rows } = await db.query<CampaignVersionRow>(
    `SELECT campaign_id AS "campaignId", (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom",
       effective_ms AS "effectiveMs", assume_human AS "assumeHuman" FROM campaign_version ORDER BY campaign_id, valid_from`,
  );
  return rows;
}

export async function loadCampaignNumbers(db: Queryable): Promise<{ campaignId: number; ref: string }[]> {
  const { rows } = await db.query<{ campaignId: number; ref: string }>(
    'SELECT campaign_id AS "campaignId", number_id::text AS ref FROM campaign_caller_number ORDER BY number_id',
  );
  return rows;
}

/** Null when the key is taken. */
export async function insertCampaign(
  tx: Queryable,
  campaign: { key: string; title: string; currency: string | null },
): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO campaign (name, title, status, currency)
     VALUES ($1, $2, 'active', coalesce($3, (SELECT currency FROM organisation)))
     ON CONFLICT (name) DO NOTHING RETURNING id`,
    [campaign.key, campaign.title, campaign.currency],
  );
  return rows[0]?.id ?? null;
}

export async function updateCampaign(
  tx: Queryable,
  id: number,
  campaign: { title: string; status: string; currency: string },
): Promise<void> {
  await tx.query('UPDATE campaign SET title = $2, status = $3, currency = $4 WHERE id = $1', [
    id,
    campaign.title,
    campaign.status,
    campaign.currency,
  ]);
}

/** A version at the same instant is replaced. `validFrom` null: from the beginning. */
export async function putCampaignVersion(
  tx: Queryable,
  version: { campaignId: number; validFrom: number | null; effectiveMs: number; assumeHuman: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO campaign_version (campaign_id, valid_from, effective_ms, assume_human)
     VALUES ($1, coalesce(to_timestamp($2::float8 / 1000), '-infinity'), $3, $4)
     ON CONFLICT (campaign_id, valid_from) DO UPDATE SET effective_ms = excluded.effective_ms, assume_human = excluded.assume_human`,
    [version.campaignId, version.validFrom, version.effectiveMs, version.assumeHuman],
  );
}

export async function deleteCampaignVersion(tx: Queryable, campaignId: number, validFrom: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'DELETE FROM campaign_version WHERE campaign_id = $1 AND valid_from = to_timestamp($2::float8 / 1000)',
    [campaignId, validFrom],
  );
  return rowCount === 1;
}
