/**
 * Runs and deliveries in the database. What is to do is in the rows; whoever works on one holds a lease, and when it ends
 * without a result (a process was killed) the next takes it.
 */
import type { Queryable } from '../../audit/index.js';
import type { Scope } from '../../shared/access.js';
import type { DeliveryState, PackSummary, RunView } from '../../shared/schedules.js';

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const at = (ms: number): Date => new Date(ms);
const ERASURES = 'coalesce((SELECT max(id) FROM erasure), 0)';
/**
 * Nobody was erased since the making of a run (`r`) began: said by what was committed, for clocks differ and an erasure is
 * dated before it ends.
 */
export const NOT_ERASED = `coalesce(r.erasures_seen, 0) >= ${ERASURES}`;

export interface RunRow {
  id: string;
  scheduleId: number;
  /** Epoch ms. */
  due: number;
  kind: RunView['kind'];
  missed: number;
  attempts: number;
}

/** Null: there is a run for this time already. Deliveries to all destinations that are there come with it. */
export async function insertRun(
  tx: Queryable,
  run: { scheduleId: number; due: number; kind: RunView['kind']; missed: number },
  now: number,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO report_run (schedule_id, due, kind, missed, next_attempt) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (schedule_id, due) DO NOTHING RETURNING id::text AS id`,
    [run.scheduleId, at(run.due), run.kind, run.missed, at(now)],
  );
  const id = rows[0]?.id;
  if (id === undefined) return null;
  await tx.query(
    `INSERT INTO report_delivery (message_id, run_id, schedule_id, due, destination_id, next_attempt)
     SELECT gen_random_uuid(), $1, $2, $3, id, $4 FROM report_destination
     WHERE schedule_id = $2 AND sealed IS NOT NULL ORDER BY id`,
    [id, run.scheduleId, at(run.due), at(now)],
  );
  return id;
}

/** How often it was taken, this time included: whoever took it before says nothing of it any more. */
interface Taken {
  id: string;
  takes: number;
}
export type TakenRun = RunRow & Taken;

/** Takes one run to be made; null: none waits. */
export async function takeRun(db: Queryable, now: number, leaseMs: number): Promise<TakenRun | null> {
  const { rows } = await db.query<TakenRun>(
    `UPDATE report_run SET state = 'making', attempts = attempts + 1, takes = takes + 1, leased_until = $2,
       erasures_seen = ${ERASURES}
     WHERE id = (SELECT id FROM report_run
       WHERE state IN ('waiting', 'making') AND next_attempt <= $1 AND (state = 'waiting' OR leased_until < $1)
       ORDER BY next_attempt, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id::text AS id, schedule_id AS "scheduleId", ${MS('due')} AS due, kind, missed, attempts, takes`,
    [at(now), at(now + leaseMs)],
  );
  return rows[0] ?? null;
}

export interface MadeFile {
  name: string;
  content: Buffer;
  sha256: Buffer;
  summary: PackSummary;
}

/** `scope`: what is in it; `began`: when it began to be read, epoch ms. False: somebody else has taken it over meanwhile. */
export async function keepMade(
  db: Queryable,
  run: TakenRun,
  file: MadeFile & { scope: Scope },
  began: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE report_run SET state = 'made', leased_until = NULL, error_code = NULL, made_at = $3, file_name = $4, file = $5,
       bytes = $6, sha256 = $7, summary = $8, scope = $9
     WHERE id = $1 AND state = 'making' AND takes = $2`,
    [
      run.id,
      run.takes,
      at(began),
      file.name,
      file.content,
      file.content.length,
      file.sha256,
      JSON.stringify(file.summary),
      JSON.stringify(file.scope),
    ],
  );
  return rowCount === 1;
}

