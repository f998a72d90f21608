/** Shapes of shifts, leave and what is expected of a day. See organisation.ts for what all routes have in common. */

/** One stretch of work of a weekday. Ends after `startMinutes`, at most at 2880 (a night shift passes 1440). */
export interface ShiftView {
  /** 1 (Monday) to 7. */
  weekday: number;
  startMinutes: number;
  endMinutes: number;
  /** Unpaid or uncounted pause within it. */
  breakMinutes: number;
}

/**
 * A week of shifts from a date on, until the next pattern. An agent's own wins over the team's, the team's over that of
 * the team above. No shifts at all: nobody is expected.
 * GET /teams/:id/shifts and GET /agents/:id/shifts → ShiftPatternView[], oldest first.
 * PUT /teams/:id/shifts/:validFrom and PUT /agents/:id/shifts/:validFrom {shifts} → Changed<ShiftPatternView[]>
 * DELETE the same → Changed<ShiftPatternView[]>. Past and future (worked out when asked for); no call moves.
 */
export interface ShiftPatternView {
  /** A date. */
  validFrom: string;
  shifts: ShiftView[];
}
export interface ShiftPatternPut {
  /** At most 28; those of a weekday must not overlap. */
  shifts: ShiftView[];
}

export type LeaveKind = 'leave' | 'sick' | 'training' | 'other';

/**
 * GET /agents/:id/leave → LeaveView[], newest first. POST /agents/:id/leave → Changed<LeaveView> (201).
 * DELETE /agents/:id/leave/:leaveId → Changed<null>. Dates inclusive. Past and future; no call moves.
 */
export interface LeaveView {
  id: number;
  kind: LeaveKind;
  from: string;
  until: string;
}
export type LeaveCreate = Omit<LeaveView, 'id'>;

/** GET /agents/:id/calendar?from=&to= (dates, `to` exclusive, at most 92 days) → CalendarDay[] */
export interface CalendarDay {
  date: string;
  /** Expected work without breaks, minutes. */
  minutes: number;
  shifts: Omit<ShiftView, 'weekday'>[];
  /** Why it is not the plain week: */
  reason: 'holiday' | 'workday' | 'leave' | 'not_employed' | null;
}
