/** Schedules and their destinations in the database. */
import type { Queryable } from '../../audit/index.js';
import type { ReportSource } from '../../shared/reports.js';
import type {
  DestinationKind,
  PackLink,
  ScheduleFormat,
  ScheduleRhythm,
  StoppedReason,
} from '../../shared/schedules.js';

export interface ScheduleFields {
  name: string;
  sources: ReportSource[];
  format: ScheduleFormat;
  language: 'en' | 'zh';
  rhythm: ScheduleRhythm;
  zone: string | null;
  workingDaysOnly: boolean;
  packLink: PackLink;
  packLinkUses: number;
  active: boolean;
}

export interface ScheduleRow extends ScheduleFields {
  id: number;
  revision: number;
  owner: { id: number; name: string } | null;
  stoppedReason: StoppedReason | null;
  /** Epoch ms. */
  nextRun: number | null;
}

export interface DestinationRow {
  id: number;
  scheduleId: number;
  kind: DestinationKind;
  /** Null: removed. */
  sealed: Buffer | null;
}

interface RawSchedule extends Omit<ScheduleRow, 'rhythm'> {
  every: 'daily' | 'weekly' | 'monthly';
  weekday: number | null;
  monthDay: number | null;
  minuteOfDay: number;
}

const COLUMNS = `s.id, s.revision, s.name, s.sources, s.format, s.language, s.zone, s.active, s.rhythm AS every,
  s.weekday, s.month_day AS "monthDay", s.minute_of_day AS "minuteOfDay", s.working_days_only AS "workingDaysOnly",
  s.pack_link AS "packLink", s.pack_link_uses AS "packLinkUses", s.stopped_reason AS "stoppedReason", (extract(epoch FROM s.next_run) * 1000)::float8 AS "nextRun",
  (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = s.owner_id) AS owner`;

function read({ every, weekday, monthDay, minuteOfDay, ...row }: RawSchedule): ScheduleRow {
  const two = (value: number) => String(value).padStart(2, '0');
  const at = `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
  if (every === 'weekly') return { ...row, rhythm: { every: 'week', weekday: weekday ?? 1, at } };
  if (every === 'monthly')
    return { ...row, rhythm: { every: 'month', day: monthDay === 0 ? 'last' : (monthDay ?? 1), at } };
  return { ...row, rhythm: { every: 'day', at } };
}

/** `owner`: only theirs; null: everybody's. Oldest first. */
export async function listSchedules(db: Queryable, owner: number | null): Promise<ScheduleRow[]> {
  const { rows } = await db.query<RawSchedule>(
    `SELECT ${COLUMNS} FROM report_schedule s WHERE $1::integer IS NULL OR s.owner_id = $1 ORDER BY s.id`,
    [owner],
  );
  return rows.map(read);
}

export async function findSchedule(db: Queryable, id: number, lock = false): Promise<ScheduleRow | null> {
  const { rows } = await db.query<RawSchedule>(
    `SELECT ${COLUMNS} FROM report_schedule s WHERE s.id = $1 ${lock ? 'FOR UPDATE OF s' : ''}`,
    [id],
  );
  const row = rows[0];
  return row === undefined ? null : read(row);
}

export async function countSchedules(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM report_schedule');
  return rows[0]?.n ?? 0;
}

/** Of a rhythm: its name, weekday, day of the month, minute of the day. */
function rhythmValues(rhythm: ScheduleRhythm): [string, number | null, number | null, number] {
  const [hours = 0, minutes = 0] = rhythm.at.split(':').map(Number);
  const minute = hours * 60 + minutes;
  switch (rhythm.every) {
    case 'day':
      return ['daily', null, null, minute];
    case 'week':
      return ['weekly', rhythm.weekday, null, minute];
    case 'month':
      return ['monthly', null, rhythm.day === 'last' ? 0 : rhythm.day, minute];
  }
}

export async function insertSchedule(
  tx: Queryable,
  fields: ScheduleFields,
  { owner, nextRun, now }: { owner: number; nextRun: number | null; now: number },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO report_schedule (name, sources, format, language, rhythm, weekday, month_day, minute_of_day, zone,
       working_days_only, pack_link, pack_link_uses, active, owner_id, next_run, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) RETURNING id`,
    [...valuesOf(fields), owner, dateOf(nextRun), new Date(now)],
  );
  return rows[0]?.id ?? 0;
}

