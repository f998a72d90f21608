/** Local time by Intl alone, searched minute by minute: slow, and nothing of the product's way of doing it. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:MM` on the wall of a zone. */
export function wall(ms: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`;
}

const QUARTER = 15 * 60_000;
const starts = new Map<string, number>();

const two = (n: number): string => String(n).padStart(2, '0');

/** The first quarter hour at which the wall shows `date` at `startMinutes` or anything later. */
export function dayStartsAt(date: string, zone: string, startMinutes: number): number {
  const id = `${date} ${zone} ${startMinutes}`;
  const known = starts.get(id);
  if (known !== undefined) return known;
  const wanted = `${date} ${two(Math.floor(startMinutes / 60))}:${two(startMinutes % 60)}`;
  // No zone is further than 15 hours from UTC; the wall is searched from before the earliest possible start.
  let at = Date.parse(`${date}T00:00Z`) - 16 * 3_600_000 + startMinutes * 60_000;
  while (wall(at, zone) < wanted) at += QUARTER;
  starts.set(id, at);
  return at;
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T12:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The last date whose business day has started. */
export function businessDateOf(ms: number, zone: string, startMinutes: number): string {
  let date = dayAfter(wall(ms, zone).slice(0, 10));
  while (dayStartsAt(date, zone, startMinutes) > ms) date = dayAfter(date, -1);
  return date;
}
