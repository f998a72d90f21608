/**
 * Writes to the log. One statement inserts events, their raw bodies and their place on the fold's to-do list, so that no
 * event can be committed without being on the list.
 *
 * What belongs to a call that retention has removed stays out (forgotten.ts): alone it would make a second call.
 */
import type { PoolClient } from 'pg';
import { ERASURE_VERSION } from '../../customers/index.js';
import { isForgottenSql } from './forgotten.js';
import type { StoredEvent } from './stored-event.js';

export interface LogRow {
  dedupKey: Buffer;
  event: StoredEvent;
  receivedAt: number;
  /** Null for events made here, which have no body. */
  raw: { kind: string; sealed: Buffer } | null;
  /** Of an outcome, in clear: kept sealed beside the event (LogWriter). */
  note?: string | null;
}

const INTEGER_MAX = 2_147_483_647;

/**
 * Keys and bodies come as one binary parameter: as text in the JSON they cost both sides more than all the rest. A key has
 * 32 bytes, or 33 where somebody erased is concerned (Erasures.keyedDedupKey).
 */
const APPEND = `
  WITH input AS MATERIALIZED (
    SELECT substring($2::bytea FROM x.at FOR x.key) AS dedup_key,
      CASE WHEN x.kind IS NOT NULL THEN substring($2::bytea FROM x.at + x.key FOR x.length) END AS body,
      ${isForgottenSql('x.leg', 'x.parent')} AS forgotten, x.*
    FROM json_to_recordset($1::json) AS x(n integer, at integer, key integer, length integer, provider text, account text, type text,
      leg text, parent text, part smallint, occurred float8, received float8, fields jsonb, kind text)
    WHERE ${ERASURE_VERSION} <= $3::integer
  ), logged AS (
    INSERT INTO call_event (dedup_key, provider, account, type, leg_id, parent_leg_id, partition, occurred_at, received_at, fields)
    SELECT dedup_key, provider, account, type, leg, parent, part, to_timestamp(occurred / 1000), to_timestamp(received / 1000), fields
    FROM input WHERE NOT forgotten
    ON CONFLICT (dedup_key) DO NOTHING
    RETURNING id, dedup_key, partition, received_at
  ), listed AS (
    INSERT INTO call_event_pending (partition, event_id) SELECT partition, id FROM logged
  ), kept AS (
    INSERT INTO raw_body (event_id, received_at, kind, body)
    SELECT logged.id, logged.received_at, input.kind, input.body
    FROM logged JOIN input USING (dedup_key) WHERE input.kind IS NOT NULL
  )
  SELECT input.n, logged.id FROM logged JOIN input USING (dedup_key)
  UNION ALL SELECT n, NULL FROM input WHERE forgotten
  UNION ALL SELECT NULL, ${ERASURE_VERSION}`;

/** Ids of the rows that were new, and the latest erasure as this very statement saw it. */
export interface Appended {
  fresh: Map<LogRow, string>;
  /** Of calls that retention has removed: not logged. */
  expired: Set<LogRow>;
  erasures: number;
}

/**
 * Appends what is new. Rows must be in key order and distinct. `erasures`: the latest one the caller knows of; when there
 * is a later one, nothing is appended and the answer says so.
 */
export async function appendEvents(
  tx: Pick<PoolClient, 'query'>,
  rows: LogRow[],
  erasures = INTEGER_MAX,
): Promise<Appended> {
  const result: Appended = { fresh: new Map(), expired: new Set(), erasures: 0 };
  if (rows.length === 0) return result;
  const bytes: Buffer[] = [];
  // SQL counts bytes from 1.
  let at = 1;
  const json = rows.map(({ dedupKey, event, receivedAt, raw }, n) => {
    const length = raw?.sealed.length ?? 0;
    const row = {
      n,
      at,
      key: dedupKey.length,
      length,
      provider: event.provider,
      account: event.account,
      type: event.type,
      leg: event.legId,
      parent: event.parentLegId,
      part: event.partition,
      occurred: event.occurredAt,
      received: receivedAt,
      fields: event.fields,
      kind: raw?.kind ?? null,
    };
    bytes.push(dedupKey);
    if (raw !== null) bytes.push(raw.sealed);
    at += dedupKey.length + length;
    return row;
  });
  const { rows: logged } = await tx.query<{ n: number | null; id: string | null }>({
    name: 'log-append',
    text: APPEND,
    values: [JSON.stringify(json), Buffer.concat(bytes), erasures],
  });
  for (const { n, id } of logged) {
    const row = n === null ? undefined : rows[n];
    if (row === undefined) result.erasures = Number(id);
    else if (id === null) result.expired.add(row);
    else result.fresh.set(row, id);
  }
  if (result.expired.size > 0) await looseNumbers(tx, result.expired);
  return result;
}

