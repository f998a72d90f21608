/** Limits and runs of retention in the database. */
import type { PoolClient } from 'pg';
import { isoOf } from '../platform/index.js';
import {
  RETENTION_CLASSES,
  RETENTION_LIMITS,
  type RetentionClass,
  type RetentionDays,
  type RetentionRunView,
} from '../shared/retention.js';

export type Db = Pick<PoolClient, 'query'>;

/** The limits in force: those set, else the defaults. */
export async function loadDays(db: Db): Promise<RetentionDays> {
  const { rows } = await db.query<{ class: string; days: number }>('SELECT class, days FROM retention_setting');
  const set = new Map(rows.map((row) => [row.class, row.days]));
  const of = (id: RetentionClass): number => set.get(id) ?? RETENTION_LIMITS[id].defaultDays;
  return { raw: of('raw'), facts: of('facts'), parked: of('parked'), access: of('access'), audit: of('audit') };
}

export async function saveDays(tx: Db, days: Partial<RetentionDays>): Promise<void> {
  for (const id of RETENTION_CLASSES) {
    const wanted = days[id];
    if (wanted === undefined) continue;
    await tx.query(
      `INSERT INTO retention_setting (class, days) VALUES ($1, $2) ON CONFLICT (class) DO UPDATE SET days = excluded.days`,
      [id, wanted],
    );
  }
}

const RUN = `(extract(epoch FROM started_at) * 1000)::float8 AS started,
  (extract(epoch FROM finished_at) * 1000)::float8 AS finished, started_by AS "startedBy", removed, failure`;

export async function findLastRun(db: Db): Promise<RetentionRunView | null> {
  const { rows } = await db.query<
    { started: number; finished: number | null } & Pick<RetentionRunView, 'startedBy' | 'removed' | 'failure'>
  >(`SELECT ${RUN} FROM retention_run ORDER BY started_at DESC, id DESC LIMIT 1`);
  const [row] = rows;
  if (row === undefined) return null;
  const { started, finished, ...rest } = row;
  return { ...rest, startedAt: isoOf(started), finishedAt: finished === null ? null : isoOf(finished) };
}

export async function beginRun(db: Db, startedBy: RetentionRunView['startedBy'], now: number): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'INSERT INTO retention_run (started_at, started_by) VALUES ($1, $2) RETURNING id',
    [isoOf(now), startedBy],
  );
  return rows[0]?.id ?? 0;
}

export async function endRun(
  db: Db,
  id: number,
  run: { removed: Partial<RetentionDays>; failure: string | null; now: number },
): Promise<void> {
  await db.query('UPDATE retention_run SET finished_at = $2, removed = $3, failure = $4 WHERE id = $1', [
    id,
    isoOf(run.now),
    JSON.stringify(run.removed),
    run.failure,
  ]);
}

/** Runs are kept as long as the audit log that speaks of them. */
export async function forgetRuns(db: Db, before: number): Promise<void> {
  await db.query('DELETE FROM retention_run WHERE started_at < $1', [isoOf(before)]);
}
