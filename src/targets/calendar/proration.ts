/**
 * Proration of a person's target: × their working minutes in the period ÷ those of a full member of their team (team
 * calendar, without leave and employment). Pure.
 */
import type { TargetProration } from '../../shared/targets.js';
import { type Dates, eachDate } from './periods.js';
import type { WorkCalendar } from './work-calendar.js';

export function prorate(calendar: WorkCalendar, agent: number, period: Dates): TargetProration {
  const result: TargetProration = {
    ownMinutes: 0,
    fullMinutes: 0,
    factor: 1,
    leaveDays: 0,
    notEmployedDays: 0,
    holidays: 0,
    fromCalendar: false,
  };
  for (const date of eachDate(period)) {
    const own = calendar.agentDay(agent, date);
    const full = calendar.fullDay(agent, date);
    result.ownMinutes += own.minutes;
    result.fullMinutes += full.minutes;
    result.fromCalendar ||= own.known || full.known;
    if (full.reason === 'holiday') result.holidays++;
    if (full.minutes === 0) continue;
    if (own.reason === 'leave') result.leaveDays++;
    if (own.reason === 'not_employed') result.notEmployedDays++;
  }
  result.factor = factorOf(result);
  return result;
}

function factorOf({ ownMinutes, fullMinutes }: TargetProration): number {
  if (fullMinutes > 0) return ownMinutes / fullMinutes;
  // Nobody else works: all of it is expected of whoever does, and nothing of whoever does not.
  return ownMinutes > 0 ? 1 : 0;
}
