/** Dispositions in the database. */
import type { DispositionFlag, OutcomeField } from '../../shared/outcomes.js';
import type { Queryable } from '../teams/teams.repository.js';

export interface DispositionRow {
  id: number;
  key: string;
  campaignId: number | null;
  nameEn: string;
  nameZh: string;
  flags: DispositionFlag[];
  required: OutcomeField[];
  position: number;
  archived: boolean;
  used: boolean;
}

const COLUMNS = `d.id, d.key, d.campaign_id AS "campaignId", d.name_en AS "nameEn", d.name_zh AS "nameZh", d.flags, d.required,
  d.position, d.archived_at IS NOT NULL AS archived,
  EXISTS (SELECT 1 FROM outcome o WHERE o.disposition_id = d.id) AS used`;

/** In the order of the buttons, archived ones last. */
export async function loadDispositions(db: Queryable): Promise<DispositionRow[]> {
  const { rows } = await db.query<DispositionRow>(
    `SELECT ${COLUMNS} FROM disposition d ORDER BY d.archived_at IS NOT NULL, d.position, d.id`,
  );
  return rows;
}

export interface DispositionFields {
  nameEn: string;
  nameZh: string;
  flags: readonly DispositionFlag[];
  required: readonly OutcomeField[];
  position: number;
}

/** Null when the key is taken. */
export async function insertDisposition(
  tx: Queryable,
  key: string,
  campaignId: number | null,
  fields: DispositionFields,
): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO disposition (key, campaign_id, name_en, name_zh, flags, required, position)
     VALUES ($1, $2, $3, $4, $5::text[], $6::text[], $7) ON CONFLICT (key) DO NOTHING RETURNING id`,
    [key, campaignId, fields.nameEn, fields.nameZh, [...fields.flags], [...fields.required], fields.position],
  );
  return rows[0]?.id ?? null;
}

/** `archivedAt`: null takes it out of the archive; one archived before keeps its time. */
export async function updateDisposition(
  tx: Queryable,
  id: number,
  fields: DispositionFields,
  archivedAt: Date | null,
): Promise<void> {
  await tx.query(
    `UPDATE disposition SET name_en = $2, name_zh = $3, flags = $4::text[], required = $5::text[], position = $6,
       archived_at = CASE WHEN $7::timestamptz IS NULL THEN NULL ELSE coalesce(archived_at, $7) END
     WHERE id = $1`,
    [id, fields.nameEn, fields.nameZh, [...fields.flags], [...fields.required], fields.position, archivedAt],
  );
}

/** Under its title, else its key. */
export async function campaignOf(
  db: Queryable,
  id: number,
): Promise<{ id: number; name: string; currency: string } | null> {
  const { rows } = await db.query<{ id: number; name: string; currency: string }>(
    `SELECT id, coalesce(nullif(title, ''), name) AS name, currency FROM campaign WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