/** `again`: epoch ms of the next attempt, null for none; its deliveries have then failed as well. */
export async function keepNotMade(db: Queryable, run: Taken, code: string, again: number | null): Promise<void> {
  const { rowCount } = await db.query(
    `UPDATE report_run SET state = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE 'waiting' END, leased_until = NULL,
       error_code = $3, next_attempt = coalesce($4, next_attempt)
     WHERE id = $1 AND state = 'making' AND takes = $2`,
    [run.id, run.takes, code, again === null ? null : at(again)],
  );
  if (rowCount !== 1 || again !== null) return;
  await db.query(
    `UPDATE report_delivery SET state = 'failed', error_code = $2 WHERE run_id = $1 AND state = 'waiting'`,
    [run.id, code],
  );
}

/** A pack that could not be made is to be made again, and sent to where it is still missing. */
export async function makeAgain(tx: Queryable, runId: string, now: number): Promise<void> {
  await tx.query(
    `UPDATE report_run SET state = 'waiting', attempts = 0, error_code = NULL, next_attempt = $2
     WHERE id = $1 AND state = 'failed'`,
    [runId, at(now)],
  );
}

export interface TakenDelivery extends Taken {
  messageId: string;
  attempts: number;
  /** Tries whose end nobody knows, since somebody last asked for one. */
  cutOff: number;
  scheduleId: number;
  destinationId: number;
  kind: string;
  sealed: Buffer | null;
  fileName: string;
  file: Buffer | null;
  sha256: Buffer;
  summary: PackSummary;
  /** What is in it; null: not known. */
  scope: Scope | null;
  /** Of a delivery in two steps the first is done. */
  textSent: boolean;
}

/**
 * Takes one delivery of a made pack; null: none waits. One that may hold somebody who was erased is made again first; one
 * whose file is gone is taken without, so that it ends.
 */
export async function takeDelivery(db: Queryable, now: number, leaseMs: number): Promise<TakenDelivery | null> {
  const { rows } = await db.query<TakenDelivery>(
    `UPDATE report_delivery d SET state = 'sending', attempts = d.attempts + 1, takes = d.takes + 1, leased_until = $2,
       interrupted = d.interrupted OR d.state = 'sending', cut_off = d.cut_off + (d.state = 'sending')::int
     FROM report_run r, report_destination t
     WHERE d.id = (SELECT w.id FROM report_delivery w JOIN report_run m ON m.id = w.run_id AND m.state = 'made'
         AND (m.file IS NULL OR coalesce(m.erasures_seen, 0) >= ${ERASURES})
       WHERE w.state IN ('waiting', 'sending') AND w.next_attempt <= $1 AND (w.state = 'waiting' OR w.leased_until < $1)
       ORDER BY w.next_attempt, w.id LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
       AND r.id = d.run_id AND t.id = d.destination_id
     RETURNING d.id::text AS id, d.message_id AS "messageId", d.attempts, d.takes, d.cut_off AS "cutOff",
       d.schedule_id AS "scheduleId", d.destination_id AS "destinationId", t.kind, t.sealed, r.file_name AS "fileName",
       r.file, r.sha256, r.summary, r.scope, d.text_sent_at IS NOT NULL AS "textSent"`,
    [at(now), at(now + leaseMs)],
  );
  return rows[0] ?? null;
}

/** Whoever works on a run or a delivery is alive. What somebody else has taken over by now stays theirs. */
export async function extendLease(
  db: Queryable,
  of: 'report_run' | 'report_delivery',
  { id, takes }: Taken,
  until: number,
): Promise<void> {
  await db.query(`UPDATE ${of} SET leased_until = $3 WHERE id = $1 AND takes = $2 AND state IN ('making', 'sending')`, [
    id,
    takes,
    at(until),
  ]);
}

/** The text has arrived: whatever becomes of the file, it is not sent again. False: somebody else has taken it over. */
export async function keepTextSent(tx: Queryable, { id, takes }: Taken, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE report_delivery SET text_sent_at = $3 WHERE id = $1 AND state = 'sending' AND takes = $2`,
    [id, takes, at(now)],
  );
  return rowCount === 1;
}

/** False: somebody else has taken it over meanwhile. */
export async function keepSent(tx: Queryable, { id, takes }: Taken, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE report_delivery SET state = 'sent', leased_until = NULL, sent_at = $3, error_code = NULL, error_params = NULL
     WHERE id = $1 AND state = 'sending' AND takes = $2`,
    [id, takes, at(now)],
  );
  return rowCount === 1;
}

