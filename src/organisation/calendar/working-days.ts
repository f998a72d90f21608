/** What is expected of a day of somebody: shifts, holidays, make-up days, leave and employment. Pure. */
import { Temporal } from 'temporal-polyfill';
import { weekdayOf } from '../../shared/format/index.js';
import type { CalendarDay, HolidayKind, ShiftView } from '../../shared/organisation.js';

export interface Pattern {
  /** YYYY-MM-DD */
  validFrom: string;
  shifts: readonly ShiftView[];
}

export interface Holiday {
  kind: HolidayKind;
  asWeekday: number | null;
}

export interface Person {
  employedFrom: string | null;
  employedUntil: string | null;
  /** Inclusive dates. */
  leave: readonly { from: string; until: string }[];
  /** Oldest first. */
  patterns: readonly Pattern[];
}

/** What the person's team of that day says. */
export interface Surroundings {
  /** Patterns of the team, then of the team above it, and so on; each oldest first. */
  teams: readonly (readonly Pattern[])[];
  /** Of the site, by date. */
  holidays: ReadonlyMap<string, Holiday>;
}

/** The agent's own pattern wins over the team's, the team's over that of the team above. */
function shiftsOn(date: string, person: Person, { teams }: Surroundings): readonly ShiftView[] {
  for (const patterns of [person.patterns, ...teams]) {
    const found = patterns.findLast((pattern) => pattern.validFrom <= date);
    if (found !== undefined) return found.shifts;
  }
  return [];
}

export function calendarDay(date: string, person: Person, around: Surroundings): CalendarDay {
  const idle = (reason: CalendarDay['reason']): CalendarDay => ({ date, minutes: 0, shifts: [], reason });
  const before = person.employedFrom !== null && date < person.employedFrom;
  const after = person.employedUntil !== null && date > person.employedUntil;
  if (before || after) return idle('not_employed');
  if (person.leave.some(({ from, until }) => from <= date && date <= until)) return idle('leave');
  const holiday = around.holidays.get(date);
  if (holiday?.kind === 'holiday') return idle('holiday');
  const weekday = holiday?.asWeekday ?? weekdayOf(date);
  const shifts = shiftsOn(date, person, around)
    .filter((shift) => shift.weekday === weekday)
    .map(({ startMinutes, endMinutes, breakMinutes }) => ({ startMinutes, endMinutes, breakMinutes }));
  const minutes = shifts.reduce((sum, shift) => sum + shift.endMinutes - shift.startMinutes - shift.breakMinutes, 0);
  return { date, minutes, shifts, reason: holiday === undefined ? null : 'workday' };
}

/** Dates from `from` up to and without `to`. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  const end = Temporal.PlainDate.from(to);
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 })) {
    dates.push(day.toString());
  }
  return dates;
}

/** In order of weekday and start. Null when two of a weekday overlap or a break is longer than its shift: the weekday. */
export function orderedShifts(shifts: readonly ShiftView[]): { shifts: ShiftView[] } | { wrongWeekday: number } {
  const ordered = [...shifts].sort((a, b) => a.weekday - b.weekday || a.startMinutes - b.startMinutes);
  for (const [i, shift] of ordered.entries()) {
    const before = ordered[i - 1];
    const overlaps = before?.weekday === shift.weekday && shift.startMinutes < before.endMinutes;
    const length = shift.endMinutes - shift.startMinutes;
    if (overlaps || length <= 0 || shift.breakMinutes >= length) return { wrongWeekday: shift.weekday };
  }
  return { shifts: ordered };
}
