import { dateInZone } from '../../format/index.js';
import { clockText } from './clock-text.js';

/** Local dates and times of a zone as instants, for forms that say from when a change counts. Pure. */

/** The instant (epoch ms) at which a zone's clocks show a date and a time (HH:MM). Of two, the first; in a gap, the one after it. */
export function instantOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = wall - offsetAt(wall - 43_200_000, zone);
  const after = wall - offsetAt(wall + 43_200_000, zone);
  const fits = [before, after].filter((instant) => instant + offsetAt(instant, zone) === wall);
  return fits.length > 0 ? Math.min(...fits) : before;
}

/** Milliseconds a zone is ahead of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
  const whole = Math.floor(instant / 1_000) * 1_000;
  return Date.parse(`${dateInZone(whole, zone)}T${clockOf(whole, zone)}Z`) - whole;
}

/** "+08:00", for lists of zones. */
export function offsetText(instant: number, zone: string): string {
  const minutes = Math.round(offsetAt(instant, zone) / 60_000);
  return `${minutes < 0 ? '−' : '+'}${clockText(Math.abs(minutes))}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(instant: number, zone: string): string {
  let format = clocks.get(zone);
  if (!format) {
    const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, hourCycle: 'h23', timeZone: zone });
    clocks.set(zone, format);
  }
  return format.format(instant);
}