export async function keepNotSent(
  db: Queryable,
  { id, takes }: Taken,
  error: { code: string; params: object },
  again: number | null,
): Promise<void> {
  await db.query(
    `UPDATE report_delivery SET state = CASE WHEN $5::timestamptz IS NULL THEN 'failed' ELSE 'waiting' END,
       leased_until = NULL, error_code = $3, error_params = $4, next_attempt = coalesce($5, next_attempt)
     WHERE id = $1 AND state = 'sending' AND takes = $2`,
    [id, takes, error.code, JSON.stringify(error.params), again === null ? null : at(again)],
  );
}

/** Whoever asked for it pays attention: a fresh row of attempts. False: it is under way or was sent. */
export async function sendAgain(tx: Queryable, id: string, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE report_delivery SET state = 'waiting', attempts = 0, cut_off = 0, next_attempt = $2, error_code = NULL,
       error_params = NULL
     WHERE id = $1 AND (state = 'failed' OR (state = 'waiting' AND attempts > 0))`,
    [id, at(now)],
  );
  return rowCount === 1;
}

// ── history ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface HistoryRun extends RunRow {
  state: RunView['state'];
  errorCode: string | null;
  fileName: string | null;
  bytes: number | null;
  sha256: string | null;
  kept: boolean;
  /** Epoch ms. */
  nextAttempt: number;
}

export interface HistoryDelivery {
  id: string;
  runId: string;
  destinationId: number;
  state: DeliveryState;
  attempts: number;
  nextAttempt: number;
  sentAt: number | null;
  errorCode: string | null;
  errorParams: Record<string, string | number> | null;
  textSent: boolean;
  interrupted: boolean;
}

const RUN = `id::text AS id, schedule_id AS "scheduleId", ${MS('due')} AS due, kind, missed, attempts, state,
  error_code AS "errorCode", file_name AS "fileName", bytes, encode(sha256, 'hex') AS sha256, file IS NOT NULL AS kept,
  ${MS('next_attempt')} AS "nextAttempt"`;

/** Newest first. */
export async function runsOf(db: Queryable, scheduleId: number, limit: number): Promise<HistoryRun[]> {
  const { rows } = await db.query<HistoryRun>(
    `SELECT ${RUN} FROM report_run WHERE schedule_id = $1 ORDER BY due DESC LIMIT $2`,
    [scheduleId, limit],
  );
  return rows;
}

export async function deliveriesOf(db: Queryable, runs: readonly string[]): Promise<HistoryDelivery[]> {
  const { rows } = await db.query<HistoryDelivery>(
    `SELECT id::text AS id, run_id::text AS "runId", destination_id AS "destinationId", state, attempts,
       ${MS('next_attempt')} AS "nextAttempt", ${MS('sent_at')} AS "sentAt", error_code AS "errorCode",
       error_params AS "errorParams", text_sent_at IS NOT NULL AS "textSent", interrupted
     FROM report_delivery WHERE run_id = ANY($1::bigint[]) ORDER BY id`,
    [[...runs]],
  );
  return rows;
}

export interface LastRun {
  scheduleId: number;
  due: number;
  state: RunView['state'];
  /** At making it, and when the next is. */
  attempts: number;
  nextAttempt: number;
  /** Of its deliveries. `begun`: wait for another try; `reached`: some of it has arrived. */
  all: number;
  sent: number;
  failed: number;
  begun: number;
  reached: number;
  /** The soonest of the tries that are waited for. Null: none. */
  again: { attempts: number; at: number } | null;
}

/** How the newest run of each schedule stands. */
export async function lastRuns(db: Queryable, schedules: readonly number[]): Promise<LastRun[]> {
  const { rows } = await db.query<LastRun>(
    `SELECT DISTINCT ON (r.schedule_id) r.schedule_id AS "scheduleId", ${MS('r.due')} AS due, r.state, r.attempts,
       ${MS('r.next_attempt')} AS "nextAttempt", d.*, a.again
     FROM report_run r
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS all, count(*) FILTER (WHERE state = 'sent')::int AS sent,
         count(*) FILTER (WHERE state = 'failed')::int AS failed,
         count(*) FILTER (WHERE state = 'waiting' AND attempts > 0)::int AS begun,
         count(*) FILTER (WHERE state = 'sent' OR text_sent_at IS NOT NULL)::int AS reached
       FROM report_delivery WHERE run_id = r.id) d
     LEFT JOIN LATERAL (
       SELECT json_build_object('attempts', attempts, 'at', ${MS('next_attempt')}) AS again FROM report_delivery
       WHERE run_id = r.id AND state = 'waiting' AND attempts > 0 ORDER BY next_attempt LIMIT 1) a ON true
     WHERE r.schedule_id = ANY($1::integer[]) ORDER BY r.schedule_id, r.due DESC`,
    [[...schedules]],
  );
  return rows;
}

export interface FoundDelivery {
  runId: string;
  scheduleId: number;
  runState: RunView['state'];
  /** It was not sent, and its pack is not kept any more: there is nothing to send. */
  fileGone: boolean;
}

export async function findDelivery(db: Queryable, id: string): Promise<FoundDelivery | null> {
  const { rows } = await db.query<FoundDelivery>(
    `SELECT d.run_id::text AS "runId", d.schedule_id AS "scheduleId", r.state AS "runState",
       d.state <> 'sent' AND r.state = 'made' AND r.file IS NULL AS "fileGone"
     FROM report_delivery d JOIN report_run r ON r.id = d.run_id WHERE d.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export async function fileOf(
  db: Queryable,
  runId: string,
): Promise<{
  scheduleId: number;
  name: string | null;
  file: Buffer | null;
  sha256: string | null;
  scope: Scope | null;
} | null> {
  const { rows } = await db.query<{
    scheduleId: number;
    name: string | null;
    file: Buffer | null;
    sha256: string | null;
    scope: Scope | null;
  }>(
    `SELECT schedule_id AS "scheduleId", file_name AS name, encode(sha256, 'hex') AS sha256, scope,
       CASE WHEN ${NOT_ERASED} THEN file END AS file
     FROM report_run r WHERE id = $1`,
    [runId],
  );
  return rows[0] ?? null;
}

