/** Lengths of windows as people say them; kept in whole minutes. Pure. */

export const WINDOW_UNITS = ['minutes', 'hours', 'days'] as const;
export type WindowUnit = (typeof WINDOW_UNITS)[number];

const MINUTES: Record<WindowUnit, number> = { minutes: 1, hours: 60, days: 1_440 };

export interface WindowTime {
  amount: number;
  unit: WindowUnit;
}

/** In the largest unit it is a whole number of: 1,440 → 1 day, 90 → 90 minutes. */
export function windowTimeOf(minutes: number): WindowTime {
  const unit = WINDOW_UNITS.findLast((one) => minutes % MINUTES[one] === 0) ?? 'minutes';
  return { amount: minutes / MINUTES[unit], unit };
}

export function minutesOf({ amount, unit }: WindowTime): number {
  return amount * MINUTES[unit];
}
