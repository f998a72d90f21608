/** Shift patterns, holidays and leave in the database. */
import type { HolidayView, LeaveCreate, LeaveView, ShiftPatternView, ShiftView } from '../../shared/organisation.js';
import type { Queryable } from '../teams/teams.repository.js';

/** Whose shifts: the column decides the index. */
export type Holder = 'team' | 'agent';
const COLUMN = { team: 'team_id', agent: 'agent_id' } as const satisfies Record<Holder, string>;

/** Oldest first. */
export async function patternsOf(
  db: Queryable,
  holder: Holder,
  ids: readonly number[],
): Promise<Map<number, ShiftPatternView[]>> {
  const column = COLUMN[holder];
  const { rows } = await db.query<{ id: number; validFrom: string; shifts: ShiftView[] }>(
    `SELECT ${column} AS id, valid_from::text AS "validFrom", shifts FROM shift_pattern
     WHERE ${column} = ANY($1::integer[]) ORDER BY ${column}, valid_from`,
    [[...ids]],
  );
  const byId = new Map<number, ShiftPatternView[]>();
  for (const { id, ...pattern } of rows) byId.set(id, [...(byId.get(id) ?? []), pattern]);
  return byId;
}

export async function putPattern(
  tx: Queryable,
  holder: Holder,
  id: number,
  validFrom: string,
  shifts: readonly ShiftView[],
): Promise<void> {
  const column = COLUMN[holder];
  await tx.query(
    `INSERT INTO shift_pattern (${column}, valid_from, shifts) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT (${column}, valid_from) DO UPDATE SET shifts = excluded.shifts`,
    [id, validFrom, JSON.stringify(shifts)],
  );
}

export async function deletePattern(tx: Queryable, holder: Holder, id: number, validFrom: string): Promise<boolean> {
  const { rowCount } = await tx.query(`DELETE FROM shift_pattern WHERE ${COLUMN[holder]} = $1 AND valid_from = $2`, [
    id,
    validFrom,
  ]);
  return rowCount === 1;
}

/** `to` exclusive. */
export async function holidaysOf(
  db: Queryable,
  sites: readonly number[],
  from: string,
  to: string,
): Promise<Map<number, HolidayView[]>> {
  const { rows } = await db.query<HolidayView & { site: number }>(
    `SELECT site_id AS site, day::text AS date, kind, as_weekday AS "asWeekday", name FROM site_holiday
     WHERE site_id = ANY($1::integer[]) AND day >= $2 AND day < $3 ORDER BY site_id, day`,
    [[...sites], from, to],
  );
  const bySite = new Map<number, HolidayView[]>();
  for (const { site, ...holiday } of rows) bySite.set(site, [...(bySite.get(site) ?? []), holiday]);
  return bySite;
}

export async function putHoliday(tx: Queryable, site: number, holiday: HolidayView): Promise<void> {
  await tx.query(
    `INSERT INTO site_holiday (site_id, day, kind, as_weekday, name) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (site_id, day) DO UPDATE SET kind = excluded.kind, as_weekday = excluded.as_weekday, name = excluded.name`,
    [site, holiday.date, holiday.kind, holiday.asWeekday, holiday.name],
  );
}

export async function deleteHoliday(tx: Queryable, site: number, date: string): Promise<boolean> {
  const { rowCount } = await tx.query('DELETE FROM site_holiday WHERE site_id = $1 AND day = $2', [site, date]);
  return rowCount === 1;
}

/** Newest first. */
export async function leaveOf(db: Queryable, agent: number): Promise<LeaveView[]> {
  const { rows } = await db.query<LeaveView>(
    `SELECT id, kind, first_day::text AS "from", last_day::text AS until FROM agent_leave
     WHERE agent_id = $1 ORDER BY first_day DESC, id DESC`,
    [agent],
  );
  return rows;
}

export async function insertLeave(tx: Queryable, agent: number, leave: LeaveCreate): Promise<LeaveView> {
  const { rows } = await tx.query<LeaveView>(
    `INSERT INTO agent_leave (agent_id, kind, first_day, last_day) VALUES ($1, $2, $3, $4)
     RETURNING id, kind, first_day::text AS "from", last_day::text AS until`,
    [agent, leave.kind, leave.from, leave.until],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('A leave was not made');
  return made;
}

export async function deleteLeave(tx: Queryable, agent: number, id: number): Promise<boolean> {
  const { rowCount } = await tx.query('DELETE FROM agent_leave WHERE agent_id = $1 AND id = $2', [agent, id]);
  return rowCount === 1;
}
