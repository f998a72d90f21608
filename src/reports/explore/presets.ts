/** What presets mean, and which range is the one before. Business dates, half-open. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { DateRange } from '../../kpi/index.js';
import { addDays } from '../../organisation/index.js';
import { weekdayOf } from '../../shared/format/index.js';
import type { ReadyComparison, ReportRangePreset } from '../../shared/reports.js';

export function datesOfPreset(preset: ReportRangePreset, today: string): DateRange {
  const days = (from: number, to: number): DateRange => ({ from: addDays(today, from), to: addDays(today, to) });
  const monday = addDays(today, 1 - weekdayOf(today));
  const weeks = (from: number, to: number): DateRange => ({
    from: addDays(monday, from * 7),
    to: addDays(monday, to * 7),
  });
  const month = firstOfMonth(today);
  const quarter = firstOfQuarter(today);
  switch (preset) {
    case 'today':
      return days(0, 1);
    case 'yesterday':
      return days(-1, 0);
    case 'same_day_last_week':
      return days(-7, -6);
    case 'this_week':
      return weeks(0, 1);
    case 'last_week':
      return weeks(-1, 0);
    case 'this_month':
      return { from: month, to: addMonths(month, 1) };
    case 'last_month':
      return { from: addMonths(month, -1), to: month };
    case 'this_quarter':
      return { from: quarter, to: addMonths(quarter, 3) };
    case 'last_7_days':
      return days(-7, 0);
    case 'last_30_days':
      return days(-30, 0);
    case 'last_4_weeks':
      return weeks(-4, 0);
    case 'last_13_weeks':
      return weeks(-13, 0);
  }
}

/** Of a whole month or quarter the one before, else as many days right before. */
export function datesBefore({ from, to }: DateRange): DateRange {
  const months = monthsOf({ from, to });
  return months === null
    ? { from: addDays(from, -daysBetween({ from, to })), to: from }
    : { from: addMonths(from, -months), to: from };
}

/** Another range before it, without overlap: `READY_COMPARISONS` says which. */
export function datesCompared({ from, to }: DateRange, comparison: ReadyComparison): DateRange {
  switch (comparison) {
    case 'previous':
      return datesBefore({ from, to });
    case 'same_weekdays': {
      const days = -7 * Math.ceil(daysBetween({ from, to }) / 7);
      return { from: addDays(from, days), to: addDays(to, days) };
    }
    case 'same_dates': {
      let months = 1;
      while (endMonthsBefore(to, months) > from) months++;
      return { from: addMonths(from, -months), to: endMonthsBefore(to, months) };
    }
  }
}

/** An end is exclusive: that of a month stays that of a month, else the last day inside is moved. */
function endMonthsBefore(to: string, months: number): string {
  return to === firstOfMonth(to) ? addMonths(to, -months) : addDays(addMonths(addDays(to, -1), -months), 1);
}

export function daysBetween({ from, to }: DateRange): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

/** The Monday of its week. */
export function weekOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/** 1 or 3 for a whole month or quarter, else null. */
function monthsOf({ from, to }: DateRange): number | null {
  if (from !== firstOfMonth(from)) return null;
  if (to === addMonths(from, 1)) return 1;
  return from === firstOfQuarter(from) && to === addMonths(from, 3) ? 3 : null;
}

export function addMonths(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

function firstOfQuarter(date: string): string {
  const { year, month } = Temporal.PlainDate.from(date);
  return Temporal.PlainDate.from({ year, month: month - ((month - 1) % 3), day: 1 }).toString();
}
