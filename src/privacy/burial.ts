/** The end of every erasure: nobody writes meanwhile, and a row says that it happened. */
import type { Queryable } from '../audit/index.js';

export interface Gone {
  bodies: number;
  parked: number;
}

/** Nobody appends or parks until the transaction ends; readers and the fold go on. One erasure at a time. */
export async function lockLog(tx: Queryable): Promise<void> {
  await tx.query('LOCK TABLE call_event, parked_event IN SHARE ROW EXCLUSIVE MODE');
}

export async function insertErasure(
  tx: Queryable,
  erasure: { kind: 'customer' | 'agent'; subject: string | null; reason: string; now: number } & Gone,
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO erasure (kind, subject_id, reason, erased_at, bodies, parked) VALUES ($1, $2::bigint, $3, $4, $5, $6)
     RETURNING id`,
    [erasure.kind, erasure.subject, erasure.reason, new Date(erasure.now), erasure.bodies, erasure.parked],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An erasure was not recorded');
  return row.id;
}

export interface BuriedNumber {
  /** Surrogate id; null for a number nobody had. */
  id: string | null;
  /** For a number nobody had; else the one of its row counts. */
  index: Buffer | null;
  keyId: number;
}

/** The customer's row loses number and index, a tombstone gets the index. Null: somebody else erased it meanwhile. */
export async function buryNumber(
  tx: Queryable,
  { id, index, keyId }: BuriedNumber,
  erasure: { id: number; now: number },
): Promise<boolean> {
  const bury = (blindIndex: Buffer, indexKeyId: number): Promise<unknown> =>
    tx.query(
      `INSERT INTO customer_tombstone (blind_index, index_key_id, customer_id, erased_at, erasure_id)
       VALUES ($1, $2, $3::bigint, $4, $5)`,
      [blindIndex, indexKeyId, id, new Date(erasure.now), erasure.id],
    );
  if (id === null) {
    if (index === null) throw new Error('A number nobody had is erased by its index');
    await bury(index, keyId);
    return true;
  }
  const { rows } = await tx.query<{ blind_index: Buffer | null; index_key_id: number | null }>(
    'SELECT blind_index, index_key_id FROM customer WHERE id = $1::bigint FOR UPDATE',
    [id],
  );
  const [row] = rows;
  if (!row?.blind_index || row.index_key_id === null) return false;
  await tx.query(
    'UPDATE customer SET number_cipher = NULL, blind_index = NULL, index_key_id = NULL WHERE id = $1::bigint',
    [id],
  );
  await bury(row.blind_index, row.index_key_id);
  return true;
}