/** A change by a person: whatever had stopped it is over. */
export async function updateSchedule(
  tx: Queryable,
  id: number,
  fields: ScheduleFields,
  { owner, nextRun, now }: { owner: number | null; nextRun: number | null; now: number },
): Promise<void> {
  await tx.query(
    `UPDATE report_schedule SET name = $1, sources = $2, format = $3, language = $4, rhythm = $5, weekday = $6,
       month_day = $7, minute_of_day = $8, zone = $9, working_days_only = $10, pack_link = $11, pack_link_uses = $12,
       active = $13, owner_id = $14, next_run = $15, updated_at = $16, revision = revision + 1,
       stopped_reason = CASE WHEN $13 THEN NULL ELSE stopped_reason END
     WHERE id = $17`,
    [...valuesOf(fields), owner, dateOf(nextRun), new Date(now), id],
  );
}

function valuesOf(fields: ScheduleFields): unknown[] {
  const { name, sources, format, language, rhythm, zone, workingDaysOnly, packLink, packLinkUses, active } = fields;
  return [
    name,
    JSON.stringify(sources),
    format,
    language,
    ...rhythmValues(rhythm),
    zone,
    workingDaysOnly,
    packLink,
    packLinkUses,
    active,
  ];
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

export async function deleteSchedule(tx: Queryable, id: number): Promise<void> {
  await tx.query('DELETE FROM report_schedule WHERE id = $1', [id]);
}

/** Those that are due, locked; what another process holds is left out. */
export async function lockDue(tx: Queryable, now: number, limit: number): Promise<ScheduleRow[]> {
  const { rows } = await tx.query<RawSchedule>(
    `SELECT ${COLUMNS} FROM report_schedule s WHERE s.next_run <= $1 ORDER BY s.next_run LIMIT $2
     FOR UPDATE OF s SKIP LOCKED`,
    [new Date(now), limit],
  );
  return rows.map(read);
}

export async function setNextRun(tx: Queryable, id: number, nextRun: number | null): Promise<void> {
  await tx.query('UPDATE report_schedule SET next_run = $2 WHERE id = $1', [id, dateOf(nextRun)]);
}

/** False when it was stopped already. */
export async function stopSchedule(tx: Queryable, id: number, reason: StoppedReason): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE report_schedule SET active = false, next_run = NULL, stopped_reason = $2, revision = revision + 1
     WHERE id = $1 AND active`,
    [id, reason],
  );
  return rowCount === 1;
}

// ── destinations ──────────────────────────────────────────────────────────────────────────────────────────────────────

const DESTINATION = 'id, schedule_id AS "scheduleId", kind, sealed';

/** Removed ones included, for the history. */
export async function destinationsOf(db: Queryable, schedules: readonly number[]): Promise<DestinationRow[]> {
  const { rows } = await db.query<DestinationRow>(
    `SELECT ${DESTINATION} FROM report_destination WHERE schedule_id = ANY($1::integer[]) ORDER BY id`,
    [[...schedules]],
  );
  return rows;
}

/** The id first: it is part of how the row is sealed. */
export async function newDestinationId(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('report_destination', 'id'))::int AS id`,
  );
  return rows[0]?.id ?? 0;
}

export async function putDestination(tx: Queryable, { id, scheduleId, kind, sealed }: DestinationRow): Promise<void> {
  await tx.query(
    `INSERT INTO report_destination (id, schedule_id, kind, sealed) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
    [id, scheduleId, kind, sealed],
  );
}

/** Its history stays, its address and secret do not; what still waits for it is not sent. */
export async function removeDestinations(tx: Queryable, ids: readonly number[]): Promise<void> {
  await tx.query('UPDATE report_destination SET sealed = NULL WHERE id = ANY($1::integer[])', [[...ids]]);
  await tx.query(
    `UPDATE report_delivery SET state = 'failed', leased_until = NULL, error_code = 'destination_removed'
     WHERE destination_id = ANY($1::integer[]) AND state IN ('waiting', 'sending')`,
    [[...ids]],
  );
}
