/** Expected work of a scope by day and within a day. Pure. */
import { businessDayBounds, type TeamTree } from '../../organisation/index.js';
import type { TargetScope } from '../../shared/targets.js';
import type { Stretch } from '../pace/day-curve.js';
import type { Zone } from '../zone.js';
import { plusDays } from './periods.js';
import type { WorkCalendar, WorkDay } from './work-calendar.js';

const MINUTES_PER_DAY = 1_440;

/** Days of the teams in a scope with the number of people each stands for; of a person their own day. */
interface Weighted {
  day: WorkDay;
  people: number;
}

export class ScopeDays {
  constructor(
    private readonly calendar: WorkCalendar,
    private readonly tree: TeamTree,
    private readonly scope: TargetScope,
    /** By date and minutes: of one zone. People of a team share their shifts. */
    private readonly instants: Map<string, number> = new Map(),
  ) {}

  /** Working minutes of one person of the scope on average; a person's own. */
  minutes(date: string): number {
    const days = this.days(date);
    const people = days.reduce((sum, one) => sum + one.people, 0);
    return days.reduce((sum, one) => sum + one.day.minutes * one.people, 0) / Math.max(1, people);
  }

  /** Working minutes of everybody together. */
  personMinutes(date: string): number {
    return this.days(date).reduce((sum, one) => sum + one.day.minutes * one.people, 0);
  }

  /** The shifts of a date, as instants; `bound`: somebody has entered all of them. */
  stretches(date: string, zone: Zone): { stretches: Stretch[]; bound: boolean } {
    const days = this.days(date);
    const people = days.reduce((sum, one) => sum + one.people, 0);
    return {
      stretches: days.flatMap((one) => this.stretchesOf(date, zone, one.day, one.people / Math.max(1, people))),
      bound: days.every(({ day }) => day.known),
    };
  }

  private stretchesOf(date: string, { timeZone }: Zone, day: WorkDay, part: number): Stretch[] {
    return day.shifts.map(({ startMinutes, endMinutes, breakMinutes }) => ({
      from: this.instant(date, startMinutes, timeZone),
      to: this.instant(date, endMinutes, timeZone),
      minutes: (endMinutes - startMinutes - breakMinutes) * part,
    }));
  }

  private instant(date: string, minutes: number, timeZone: string): number {
    const key = `${date}|${minutes}`;
    const known = this.instants.get(key) ?? instantOf(date, minutes, timeZone);
    this.instants.set(key, known);
    return known;
  }

  private days(date: string): Weighted[] {
    const { scope, calendar } = this;
    if (scope.kind === 'agent') return [{ day: calendar.agentDay(scope.id, date), people: 1 }];
    const within = scope.kind === 'team' ? new Set(this.tree.withBelow([scope.id])) : null;
    const teams = [...calendar.teams()].filter(({ id, members }) => members > 0 && (within?.has(id) ?? true));
    if (teams.length === 0) {
      return [{ day: calendar.teamDay(scope.kind === 'team' ? scope.id : 0, date), people: 1 }];
    }
    return teams.map(({ id, members }) => ({ day: calendar.teamDay(id, date), people: members }));
  }
}

/** Minutes after local midnight, past the next one too, as wall time. */
function instantOf(date: string, minutes: number, timeZone: string): number {
  const day = plusDays(date, Math.floor(minutes / MINUTES_PER_DAY));
  return businessDayBounds(day, timeZone, minutes % MINUTES_PER_DAY).start;
}
