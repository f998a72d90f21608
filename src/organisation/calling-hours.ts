/** The hours in which customers may be called, as the organisation's row keeps them. */
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { CALLING_STEP_MINUTES, type CallingHours, isSameSpan, spanText, wholeHours } from '../shared/calling-hours.js';

interface CallingHoursRow {
  start: number;
  end: number;
  weekendStart: number | null;
  weekendEnd: number | null;
}

const quarter = z.int().min(0).max(1_440).multipleOf(CALLING_STEP_MINUTES, 'must be on a quarter hour');
const Span = z
  .strictObject({ startMinutes: quarter, endMinutes: quarter })
  .refine((span) => wholeHours(span).length > 0, 'must hold at least one whole hour of the clock, such as 09:00–10:00');

export const CallingHoursBody = z.strictObject({ weekdays: Span, weekends: Span.nullable() });

export async function loadCallingHours(db: Pick<Pool | PoolClient, 'query'>): Promise<CallingHours> {
  const { rows } = await db.query<CallingHoursRow>(
    `SELECT calling_start_minutes AS start, calling_end_minutes AS end, weekend_calling_start_minutes AS "weekendStart",
       weekend_calling_end_minutes AS "weekendEnd" FROM organisation`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The organisation was never set up');
  const { start, end, weekendStart, weekendEnd } = row;
  const weekends =
    weekendStart === null || weekendEnd === null ? null : { startMinutes: weekendStart, endMinutes: weekendEnd };
  return { weekdays: { startMinutes: start, endMinutes: end }, weekends };
}

export async function saveCallingHours(tx: PoolClient, { weekdays, weekends }: CallingHours): Promise<void> {
  await tx.query(
    `UPDATE organisation SET calling_start_minutes = $1, calling_end_minutes = $2, weekend_calling_start_minutes = $3,
       weekend_calling_end_minutes = $4`,
    [weekdays.startMinutes, weekdays.endMinutes, weekends?.startMinutes ?? null, weekends?.endMinutes ?? null],
  );
}

/** As the audit log keeps it: fields that were set to something else, before and after, as people read them. */
export function changedHours(
  before: CallingHours,
  after: CallingHours,
): { before: Record<string, string | null>; after: Record<string, string | null> } {
  const fields = [
    ['callingHours', before.weekdays, after.weekdays],
    ['weekendCallingHours', before.weekends, after.weekends],
  ] as const;
  const changed = fields.filter(([, was, is]) => !isSameSpan(was, is));
  const text = (at: 1 | 2) =>
    Object.fromEntries(changed.map((field) => [field[0], field[at] === null ? null : spanText(field[at])]));
  return { before: text(1), after: text(2) };
}
