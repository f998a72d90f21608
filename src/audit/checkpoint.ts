/**
 * Retention of the log: its oldest entries are removed and a signed checkpoint becomes the origin of the chain. What is
 * removed is proved first: a broken part is never retired, or the break would be gone with it.
 */
import type { Pool } from 'pg';
import { type Clock, inTransaction, isoOf, type Keys } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import { entriesAfter } from './audit.repository.js';
import type { AuditLog, Queryable } from './audit-log.js';
import { atText, GENESIS, macOf, signatureOf } from './chain.js';

/** Entries removed in one transaction. */
const CHUNK = 1_000;

export interface RetiredAudit {
  removed: number;
  /** Number of the entry at which proving failed; nothing from its chunk on was removed. */
  brokenAt: string | null;
}

/** Removes entries older than `before` (epoch ms), in chunks of one transaction each. */
export async function retireAudit(
  pool: Pool,
  parts: { keys: Keys; clock: Clock; audit: AuditLog },
  before: number,
  actor: AuditActor,
): Promise<RetiredAudit> {
  const total: RetiredAudit = { removed: 0, brokenAt: null };
  for (;;) {
    const chunk = await inTransaction(pool, (tx) => retireChunk(tx, parts, before, actor));
    total.removed += chunk.removed;
    total.brokenAt = chunk.brokenAt;
    if (chunk.removed < CHUNK || chunk.brokenAt !== null) return total;
  }
}

async function retireChunk(
  tx: Queryable,
  { keys, clock, audit }: { keys: Keys; clock: Clock; audit: AuditLog },
  before: number,
  actor: AuditActor,
): Promise<RetiredAudit> {
  // Two processes that retire at once: the second finds what the first left.
  await tx.query('LOCK TABLE audit_checkpoint IN SHARE ROW EXCLUSIVE MODE');
  const origin = await tx.query<{ seq: string; mac: Buffer }>(
    'SELECT seq::text AS seq, mac FROM audit_checkpoint ORDER BY audit_checkpoint.seq DESC LIMIT 1',
  );
  let { seq, mac } = origin.rows[0] ?? { seq: '0', mac: GENESIS };
  let removed = 0;
  const horizon = atText(before);
  for (const row of await entriesAfter(tx, null, CHUNK)) {
    if (row.at >= horizon) break;
    const expected = String(BigInt(seq) + 1n);
    if (row.seq !== expected || !macOf(keys, row, mac).equals(row.mac)) return { removed: 0, brokenAt: expected };
    ({ seq, mac } = row);
    removed++;
  }
  if (removed === 0) return { removed, brokenAt: null };
  const now = clock.now();
  const checkpoint = { seq, mac, at: atText(now), removed: String(removed), keyId: keys.keyId };
  await tx.query(
    `INSERT INTO audit_checkpoint (seq, mac, at, removed, key_id, signature) VALUES ($1, $2, $3, $4, $5, $6)`,
    [seq, mac, isoOf(now), removed, keys.keyId, signatureOf(keys, checkpoint)],
  );
  await tx.query('SELECT audit_retire()');
  await audit.record(tx, {
    actor,
    action: 'audit.checkpointed',
    subject: { kind: 'audit', id: seq },
    outcome: 'done',
    after: { removed },
  });
  return { removed, brokenAt: null };
}
