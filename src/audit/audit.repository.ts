/** The chain in the database. */
import { type Clock, followKeys, isoOf, type Keys } from '../platform/index.js';
import type { AuditEntry, Queryable } from './audit-log.js';
import { AT_TEXT, atText, type ChainedRow, canonicalJson, GENESIS, macOf } from './chain.js';

/** Any constant of our own: whoever continues the chain holds it until their commit. */
export const CHAIN_LOCK = 0x7a11a0;

/** Longer values are replaced by their size: an entry says what changed, it is no archive. */
const VALUE_MAX = 100_000;
const TEXT_MAX = 200;

export interface Head {
  seq: string;
  mac: Buffer;
}

const HEAD = `
  SELECT seq::text AS seq, mac FROM (
    (SELECT e.seq, e.mac FROM audit_event e ORDER BY e.seq DESC LIMIT 1)
    UNION ALL (SELECT c.seq, c.mac FROM audit_checkpoint c ORDER BY c.seq DESC LIMIT 1)
  ) AS last ORDER BY last.seq DESC LIMIT 1`;

/** The last entry; with all entries retired the checkpoint; null before the first one. */
export async function headOf(db: Queryable): Promise<Head | null> {
  const { rows } = await db.query<Head>({ name: 'audit-head', text: HEAD });
  return rows[0] ?? null;
}

/** An entry ready to be chained: its columns but for place, time and key. */
export type Prepared = Omit<ChainedRow, 'seq' | 'at' | 'keyId'>;

export function prepare(entry: AuditEntry, attempts = 1): Prepared {
  return {
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    address: clean(entry.actor.address),
    action: entry.action,
    subjectKind: clean(entry.subject?.kind ?? null),
    subjectId: clean(entry.subject?.id ?? null),
    outcome: entry.outcome,
    attempts,
    before: entry.before === undefined ? null : limited(canonicalJson(entry.before)),
    after: entry.after === undefined ? null : limited(canonicalJson(entry.after)),
  };
}

/** PostgreSQL keeps no NUL, and half a surrogate pair would come back as something else. */
function clean(text: string | null): string | null {
  return text === null ? null : Buffer.from(text.replaceAll('\0', '').slice(0, TEXT_MAX), 'utf8').toString('utf8');
}

function limited(json: string): string {
  return json.length <= VALUE_MAX ? json : canonicalJson({ left_out_characters: json.length });
}

const COLUMNS = `seq, at, actor_kind, actor_id, address, action, subject_kind, subject_id, outcome, attempts, before, after,
  key_id, mac`;

const APPEND = `
  INSERT INTO audit_event (${COLUMNS})
  SELECT x.seq, x.at, x.actor_kind, x.actor_id, x.address, x.action, x.subject_kind, x.subject_id, x.outcome, x.attempts,
    x.before, x.after, x.key_id, decode(x.mac, 'hex')
  FROM json_to_recordset($1::json) AS x(seq bigint, at timestamptz, actor_kind text, actor_id integer, address text,
    action text, subject_kind text, subject_id text, outcome text, attempts integer, before text, after text,
    key_id integer, mac text)`;

/**
 * Continues the chain in the transaction of `tx`, which holds the chain's lock from here to its end. The head is read by
 * a statement of its own, after the lock: only then does it see what the transaction before has committed.
 */
export async function appendToChain(tx: Queryable, entries: Prepared[], keys: Keys, clock: Clock): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  await followKeys(tx, keys);
  const head = await headOf(tx);
  let previous = head?.mac ?? GENESIS;
  let seq = BigInt(head?.seq ?? 0);
  const now = clock.now();
  const { keyId } = keys;
  const rows = entries.map((entry) => {
    seq += 1n;
    const row: ChainedRow = { ...entry, seq: String(seq), at: atText(now), keyId };
    previous = macOf(keys, row, previous);
    return {
      seq: row.seq,
      at: isoOf(now),
      actor_kind: row.actorKind,
      actor_id: row.actorId,
      address: row.address,
      action: row.action,
      subject_kind: row.subjectKind,
      subject_id: row.subjectId,
      outcome: row.outcome,
      attempts: row.attempts,
      before: row.before,
      after: row.after,
      key_id: keyId,
      mac: previous.toString('hex'),
    };
  });
  await tx.query({ name: 'audit-append', text: APPEND, values: [JSON.stringify(rows)] });
}

export const CHAINED_COLUMNS = `seq::text AS seq, ${AT_TEXT} AS at, actor_kind AS "actorKind", actor_id AS "actorId",
  address, action, subject_kind AS "subjectKind", subject_id AS "subjectId", outcome, attempts, before, after,
  key_id AS "keyId", mac`;

/** Entries after `seq` (null: all), in order. */
export async function entriesAfter(
  db: Queryable,
  seq: string | null,
  limit: number,
): Promise<(ChainedRow & { mac: Buffer })[]> {
  const { rows } = await db.query<ChainedRow & { mac: Buffer }>(
    `SELECT ${CHAINED_COLUMNS} FROM audit_event WHERE ($1::bigint IS NULL OR audit_event.seq > $1)
     ORDER BY audit_event.seq LIMIT $2`,
    [seq, limit],
  );
  return rows;
}