/**
 * A file from before the last erasure of a person may hold them: it goes, and a pack that is still to be sent is made again.
 * Uses report_run_file.
 */
export async function forgetErased(db: Queryable, now: number): Promise<void> {
  await db.query(
    `WITH old AS (
       SELECT r.id, EXISTS (SELECT FROM report_delivery d WHERE d.run_id = r.id AND d.state IN ('waiting', 'sending')) AS unsent
       FROM report_run r
       WHERE r.file IS NOT NULL AND r.state = 'made' AND NOT ${NOT_ERASED} FOR UPDATE)
     UPDATE report_run r SET file = NULL, summary = CASE WHEN o.unsent THEN r.summary END,
       state = CASE WHEN o.unsent THEN 'waiting' ELSE r.state END, attempts = CASE WHEN o.unsent THEN 0 ELSE r.attempts END,
       next_attempt = CASE WHEN o.unsent THEN $1 ELSE r.next_attempt END
     FROM old o WHERE o.id = r.id`,
    [at(now)],
  );
}

/** Files made before `filesBefore` and runs due before `runsBefore` go. What is still to be sent keeps its file. */
export async function tidy(db: Queryable, filesBefore: number, runsBefore: number): Promise<void> {
  await db.query(
    `UPDATE report_run r SET file = NULL WHERE file IS NOT NULL AND made_at < $1
     AND NOT EXISTS (SELECT FROM report_delivery d WHERE d.run_id = r.id AND d.state IN ('waiting', 'sending'))`,
    [at(filesBefore)],
  );
  await db.query('DELETE FROM report_run WHERE due < $1', [at(runsBefore)]);
}
