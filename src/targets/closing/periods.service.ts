/** Closing of months: their sums, targets and champion are frozen; what changes later is an adjustment. */
import type { Pool, PoolClient } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { CurrencySums, MEASURE_COLUMNS } from '../../kpi/index.js';
import {
  type AttributionChanged,
  businessDayBounds,
  DEFAULT_SITE,
  loadSettings,
  type SettingsSnapshot,
} from '../../organisation/index.js';
import { AppError, type Clock, inTransaction, isoOf, READ_SNAPSHOT } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiValue } from '../../shared/api.js';
import type { AuditActor } from '../../shared/audit.js';
import { FLOOR_KPIS } from '../../shared/live.js';
import type { AdjustmentView, FrozenTarget, PeriodList, PeriodSummary, PeriodView } from '../../shared/targets.js';
import { type Dates, periodOf } from '../calendar/periods.js';
import { type Figure, figureOf } from '../figures.js';
import { requireFigure } from '../model/check-target.js';
import { scopeOf } from '../model/target.repository.js';
import { championsOf } from './champions.js';
import {
  adjustmentsOf,
  type ClosedRow,
  closedPeriods,
  closedSums,
  type Db,
  freezeSums,
  freezeTargets,
  frozenTargets,
  insertClosed,
  monthsWithFigures,
  namesOf,
} from './closing.repository.js';
import { targetsOfMonth } from './frozen-targets.js';

const DEFAULT_KPI = 'sales';

