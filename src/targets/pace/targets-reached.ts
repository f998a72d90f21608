/** What is reached of the targets of many people and teams, from one snapshot: the figures of GET /attainment for each. */
import type { Pool, PoolClient } from 'pg';
import { isOfStates } from '../../kpi/index.js';
import {
  businessDate,
  businessDayBounds,
  loadSettings,
  loadTeamTree,
  type SettingsSnapshot,
} from '../../organisation/index.js';
import { type Clock, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { scopeKey, type TargetProgress, type TargetScope, type TargetView } from '../../shared/targets.js';
import { loadCalendar } from '../calendar/calendar.repository.js';
import { periodOf, plusDays } from '../calendar/periods.js';
import { prorate } from '../calendar/proration.js';
import { figureOf } from '../figures.js';
import { targetsInForce } from '../model/target.repository.js';
import type { TargetOfDay, TodaySums } from '../targets-of-day.js';
import type { Zone } from '../zone.js';
import { zoneOf } from './attainment.service.js';
import { loadDay } from './load-day.js';
import { countCustomers, filtersOf, sumsOfDay } from './scope-figures.js';
import { type ScopeSums, sumsOf } from './sums.repository.js';

export interface ReachedTarget extends TargetProgress {
  /** Name of the team or agent; empty for the organisation. */
  label: string;
}

/** `value`: after leave, employment and holidays. */
export type TargetValue = Pick<TargetView, 'kpi' | 'period' | 'value' | 'currency'>;

export class TargetsReached {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Targets in force on the business date that `seen` may see, as of then or now; `scopes` null: of everybody. */
  of(date: string, scopes: readonly TargetScope[] | null, seen: Scope): Promise<ReachedTarget[]> {
    return inTransaction(this.pool, (tx) => this.read(tx, date, scopes, seen), READ_SNAPSHOT);
  }

  /**
   * How much they are, of one of them, without what is reached: cheap. None of a team with teams below it: their work counts
   * for its target, and not for the figures of the team itself.
   */
  values(date: string, scope: TargetScope, seen: Scope): Promise<TargetValue[]> {
    return inTransaction(
      this.pool,
      async (tx) => {
        const now = this.clock.now();
        const settings = await loadSettings(tx);
        if (!isSeen(seen, scope, settings, now)) return [];
        if (scope.kind === 'team' && (await loadTeamTree(tx)).withBelow([scope.id]).length > 1) return [];
        const views = await targetsInForce(tx, date, [scope]);
        return scope.kind === 'agent' ? prorated(tx, views, scope.id, date, now) : views;
      },
      READ_SNAPSHOT,
    );
  }

  private async read(
    tx: PoolClient,
    date: string,
    scopes: readonly TargetScope[] | null,
    seen: Scope,
  ): Promise<ReachedTarget[]> {
    const now = this.clock.now();
    const settings = await loadSettings(tx);
    const views = (await targetsInForce(tx, date, scopes)).filter((view) => isSeen(seen, view.scope, settings, now));
    const labels = new Map(views.map(({ id, label }) => [id, label]));
    const asked = [...new Map(views.map(({ scope }) => [scopeKey(scope), scope])).values()];
    const found = await inZones(tx, asked, settings, () => date, now);
    return found.map((one) => ({ ...one, label: labels.get(one.targetId) ?? '' }));
  }
}

/** How far each of these is by now, on the business date of its own zone. The caller's snapshot. */
export async function reachedToday(
  tx: PoolClient,
  scopes: readonly TargetScope[],
  now: number,
): Promise<TargetProgress[]> {
  const today = ({ timeZone, dayStartMinutes }: Zone): string => businessDate(now, timeZone, dayStartMinutes);
  return inZones(tx, scopes, await loadSettings(tx), today, now);
}

async function inZones(
  tx: PoolClient,
  scopes: readonly TargetScope[],
  settings: SettingsSnapshot,
  dateIn: (zone: Zone) => string,
  now: number,
): Promise<TargetProgress[]> {
  const byZone = new Map<string, TargetScope[]>();
  for (const scope of scopes) {
    const zone = JSON.stringify(zoneOf(settings, scope, now));
    byZone.set(zone, [...(byZone.get(zone) ?? []), scope]);
  }
  const found: TargetProgress[] = [];
  for (const [key, own] of byZone) {
    const zone = JSON.parse(key) as Zone;
    found.push(...(await inZone(tx, own, dateIn(zone), zone, now)));
  }
  return found;
}

/** Of additive figures by the working minutes of each period, as everywhere. */
async function prorated(
  tx: PoolClient,
  views: readonly TargetView[],
  agent: number,
  date: string,
  now: number,
): Promise<TargetValue[]> {
  const found: TargetValue[] = [];
  for (const { kpi, period, value, currency } of views) {
    const dates = periodOf(period, date);
    const { calendar } = await loadCalendar(tx, dates, [agent], now);
    const factor = figureOf(kpi)?.kind === 'ratio' ? 1 : prorate(calendar, agent, dates).factor;
    found.push({ kpi, period, value: value * factor, currency });
  }
  return found;
}

/** People by the team they are in now. */
function isSeen(seen: Scope, scope: TargetScope, settings: SettingsSnapshot, now: number): boolean {
  if (seen.kind === 'all') return true;
  if (scope.kind === 'organisation') return false;
  if (seen.kind === 'agents') return scope.kind === 'agent' && seen.agents.includes(scope.id);
  return seen.teams.includes(scope.kind === 'team' ? scope.id : settings.teamOf(scope.id, now));
}

async function inZone(
  tx: PoolClient,
  scopes: readonly TargetScope[],
  date: string,
  zone: Zone,
  now: number,
): Promise<TargetProgress[]> {
  const { start, end } = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
  // Of a day that is over as of its end, of one to come as of its start.
  const at = Math.min(Math.max(now, start), end);
  const day = await loadDay(tx, { date, zone, now, scopes });
  const tree = await loadTeamTree(tx);
  const counted = await sumsOf(tx, { from: date, until: plusDays(date, 1) }, tree);
  const found: TargetProgress[] = [];
  for (const target of day.all()) {
    const filters = filtersOf(target.scope, tree);
    const distinct = figureOf(target.kpi)?.needsCustomers ?? false;
    const counts = distinct ? await countCustomers(tx, filters, target.period, date, zone) : {};
    // A state that lasts is in no sum yet.
    const sums = isOfStates(target.kpi) ? await sumsOfDay(tx, filters, date, zone, at) : sumsFor(counted, target);
    found.push(target.explained({ sums, ...counts }, at));
  }
  return found;
}

const sumsFor = (counted: ScopeSums, { scope }: TargetOfDay): TodaySums['sums'] => counted.of(scope);
