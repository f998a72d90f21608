/** Reads of the audit log by filter, newest first. */
import type { PoolClient } from 'pg';
import { isoOf } from '../platform/index.js';
import type { AuditFilter } from './audit-query.js';

export interface AuditEventRow {
  seq: string;
  /** Epoch ms. */
  at: number;
  actorKind: 'user' | 'key' | 'screen' | 'system' | 'anonymous';
  actorId: number | null;
  address: string | null;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  outcome: 'done' | 'refused';
  attempts: number;
  before: string | null;
  after: string | null;
  keyId: number;
  mac: Buffer;
}

type Db = Pick<PoolClient, 'query'>;

const COLUMNS = `seq::text AS seq, (extract(epoch FROM at) * 1000)::float8 AS at, actor_kind AS "actorKind",
  actor_id AS "actorId", address, action, subject_kind AS "subjectKind", subject_id AS "subjectId", outcome, attempts,
  before, after, key_id AS "keyId", mac`;

/** Entries before `cursor` (a number of an entry; null: from the newest). */
export async function findEvents(
  db: Db,
  filter: AuditFilter,
  limit: number,
  cursor: string | null,
): Promise<AuditEventRow[]> {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: string, value: unknown): void => {
    values.push(value);
    conditions.push(condition.replace('?', `$${values.length}`));
  };
  if (cursor !== null) where('audit_event.seq < ?::bigint', cursor);
  if (filter.from !== null) where('audit_event.at >= ?::timestamptz', isoOf(filter.from));
  if (filter.to !== null) where('audit_event.at < ?::timestamptz', isoOf(filter.to));
  if (filter.actor !== null) {
    where('actor_kind = ?', filter.actor.kind);
    if (filter.actor.id !== null) where('actor_id = ?::integer', filter.actor.id);
  }
  if (filter.actions !== null) where('action = ANY(?::text[])', filter.actions);
  if (filter.subject !== null) {
    where('subject_kind = ?', filter.subject.kind);
    if (filter.subject.id !== null) where('subject_id = ?', filter.subject.id);
  }
  if (filter.outcome !== null) where('outcome = ?', filter.outcome);
  values.push(limit);
  const { rows } = await db.query<AuditEventRow>(
    `SELECT ${COLUMNS} FROM audit_event ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY audit_event.seq DESC LIMIT $${values.length}`,
    values,
  );
  return rows;
}

/** Everybody the log names; a few at most, as keys and people are. */
export async function findActors(db: Db): Promise<{ kind: AuditEventRow['actorKind']; id: number | null }[]> {
  const { rows } = await db.query<{ kind: AuditEventRow['actorKind']; id: number | null }>(
    'SELECT actor_kind AS kind, actor_id AS id FROM audit_event GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 1000',
  );
  return rows;
}

export interface ChainEnds {
  entries: number;
  first: { seq: string; at: number } | null;
  last: { seq: string; at: number } | null;
  origin: { seq: string; at: number } | null;
}

export async function findChainEnds(db: Db): Promise<ChainEnds> {
  const end = (order: 'ASC' | 'DESC', table: string): string =>
    `(SELECT json_build_object('seq', e.seq::text, 'at', (extract(epoch FROM e.at) * 1000)::float8)
      FROM ${table} e ORDER BY e.seq ${order} LIMIT 1)`;
  const { rows } = await db.query<ChainEnds>(
    `SELECT (SELECT count(*)::float8 FROM audit_event) AS entries, ${end('ASC', 'audit_event')} AS first,
       ${end('DESC', 'audit_event')} AS last, ${end('DESC', 'audit_checkpoint')} AS origin`,
  );
  return rows[0] ?? { entries: 0, first: null, last: null, origin: null };
}
