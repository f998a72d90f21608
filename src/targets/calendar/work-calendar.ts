/**
 * Expected work by day, of people and of teams: shifts, holidays, make-up days, leave, employment. Pure.
 *
 * A team's day is that of a full member: its own shifts (else those of the team above) and the holidays of its site. Where no
 * shifts are set at all for a date, the day counts as one of 8 hours between nine and six, whatever its weekday, so that
 * targets work before anybody has entered a calendar: flat calendar days.
 */

import { calendarDay, type Holiday, type Pattern, type Person } from '../../organisation/index.js';
import type { CalendarDay, ShiftView } from '../../shared/organisation.js';

export const FLAT_DAY: Omit<ShiftView, 'weekday'> = { startMinutes: 540, endMinutes: 1080, breakMinutes: 60 };
const FLAT_MINUTES = FLAT_DAY.endMinutes - FLAT_DAY.startMinutes - FLAT_DAY.breakMinutes;

export interface WorkDay extends CalendarDay {
  /** False: nobody has set shifts that reach this date. */
  known: boolean;
}

export interface CalendarTeam {
  id: number;
  siteId: number;
  /** Shifts of the team, then of the team above it, and so on; each oldest first. */
  patterns: readonly (readonly Pattern[])[];
  /** Agents who work in it on the day it was loaded for, not in teams below. */
  members: number;
}

export interface CalendarPerson extends Person {
  /** Oldest first; epoch ms, −Infinity from the beginning. */
  memberships: readonly { validFrom: number; teamId: number }[];
}

export interface CalendarData {
  teams: ReadonlyMap<number, CalendarTeam>;
  people: ReadonlyMap<number, CalendarPerson>;
  /** By site, then date. */
  holidays: ReadonlyMap<number, ReadonlyMap<string, Holiday>>;
}

const NOBODY: Person = { employedFrom: null, employedUntil: null, leave: [], patterns: [] };
const NO_HOLIDAYS: ReadonlyMap<string, Holiday> = new Map();

export class WorkCalendar {
  private readonly teamDays = new Map<string, WorkDay>();

  constructor(private readonly data: CalendarData) {}

  /** Team of a person on a date: the one at its noon UTC; 0 = none. */
  teamOf(agent: number, date: string): number {
    const memberships = this.data.people.get(agent)?.memberships ?? [];
    const noon = Date.parse(`${date}T12:00Z`);
    return (memberships.findLast(({ validFrom }) => validFrom <= noon) ?? memberships[0])?.teamId ?? 0;
  }

  teams(): Iterable<CalendarTeam> {
    return this.data.teams.values();
  }

  /** Of a full member. */
  teamDay(team: number, date: string): WorkDay {
    const id = `${team}|${date}`;
    const day = this.teamDays.get(id) ?? this.dayOf(NOBODY, team, date);
    this.teamDays.set(id, day);
    return day;
  }

  agentDay(agent: number, date: string): WorkDay {
    const person = this.data.people.get(agent);
    const team = this.teamOf(agent, date);
    if (person === undefined || !differs(person, date)) return this.teamDay(team, date);
    return this.dayOf(person, team, date);
  }

  /** What would be expected of the person without leave and employment: their team's day, or their own where it has no shifts. */
  fullDay(agent: number, date: string): WorkDay {
    const team = this.teamDay(this.teamOf(agent, date), date);
    const own = this.data.people.get(agent)?.patterns ?? [];
    if (team.known || own.length === 0) return team;
    return this.dayOf({ ...NOBODY, patterns: own }, this.teamOf(agent, date), date);
  }

  private dayOf(person: Person, team: number, date: string): WorkDay {
    const of = this.data.teams.get(team);
    const patterns = of?.patterns ?? [];
    const holidays = this.data.holidays.get(of?.siteId ?? 0) ?? NO_HOLIDAYS;
    const day = calendarDay(date, person, { teams: patterns, holidays });
    const known = [person.patterns, ...patterns].some((list) => list.some(({ validFrom }) => validFrom <= date));
    if (known || (day.reason !== null && day.reason !== 'workday')) return { ...day, known };
    return { ...day, minutes: FLAT_MINUTES, shifts: [FLAT_DAY], known };
  }
}

/** Whether anything about the person could make the day another one than their team's. */
function differs({ employedFrom, employedUntil, leave, patterns }: Person, date: string): boolean {
  return (
    patterns.length > 0 ||
    (employedFrom !== null && date < employedFrom) ||
    (employedUntil !== null && date > employedUntil) ||
    leave.some(({ from, until }) => from <= date && date <= until)
  );
}
