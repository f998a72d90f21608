/**
 * Calendars. They say what is expected and are looked at when somebody asks, so they count for past and future alike and
 * move no call.
 */
import type { Pool } from 'pg';
import { hiddenByScope } from '../../access/index.js';
import { AppError, type Clock } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type {
  CalendarDay,
  Changed,
  HolidayPut,
  HolidayView,
  LeaveCreate,
  LeaveView,
  ShiftPatternView,
  ShiftView,
} from '../../shared/organisation.js';
import { findAgents, membershipsOf } from '../agents/agents.repository.js';
import { requireChangeable } from '../agents/agents.service.js';
import type { SettingsChanges } from '../settings-changes.js';
import { loadTeamTree, type Queryable } from '../teams/teams.repository.js';
import { requireAgent, visibleTeams } from '../visible.js';
import {
  deleteHoliday,
  deleteLeave,
  deletePattern,
  type Holder,
  holidaysOf,
  insertLeave,
  leaveOf,
  patternsOf,
  putHoliday,
  putPattern,
} from './calendar.repository.js';
import { calendarDay, datesBetween, orderedShifts } from './working-days.js';

const DAYS_MAX = 92;
const HOLIDAY_DAYS_MAX = 1100;

export class CalendarService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
  ) {}

  async shifts(scope: Scope, holder: Holder, id: number): Promise<ShiftPatternView[]> {
    await this.requireVisible(scope, holder, id);
    return this.patterns(this.pool, holder, id);
  }

  putShifts(
    actor: AuditActor,
    holder: Holder,
    id: number,
    validFrom: string,
    given: readonly ShiftView[],
  ): Promise<Changed<ShiftPatternView[]>> {
    const ordered = orderedShifts(given);
    if ('wrongWeekday' in ordered) {
      throw new AppError('shifts_overlap', { field: 'shifts', params: { weekday: ordered.wrongWeekday } });
    }
    return this.changes.run(actor, async (tx) => {
      if (holder === 'agent') await requireChangeable(tx, id, this.clock.now());
      else if ((await loadTeamTree(tx)).get(id) === undefined) throw new AppError('not_found');
      await putPattern(tx, holder, id, validFrom, ordered.shifts);
      return {
        audit: [
          { action: 'calendar.changed', subject: { kind: holder, id: String(id) }, after: { shiftsFrom: validFrom } },
        ],
        result: () => this.patterns(tx, holder, id),
      };
    });
  }

  removeShifts(actor: AuditActor, holder: Holder, id: number, validFrom: string): Promise<Changed<ShiftPatternView[]>> {
    return this.changes.run(actor, async (tx) => {
      if (!(await deletePattern(tx, holder, id, validFrom))) throw new AppError('not_found');
      return {
        audit: [
          {
            action: 'calendar.changed',
            subject: { kind: holder, id: String(id) },
            before: { shiftsFrom: validFrom },
            after: null,
          },
        ],
        result: () => this.patterns(tx, holder, id),
      };
    });
  }

  async holidays(site: number, from: string | undefined, to: string | undefined): Promise<HolidayView[]> {
    await requireSite(this.pool, site);
    const year = new Date(this.clock.now()).getUTCFullYear();
    const [first, end] = [from ?? `${year}-01-01`, to ?? `${year + 2}-01-01`];
    requireRange(first, end, HOLIDAY_DAYS_MAX);
    return (await holidaysOf(this.pool, [site], first, end)).get(site) ?? [];
  }

  putHoliday(actor: AuditActor, site: number, date: string, body: HolidayPut): Promise<Changed<HolidayView>> {
    const holiday: HolidayView = { date, kind: body.kind, name: body.name, asWeekday: body.asWeekday ?? null };
    return this.changes.run(actor, async (tx) => {
      await requireSite(tx, site);
      await putHoliday(tx, site, holiday);
      return {
        audit: [{ action: 'calendar.changed', subject: { kind: 'site', id: String(site) }, after: { ...holiday } }],
        result: () => Promise.resolve(holiday),
      };
    });
  }

  removeHoliday(actor: AuditActor, site: number, date: string): Promise<Changed<null>> {
    return this.changes.run(actor, async (tx) => {
      if (!(await deleteHoliday(tx, site, date))) throw new AppError('not_found');
      return {
        audit: [
          { action: 'calendar.changed', subject: { kind: 'site', id: String(site) }, before: { date }, after: null },
        ],
        result: () => Promise.resolve(null),
      };
    });
  }

  async leave(scope: Scope, agent: number): Promise<LeaveView[]> {
    await this.requireVisible(scope, 'agent', agent);
    return leaveOf(this.pool, agent);
  }

  addLeave(actor: AuditActor, agent: number, body: LeaveCreate): Promise<Changed<LeaveView>> {
    if (body.until < body.from) throw new AppError('dates_reversed', { field: 'until' });
    return this.changes.run(actor, async (tx) => {
      await requireChangeable(tx, agent, this.clock.now());
      const made = await insertLeave(tx, agent, body);
      return {
        // Why somebody is away is nobody's business in the log.
        audit: [
          { action: 'calendar.changed', subject: { kind: 'agent', id: String(agent) }, after: { leave: made.id } },
        ],
        result: () => Promise.resolve(made),
      };
    });
  }

  removeLeave(actor: AuditActor, agent: number, id: number): Promise<Changed<null>> {
    return this.changes.run(actor, async (tx) => {
      if (!(await deleteLeave(tx, agent, id))) throw new AppError('not_found');
      return {
        audit: [
          {
            action: 'calendar.changed',
            subject: { kind: 'agent', id: String(agent) },
            before: { leave: id },
            after: null,
          },
        ],
        result: () => Promise.resolve(null),
      };
    });
  }

  /** What is expected of somebody, by day. A day's team is the one at its noon UTC. */
  async days(scope: Scope, agent: number, from: string, to: string): Promise<CalendarDay[]> {
    requireRange(from, to, DAYS_MAX);
    await this.requireVisible(scope, 'agent', agent);
    const [row] = await findAgents(this.pool, [agent], new Date(this.clock.now()));
    if (row === undefined) throw new AppError('not_found');
    const tree = await loadTeamTree(this.pool);
    const memberships = await membershipsOf(this.pool, [agent]);
    const lines = new Map(memberships.map(({ teamId }) => [teamId, tree.lineOf(teamId).reverse()]));
    const patterns = await patternsOf(
      this.pool,
      'team',
      [...lines.values()].flatMap((line) => line.map(({ id }) => id)),
    );
    const sites = [...lines.keys()].flatMap((team) => tree.get(team)?.siteId ?? []);
    const holidays = await holidaysOf(this.pool, sites, from, to);
    const person = {
      employedFrom: row.employedFrom,
      employedUntil: row.employedUntil,
      leave: await leaveOf(this.pool, agent),
      patterns: (await patternsOf(this.pool, 'agent', [agent])).get(agent) ?? [],
    };
    return datesBetween(from, to).map((date) => {
      const noon = Date.parse(`${date}T12:00Z`);
      const team = (memberships.findLast(({ validFrom }) => validFrom <= noon) ?? memberships[0])?.teamId ?? 0;
      const ofSite = holidays.get(tree.get(team)?.siteId ?? 0) ?? [];
      return calendarDay(date, person, {
        teams: (lines.get(team) ?? []).map(({ id }) => patterns.get(id) ?? []),
        holidays: new Map(ofSite.map((holiday) => [holiday.date, holiday])),
      });
    });
  }

  private async patterns(db: Queryable, holder: Holder, id: number): Promise<ShiftPatternView[]> {
    return (await patternsOf(db, holder, [id])).get(id) ?? [];
  }

  private async requireVisible(scope: Scope, holder: Holder, id: number): Promise<void> {
    const now = new Date(this.clock.now());
    if (holder === 'agent') return requireAgent(this.pool, scope, id, now);
    if ((await loadTeamTree(this.pool)).get(id) === undefined) throw new AppError('not_found');
    const visible = await visibleTeams(this.pool, scope, now);
    if (visible !== null && !visible.has(id)) throw hiddenByScope();
  }
}

async function requireSite(db: Queryable, id: number): Promise<void> {
  const { rowCount } = await db.query('SELECT 1 FROM site WHERE id = $1', [id]);
  if (rowCount !== 1) throw new AppError('not_found');
}

function requireRange(from: string, to: string, days: number): void {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (length <= 0) throw new AppError('range_empty', { field: 'to' });
  if (length > days) throw new AppError('range_too_long', { field: 'to', params: { days } });
}
