import { addDays, type Language, localeOf } from '../../format/index.js';

/** Dates (YYYY-MM-DD, already local), weekdays and moments in words. Pure. */

const formats = new Map<string, Intl.DateTimeFormat>();

function cached(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${zone}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: zone, hourCycle: 'h23' });
    formats.set(key, format);
  }
  return format;
}

/** Nov 22, 2026 or 2026年11月22日 */
export function formatDay(date: string, language: Language): string {
  return cached(language, 'UTC', { dateStyle: 'medium' }).format(Date.parse(`${date}T12:00:00Z`));
}

/** Sun, Nov 22 or 11月22日周日 */
export function formatShortDay(date: string, language: Language): string {
  const options = { weekday: 'short', month: 'short', day: 'numeric' } as const;
  return cached(language, 'UTC', options).format(Date.parse(`${date}T12:00:00Z`));
}

/** A moment to the minute, with its year. */
export function formatMoment(instant: string, zone: string, language: Language): string {
  const options = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return cached(language, zone, options).format(Date.parse(instant));
}

/**
 * An end of a period as lists have it in their address: a date as a day, an instant to the minute in a zone. The second end
 * is exclusive: as a date it is said as the last day that belongs to it.
 */
export function formatBound(bound: string, end: 'from' | 'to', zone: string, language: Language): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(bound)) return formatDay(end === 'to' ? addDays(bound, -1) : bound, language);
  return Number.isNaN(Date.parse(bound)) ? bound : formatMoment(bound, zone, language);
}

/** 1 (Monday) to 7, in words. */
export function weekdayName(weekday: number, language: Language): string {
  // 5 January 2026 was a Monday.
  return cached(language, 'UTC', { weekday: 'long' }).format(Date.UTC(2026, 0, 4 + weekday, 12));
}
