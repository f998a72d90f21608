/**
 * Hours in which customers may be called: a setting of the organisation, by the clock of each team's site. Law differs from
 * place to place. 08:00 to 21:00 on every day is what an organisation begins with: the rule of the United States (TSR) and the
 * widest that is usual; China has no national statute (some places ask for 09:00–21:00). Pure.
 */

/** Minutes from local midnight, on quarter hours; `endMinutes` exclusive, at most 1440. */
export interface CallingSpan {
  startMinutes: number;
  endMinutes: number;
}

export interface CallingHours {
  /** Monday to Friday. */
  weekdays: CallingSpan;
  /** Saturday and Sunday; null: nobody is called. */
  weekends: CallingSpan | null;
}

export const CALLING_STEP_MINUTES = 15;

/** The hours of the clock (0–23) that lie inside from their first minute to their last. */
export function wholeHours(span: CallingSpan | null): number[] {
  if (span === null) return [];
  const [from, to] = [Math.ceil(span.startMinutes / 60), Math.floor(span.endMinutes / 60)];
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** @param weekday 1 (Monday) to 7 */
export function hoursOn({ weekdays, weekends }: CallingHours, weekday: number): number[] {
  return wholeHours(weekday >= 6 ? weekends : weekdays);
}

/** Hours that are inside on any day, in order. */
export function hoursInside(hours: CallingHours): number[] {
  return [...new Set([...wholeHours(hours.weekdays), ...wholeHours(hours.weekends)])].sort((a, b) => a - b);
}

/** `08:00–21:00`. */
export function spanText({ startMinutes, endMinutes }: CallingSpan): string {
  return `${timeText(startMinutes)}–${timeText(endMinutes)}`;
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function isSameSpan(a: CallingSpan | null, b: CallingSpan | null): boolean {
  return a?.startMinutes === b?.startMinutes && a?.endMinutes === b?.endMinutes;
}
