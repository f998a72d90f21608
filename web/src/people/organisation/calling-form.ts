/** Calling hours as a form edits them. Pure. */
import { type CallingHours, type CallingSpan, isSameSpan, wholeHours } from '../../../../src/shared/organisation.js';

/** Saturday and Sunday: like the other days, hours of their own, or none. */
export type Weekends = 'same' | 'own' | 'none';

export interface CallingForm {
  weekdays: CallingSpan;
  rule: Weekends;
  weekends?: CallingSpan;
}

export function callingForm({ weekdays, weekends }: CallingHours): CallingForm {
  const rule = weekends === null ? 'none' : isSameSpan(weekdays, weekends) ? 'same' : 'own';
  // What the weekend would be if it is given hours of its own: those of the other days, to begin with.
  return { weekdays, rule, weekends: weekends ?? weekdays };
}

export function callingHoursOf({ weekdays, rule, weekends }: CallingForm): CallingHours {
  if (rule === 'none') return { weekdays, weekends: null };
  return { weekdays, weekends: rule === 'same' ? weekdays : (weekends ?? weekdays) };
}

/** Without a whole hour of the clock there is nothing to advise. */
export function spanProblem(span: CallingSpan | undefined): boolean {
  return span === undefined || wholeHours(span).length === 0;
}
