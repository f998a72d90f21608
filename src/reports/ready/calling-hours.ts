/**
 * The organisation's calling hours as reports use them: whole hours of the clock, by weekday. An hour that is only partly
 * inside is outside: nobody is advised to call in it. Pure.
 */
import type { Localised } from '../../shared/api.js';
import { type CallingHours, hoursOn, isSameSpan, spanText, wholeHours } from '../../shared/calling-hours.js';
import type { ReportFilters } from '../../shared/reports.js';
import { both, fill, same } from './words.js';

const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];
const MONDAY = 1;
const SUNDAY = 7;

/** Everything inside, as filters that do not overlap: one where all days are alike, else one a part of the week. */
export function insideFilters({ weekdays, weekends }: CallingHours): [ReportFilters, ...ReportFilters[]] {
  const hoursOfDay = wholeHours(weekdays);
  if (isSameSpan(weekdays, weekends)) return [{ hoursOfDay }];
  const weekend = wholeHours(weekends);
  const first: ReportFilters = { weekdays: WORKDAYS, hoursOfDay };
  return weekend.length === 0 ? [first] : [first, { weekdays: WEEKEND, hoursOfDay: weekend }];
}

/** The same as the query of a list of calls; null where that takes two, one for each part of the week. */
export function insideQuery(hours: CallingHours): Record<'hourOfDay' | 'weekday', string | undefined> | null {
  const [{ hoursOfDay, weekdays }, ...others] = insideFilters(hours);
  return others.length > 0 ? null : { hourOfDay: hoursOfDay?.join(','), weekday: weekdays?.join(',') };
}

/** Weekdays on which an hour is inside; null: on all of them. */
export function daysOfHour(hours: CallingHours, hour: number): readonly number[] | null {
  const [workdays, weekend] = [hoursOn(hours, MONDAY).includes(hour), hoursOn(hours, SUNDAY).includes(hour)];
  if (workdays && weekend) return null;
  return workdays ? WORKDAYS : WEEKEND;
}

/** Behind an hour that is not inside on every day; else nothing. */
export function daysText(hours: CallingHours, hour: number): Localised {
  const days = daysOfHour(hours, hour);
  if (days === null) return { en: '', zh: '' };
  return days === WORKDAYS
    ? both(', Monday to Friday', '（周一至周五）')
    : both(', Saturday and Sunday', '（周六、周日）');
}

/** The hours in words: `08:00–21:00`, or those of each part of the week. */
export function hoursText({ weekdays, weekends }: CallingHours): Localised {
  if (isSameSpan(weekdays, weekends)) return same(spanText(weekdays));
  const words =
    weekends === null
      ? both('{weekdays} Monday to Friday, not at weekends', '周一至周五 {weekdays}（周末不外呼）')
      : both('{weekdays} Monday to Friday, {weekends} at weekends', '周一至周五 {weekdays}，周末 {weekends}');
  return fill(words, { weekdays: spanText(weekdays), weekends: weekends === null ? '' : spanText(weekends) });
}

export function callingHoursNote(hours: CallingHours): Localised {
  return fill(
    both(
      'Calling hours applied: {hours}, local time of each team (Settings → Organisation). Whole hours inside them are looked at.',
      '所用外呼时段：{hours}，各团队当地时间（在“设置→组织”中设定）；仅统计完整落在其中的整点小时。',
    ),
    { hours: hoursText(hours) },
  );
}
