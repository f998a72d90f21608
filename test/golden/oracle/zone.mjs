// Local wall-clock time of an IANA zone → epoch seconds, by what Intl says. Imports nothing of the product.

const formats = new Map();

function format(zone) {
  let known = formats.get(zone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, known);
  }
  return known;
}

/** Seconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(epoch, zone) {
  const parts = {};
  for (const { type, value } of format(zone).formatToParts(new Date(epoch * 1000))) parts[type] = Number(value);
  const shown = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) / 1000;
  return shown - epoch;
}

/** Remembered by day, because asking Intl is slow; none of the data crosses a change of clocks within a day. */
const offsets = new Map();

/** @param month 1–12 @param secondOfDay may exceed a day */
export function localToEpoch(zone, year, month, day, secondOfDay) {
  const naive = Date.UTC(year, month - 1, day) / 1000;
  const check = new Date(naive * 1000);
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) {
    throw new Error(`${year}-${month}-${day} is no date`);
  }
  const key = `${zone}|${naive}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    // Noon is never in the hour that clocks skip or repeat.
    offset = offsetAt(naive + 43_200 - offsetAt(naive + 43_200, zone), zone);
    offsets.set(key, offset);
  }
  return naive + secondOfDay - offset;
}

export function secondOfDay(text) {
  const match = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no time of day`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

/** The hour an instant belongs to, as the ISO instant of its start. All three zones are whole hours from UTC. */
export function hourOf(epoch) {
  return new Date(Math.floor(epoch / 3600) * 3_600_000).toISOString();
}

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
