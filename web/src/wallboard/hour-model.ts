import type { BoardHour } from '../../../src/shared/live.js';

/** Which hours of the day the chart shows, and which of them are past. Pure. */

const HOUR_MS = 3_600_000;
/** Fewer columns than this look like a mistake on a wide screen. */
const AT_LEAST = 8;

export interface HourColumn extends BoardHour {
  phase: 'past' | 'now' | 'future';
}

/**
 * The working part of the day: from the first to the last hour with calls, expected calls, or the present one;
 * widened evenly to at least eight hours within the day.
 * @param hours of the whole business day, in any order
 * @param now epoch ms of the server
 */
export function hourColumns(hours: readonly BoardHour[], now: number): HourColumn[] {
  const sorted = [...hours].sort((a, b) => a.start - b.start);
  const phases = sorted.map((hour) => phaseOf(hour, now));
  let first = -1;
  let last = -1;
  sorted.forEach((hour, index) => {
    const matters = hour.dials > 0 || hour.connects > 0 || (hour.expectedDials ?? 0) > 0 || phases[index] === 'now';
    if (!matters) return;
    if (first < 0) first = index;
    last = index;
  });
  if (first < 0) return [];
  [first, last] = widen(first, last, sorted.length);
  return sorted.slice(first, last + 1).map((hour, index) => ({ ...hour, phase: phases[first + index] ?? 'future' }));
}

function phaseOf(hour: BoardHour, now: number): HourColumn['phase'] {
  if (hour.start > now) return 'future';
  return now < hour.start + HOUR_MS ? 'now' : 'past';
}

function widen(first: number, last: number, count: number): [number, number] {
  let before = true;
  while (last - first + 1 < Math.min(AT_LEAST, count)) {
    if ((before && first > 0) || last === count - 1) first--;
    else last++;
    before = !before;
  }
  return [first, last];
}

/** Hours whose expected dials add up to the target of the day instead of what is usual; as they are without history. */
export function towardsTarget<T extends Pick<BoardHour, 'expectedDials'>>(
  hours: readonly T[],
  target: number | null,
): T[] {
  const usual = hours.reduce((sum, { expectedDials }) => sum + (expectedDials ?? 0), 0);
  if (target === null || usual <= 0) return [...hours];
  return hours.map((hour) =>
    hour.expectedDials === null ? hour : { ...hour, expectedDials: (hour.expectedDials / usual) * target },
  );
}

/** The expected dials of the hour that contains `now`; null without history. */
export function expectedNow(hours: readonly BoardHour[], now: number): number | null {
  return hours.find((hour) => phaseOf(hour, now) === 'now')?.expectedDials ?? null;
}
