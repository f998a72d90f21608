/** What a class is made of: counted, and removed in chunks of one short transaction each. */
import { isoOf } from '../platform/index.js';
import type { RetentionClass } from '../shared/retention.js';
import { FACTS } from './facts.js';
import { RAW } from './raw-bodies.js';
import { type Counted, daysBefore, type Retained } from './removal.js';
import type { Db } from './settings.repository.js';

/** Rows of one statement: well under half a second, also with bodies of a few kilobytes. */
const CHUNK = 2_000;

export async function inChunks(step: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const rows = await step();
    if (rows === 0) return total;
    total += rows;
  }
}

const COUNTED = (table: string, at: string): string =>
  `SELECT count(*)::float8 AS total, count(*) FILTER (WHERE ${at} < $1::timestamptz)::float8 AS old,
     (extract(epoch FROM min(${at})) * 1000)::float8 AS oldest FROM ${table}`;

async function counted(db: Db, sql: string, before: number): Promise<Counted> {
  const { rows } = await db.query<Counted>(sql, [isoOf(before)]);
  return rows[0] ?? { total: 0, old: 0, oldest: null };
}

/** What the fold refused stays as a row without its body: `verify` must go on knowing that it is in no call. */
const STAYS = 'event_id IS NOT NULL AND replayed_at IS NULL';

const parked: Retained = {
  horizon: daysBefore,
  count: (db, before) => counted(db, COUNTED(`parked_event WHERE NOT (${STAYS} AND body = '')`, 'received_at'), before),
  async remove(pool, before) {
    const chunk = (sql: string) => inChunks(async () => (await pool.query(sql, [isoOf(before), CHUNK])).rowCount ?? 0);
    const of = (condition: string): string =>
      `id IN (SELECT p.id FROM parked_event p WHERE p.received_at < $1 AND ${condition} ORDER BY p.id LIMIT $2)`;
    const emptied = await chunk(`UPDATE parked_event SET body = '' WHERE ${of(`${STAYS} AND body <> ''`)}`);
    return emptied + (await chunk(`DELETE FROM parked_event WHERE ${of(`NOT (${STAYS})`)}`));
  },
};

/** Each with the time from which it is of no use to anybody; only what is over belongs to the class. */
const ENDED = (now: number): string => `(
  SELECT expires_at AS at FROM session UNION ALL SELECT expires_at FROM access_link
  UNION ALL SELECT expires_at FROM screen_pairing) AS ended WHERE at < '${isoOf(now)}'`;

const access: Retained = {
  horizon: daysBefore,
  count: (db, before, now) => counted(db, COUNTED(ENDED(now), 'at'), before),
  async remove(pool, before) {
    let removed = 0;
    for (const table of ['session', 'access_link', 'screen_pairing'] as const) {
      const { rowCount } = await pool.query(`DELETE FROM ${table} WHERE expires_at < $1`, [isoOf(before)]);
      removed += rowCount ?? 0;
    }
    return removed;
  },
};

/** The audit log removes itself (audit/checkpoint.ts), up to the first entry that is young enough; here it is counted. */
export function countAudit(db: Db, before: number): Promise<Counted> {
  return counted(
    db,
    `SELECT count(*)::float8 AS total, (extract(epoch FROM min(at)) * 1000)::float8 AS oldest, count(*) FILTER (
       WHERE seq < coalesce((SELECT min(y.seq) FROM audit_event y WHERE y.at >= $1::timestamptz), 9223372036854775807)
     )::float8 AS old FROM audit_event`,
    before,
  );
}

export const RETAINED: Readonly<Record<Exclude<RetentionClass, 'audit'>, Retained>> = {
  raw: RAW,
  facts: FACTS,
  parked,
  access,
};
