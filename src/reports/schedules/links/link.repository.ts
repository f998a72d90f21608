/** Links from messages to packs, in the database: of each token only the hash. */
import type { Queryable } from '../../../audit/index.js';
import type { Scope } from '../../../shared/access.js';
import type { PackLink } from '../../../shared/schedules.js';
import { NOT_ERASED } from '../run.repository.js';

const at = (ms: number): Date => new Date(ms);

/** A delivery that is tried again has the same link; it is good for as long again, and as often as the new message says. */
export async function putLink(
  db: Queryable,
  link: { tokenHash: Buffer; deliveryId: string; usesMax: number; expiresAt: number },
): Promise<void> {
  await db.query(
    `INSERT INTO report_link (token_hash, delivery_id, uses_max, expires_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at, uses_max = excluded.uses_max`,
    [link.tokenHash, link.deliveryId, link.usesMax, at(link.expiresAt)],
  );
}

export interface FoundLink {
  id: string;
  usesMax: number;
  uses: number;
  /** Epoch ms. */
  expiresAt: number;
  runId: string;
  scheduleId: number;
  /** Of the schedule as it is now. */
  packLink: PackLink;
  owner: { id: number } | null;
  fileName: string | null;
  bytes: number | null;
  sha256: string | null;
  /** What is in the file; null: not known. */
  scope: Scope | null;
  /** Whether there is a file, and nobody was erased since it was made. */
  kept: boolean;
}

/** Null: there is none, it is over, or its destination was removed. */
export async function findLink(
  db: Queryable,
  by: { tokenHash: Buffer } | { id: string },
  now: number,
): Promise<FoundLink | null> {
  const [column, value] = 'id' in by ? ['l.id', by.id] : ['l.token_hash', by.tokenHash];
  const { rows } = await db.query<FoundLink>(
    `SELECT l.id::text AS id, l.uses_max AS "usesMax", l.uses, (extract(epoch FROM l.expires_at) * 1000)::float8 AS "expiresAt",
       r.id::text AS "runId", r.schedule_id AS "scheduleId", s.pack_link AS "packLink",
       CASE WHEN s.owner_id IS NULL THEN NULL ELSE json_build_object('id', s.owner_id) END AS owner,
       r.file_name AS "fileName", r.bytes, encode(r.sha256, 'hex') AS sha256, r.scope,
       r.file IS NOT NULL AND ${NOT_ERASED} AS kept
     FROM report_link l
       JOIN report_delivery d ON d.id = l.delivery_id
       JOIN report_destination t ON t.id = d.destination_id AND t.sealed IS NOT NULL
       JOIN report_run r ON r.id = d.run_id
       JOIN report_schedule s ON s.id = r.schedule_id
     WHERE ${column} = $1 AND l.expires_at > $2`,
    [value, at(now)],
  );
  return rows[0] ?? null;
}

/** The how manieth use it was, of how many. Null: it was used up meanwhile. */
export async function useLink(tx: Queryable, id: string): Promise<{ use: number; of: number } | null> {
  const { rows } = await tx.query<{ use: number; of: number }>(
    `UPDATE report_link SET uses = uses + 1 WHERE id = $1 AND uses < uses_max RETURNING uses AS use, uses_max AS of`,
    [id],
  );
  return rows[0] ?? null;
}

export async function forgetLinks(db: Queryable, now: number): Promise<void> {
  await db.query('DELETE FROM report_link WHERE expires_at <= $1', [at(now)]);
}