export class PeriodsService {
  constructor(
    private readonly pool: Pool,
    private readonly attribution: Pick<AttributionChanged, 'lock'>,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(seen: Scope): Promise<PeriodList> {
    const settings = await loadSettings(this.pool);
    const open = await monthsWithFigures(this.pool);
    return {
      periods: (await closedPeriods(this.pool, seen)).map(summaryOf),
      open: open.filter((month) => this.isOver(month, settings)).map((month) => month.slice(0, 7)),
    };
  }

  /** Throws `period_closed`, `period_not_over`, and what a KPI is refused for. */
  async close(actor: AuditActor, seen: Scope, month: string, kpi = DEFAULT_KPI): Promise<PeriodView> {
    const figure = requireFigure(kpi);
    if (figure.needsCustomers) throw new AppError('target_not_additive', { field: 'kpi', params: { kpi } });
    const dates = periodOf('month', `${month}-01`);
    await inTransaction(this.pool, async (tx) => {
      // Nothing is folded meanwhile: what is frozen is what the facts say at one instant.
      await this.attribution.lock(tx);
      const settings = await loadSettings(tx);
      if (!this.isOver(dates.from, settings))
        throw new AppError('period_not_over', { field: 'month', params: { month } });
      const at = this.clock.now();
      if (!(await insertClosed(tx, dates.from, { at, by: actor, kpi }))) {
        throw new AppError('period_closed', { field: 'month', params: { month } });
      }
      await freezeSums(tx, dates.from, dates.until);
      await freezeTargets(tx, dates.from, await targetsOfMonth(tx, settings, dates, at));
      await this.audit.record(tx, {
        actor,
        action: 'period.closed',
        subject: { kind: 'period', id: month },
        outcome: 'done',
        after: { kpi },
      });
    });
    return this.one(seen, month);
  }

  /** Throws `not_found`. */
  async one(seen: Scope, month: string): Promise<PeriodView> {
    const dates = periodOf('month', `${month}-01`);
    return inTransaction(this.pool, (tx) => this.read(tx, seen, dates), READ_SNAPSHOT);
  }

  private async read(tx: PoolClient, seen: Scope, dates: Dates): Promise<PeriodView> {
    const closed = (await closedPeriods(tx, seen)).find(({ month }) => month === dates.from);
    if (closed === undefined) throw new AppError('not_found');
    const currency = (await loadSettings(tx)).data.currency;
    const figure = figureOf(closed.kpi);
    const kpis = [...new Set([closed.kpi, ...FLOOR_KPIS])];
    const frozen = byAgent(await closedSums(tx, 'closed_sum', seen, dates.from, dates.until));
    const later = byAgent(await closedSums(tx, 'closed_adjustment', seen, dates.from, dates.until));
    const agents = [...new Set([...frozen.keys(), ...later.keys()])];
    const names = await namesOf(tx, seen, agents, dates.from, dates.until);
    const person = (id: number) => ({ id, name: names.get(id)?.name ?? '' });
    const values = (sums: readonly CurrencySums[]): Record<string, KpiValue> => {
      const all = added(sums);
      return Object.fromEntries(kpis.map((kpi) => [kpi, all.value(kpi, currency)]));
    };
    return {
      ...summaryOf(closed),
      champions: figure === null ? [] : champions(seen, figure, frozen, currency, names),
      rows: agents
        .map((id) => ({ id, was: [frozen.get(id)].flatMap((one) => one ?? []), is: [frozen.get(id), later.get(id)] }))
        .map(({ id, was, is }) => ({
          agent: person(id),
          frozen: values(was),
          adjusted: values(is.flatMap((one) => one ?? [])),
        }))
        .sort((a, b) => a.agent.name.localeCompare(b.agent.name) || a.agent.id - b.agent.id),
      totals: {
        frozen: values([...frozen.values()]),
        adjusted: values([...frozen.values(), ...later.values()]),
      },
      targets: await this.targets(tx, seen, dates.from),
      adjustmentList: await adjustments(tx, seen, dates),
    };
  }

  private async targets(tx: Db, seen: Scope, month: string): Promise<FrozenTarget[]> {
    const rows = await frozenTargets(tx, seen, month);
    return rows.map(({ targetId, teamId, agentId, label, kpi, fullTarget, target, actual, attainment, currency }) => ({
      targetId,
      scope: scopeOf(teamId, agentId),
      label,
      kpi,
      fullTarget,
      target,
      actual: actual === null || currency === null ? actual : { amountMinor: actual, currency },
      currency,
      attainment,
    }));
  }

  /** At every site, whichever counts its days longest. */
  private isOver(month: string, settings: SettingsSnapshot): boolean {
    const { until } = periodOf('month', month);
    const now = this.clock.now();
    return [...new Set([DEFAULT_SITE, ...settings.data.sites.keys()])].every((site) => {
      const { timeZone, dayStartMinutes } = settings.zoneOfSite(site, now);
      return businessDayBounds(until, timeZone, dayStartMinutes).start <= now;
    });
  }
}

function champions(
  seen: Scope,
  figure: Figure,
  frozen: ReadonlyMap<number, CurrencySums>,
  currency: string,
  names: Awaited<ReturnType<typeof namesOf>>,
): PeriodView['champions'] {
  // Who sees only themself would always be first.
  if (seen.kind === 'agents') return [];
  const candidates = [...frozen].filter(([id]) => id !== 0).map(([agentId, sums]) => ({ agentId, sums }));
  return championsOf(candidates, figure, currency).map(({ agentId, sums }) => ({
    agent: { id: agentId, name: names.get(agentId)?.name ?? '' },
    team: names.get(agentId)?.team ?? { id: 0, name: '' },
    value: sums.value(figure.id, currency),
  }));
}

function byAgent(rows: Awaited<ReturnType<typeof closedSums>>): Map<number, CurrencySums> {
  const sums = new Map<number, CurrencySums>();
  for (const { agentId, currency, measures } of rows) {
    const own = sums.get(agentId) ?? new CurrencySums();
    own.add(currency, measures);
    sums.set(agentId, own);
  }
  return sums;
}

function added(sums: readonly CurrencySums[]): CurrencySums {
  const all = new CurrencySums();
  for (const one of sums) all.addAll(one);
  return all;
}

async function adjustments(tx: Db, seen: Scope, { from, until }: Dates): Promise<AdjustmentView[]> {
  const rows = await adjustmentsOf(tx, seen, from, until);
  return rows.map((row) => ({
    id: row.id,
    at: isoOf(row.at),
    family: row.family,
    reason: row.reason,
    by: row.by,
    date: row.date,
    agent: { id: row.agentId, name: row.agent },
    team: { id: row.teamId, name: row.team },
    delta: Object.fromEntries(MEASURE_COLUMNS.flatMap((column) => (row[column] === 0 ? [] : [[column, row[column]]]))),
    currency: row.currency,
  }));
}

function summaryOf({ month, closedAt, ...rest }: ClosedRow): PeriodSummary {
  return { month: month.slice(0, 7), closedAt: isoOf(closedAt), ...rest };
}