/** A number that only a late event names may have got its ciphertext back for it: retention looks at it again. */
async function looseNumbers(tx: Pick<PoolClient, 'query'>, rows: Iterable<LogRow>): Promise<void> {
  const refs = [...rows].flatMap(({ event: { fields } }) =>
    [fields.from, fields.to].flatMap((party) => (party?.kind === 'tel' ? [party.ref] : [])),
  );
  await tx.query(
    `INSERT INTO loose_number (customer_id) SELECT DISTINCT u.id FROM unnest($1::bigint[]) AS u(id) ORDER BY 1 ON CONFLICT DO NOTHING`,
    [refs],
  );
}

export interface ParkRow {
  dedupKey: Buffer;
  provider: string;
  kind: string;
  reason: string;
  field: string | null;
  receivedAt: number;
  sealed: Buffer;
}

/** Keys of the requests that were new (base64), and the latest erasure as this very statement saw it. */
export interface Parked {
  fresh: Set<string>;
  erasures: number;
}

/** Parks what cannot be used; a repetition of a parked request is one row. `erasures` as for `appendEvents`. */
export async function parkEvents(
  tx: Pick<PoolClient, 'query'>,
  rows: ParkRow[],
  erasures = INTEGER_MAX,
): Promise<Parked> {
  const result: Parked = { fresh: new Set(), erasures: 0 };
  if (rows.length === 0) return result;
  const { rows: parked } = await tx.query<{ k: string | null; version: number | null }>(
    `WITH parked AS (INSERT INTO parked_event (dedup_key, provider, kind, reason, field, received_at, body)
     SELECT decode(x.k, 'base64'), x.provider, x.kind, x.reason, x.field, to_timestamp(x.received / 1000), decode(x.body, 'base64')
     FROM json_to_recordset($1::json) AS x(k text, provider text, kind text, reason text, field text, received float8, body text)
     WHERE ${ERASURE_VERSION} <= $2::integer
     ON CONFLICT (dedup_key) DO NOTHING RETURNING dedup_key)
     SELECT encode(dedup_key, 'base64') AS k, NULL::integer AS version FROM parked
     UNION ALL SELECT NULL, ${ERASURE_VERSION}`,
    [
      JSON.stringify(
        rows.map((row) => ({
          k: row.dedupKey.toString('base64'),
          provider: row.provider,
          kind: row.kind,
          reason: row.reason,
          field: row.field,
          received: row.receivedAt,
          body: row.sealed.toString('base64'),
        })),
      ),
      erasures,
    ],
  );
  for (const { k, version } of parked) {
    if (k === null) result.erasures = version ?? 0;
    else result.fresh.add(k);
  }
  return result;
}

const DAY_MS = 86_400_000;

/**
 * Daily partitions of raw_body for the days ahead. A day that already has rows in the default partition keeps them
 * there; everything works without these partitions, only retention is then a DELETE instead of a DROP.
 */
export async function ensureRawPartitions(db: Pick<PoolClient, 'query'>, now: number, daysAhead = 7): Promise<void> {
  for (let offset = 1; offset <= daysAhead; offset++) {
    const from = new Date(now + offset * DAY_MS).toISOString().slice(0, 10);
    const to = new Date(now + (offset + 1) * DAY_MS).toISOString().slice(0, 10);
    const name = `raw_body_${from.replaceAll('-', '')}`;
    await db.query(
      `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF raw_body FOR VALUES FROM ('${from}T00:00Z') TO ('${to}T00:00Z')`,
    );
  }
}
