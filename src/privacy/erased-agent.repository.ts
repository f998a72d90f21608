/** What is known of an agent as a person, and taking it away. */
import type { Queryable } from '../audit/index.js';

export interface ErasedAgent {
  id: number;
  name: string;
  /** Null: not erased. */
  erasedAt: Date | null;
  addresses: { scheme: string; value: string }[];
}

/** Null for nobody, for "unassigned", and for one merged into another: that one is the person now. */
export async function findAgent(db: Queryable, id: number): Promise<ErasedAgent | null> {
  const { rows } = await db.query<ErasedAgent>(
    `SELECT a.id, a.name,
       CASE WHEN a.status = 'erased' THEN
         (SELECT max(erased_at) FROM erasure e WHERE e.kind = 'agent' AND e.subject_id = a.id) END AS "erasedAt",
       coalesce((SELECT jsonb_agg(jsonb_build_object('scheme', d.scheme, 'value', d.value) ORDER BY d.scheme, d.value)
         FROM agent_address d WHERE d.agent_id = a.id), '[]') AS addresses
     FROM agent a WHERE a.id = $1 AND a.status NOT IN ('system', 'merged')`,
    [id],
  );
  return rows[0] ?? null;
}

export interface OwnNumber {
  id: string;
  index: Buffer;
  cipher: Buffer;
  keyId: number;
}

/** The agent's own phones, as far as they are not the organisation's (a campaign's caller number). */
export async function ownNumbersOf(db: Queryable, agentId: number): Promise<OwnNumber[]> {
  const { rows } = await db.query<OwnNumber>(
    `SELECT c.id::text AS id, c.blind_index AS index, c.number_cipher AS cipher, c.index_key_id AS "keyId"
     FROM agent_address d JOIN customer c ON c.id::text = d.value
     WHERE d.agent_id = $1 AND d.scheme = 'tel' AND c.blind_index IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM campaign_caller_number n WHERE n.number_id = c.id)
     ORDER BY c.id`,
    [agentId],
  );
  return rows;
}

/**
 * Name, dates, leave, shifts and names in other systems; the link to an account. Addresses by surrogate id and by pseudonym
 * stay: calls resolve by them. Those merged into the agent were the same person.
 */
export async function forgetAgent(tx: Queryable, id: number, names: string[]): Promise<void> {
  await tx.query(
    `DELETE FROM agent_address WHERE agent_id = $1
       AND (scheme IN ('worker', 'crm') OR (scheme = 'identity' AND value = ANY($2::text[])))`,
    [id, names],
  );
  await tx.query('UPDATE agent_address SET kind = NULL WHERE agent_id = $1', [id]);
  await tx.query(
    'DELETE FROM agent_leave WHERE agent_id = $1 OR agent_id IN (SELECT id FROM agent WHERE merged_into = $1)',
    [id],
  );
  await tx.query(
    'DELETE FROM shift_pattern WHERE agent_id = $1 OR agent_id IN (SELECT id FROM agent WHERE merged_into = $1)',
    [id],
  );
  await tx.query(
    `UPDATE agent SET name = 'Former agent #' || id, display = 'hidden', employed_from = NULL, employed_until = NULL,
       status = CASE WHEN id = $1 THEN 'erased' ELSE status END
     WHERE id = $1 OR merged_into = $1`,
    [id],
  );
  await tx.query('UPDATE app_user SET agent_id = NULL WHERE agent_id = $1', [id]);
}
