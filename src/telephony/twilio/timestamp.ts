/** Twilio's RFC 2822 `Timestamp`, e.g. `Thu, 12 Feb 2026 11:48:25 +0000`. Whole seconds. */

export type ReadTimestamp =
  | { kind: 'instant' /** Epoch milliseconds. */; at: number }
  /** Absent or in a form that states no instant: the receipt time stands in. */
  | { kind: 'unreadable' }
  /** The right form and a date or time that does not exist, or lies before there was a Twilio-like clock (1970). */
  | { kind: 'impossible' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Zones: numeric offsets and the zone names of RFC 2822 that mean UTC. A name from the zone database (`Etc/UTC`, sent
 * by a compatible vendor) is no RFC 2822 zone: such a time is unreadable, and flagged, instead of guessed at.
 */
const FORM =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2}):(\d{2})\s+([+-]\d{4}|GMT|UTC|UT|Z)$/;

export function readTimestamp(text: string | undefined): ReadTimestamp {
  const match = FORM.exec(text?.trim() ?? '');
  if (match === null) return { kind: 'unreadable' };
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = '', zone = ''] = match;
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const offset = offsetMinutes(zone);
  if (month === -1 || offset === null) return { kind: 'impossible' };
  if (Number(year) < 1970 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return { kind: 'impossible' };
  }
  const date = new Date(Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second)));
  // A day past the month's end rolls over into the next month.
  if (date.getUTCMonth() !== month || date.getUTCDate() !== Number(day)) return { kind: 'impossible' };
  const at = date.getTime() - offset * 60_000;
  return at < 0 ? { kind: 'impossible' } : { kind: 'instant', at };
}

function offsetMinutes(zone: string): number | null {
  if (!/^[+-]/.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
