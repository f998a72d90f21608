/** Whose target of a figure is how much, over a range that is a whole period. */
import { loadZones } from '../kpi/index.js';
import { addDays } from '../organisation/index.js';
import { AppError, type Clock, type Database } from '../platform/index.js';
import type { TargetPeriod } from '../shared/targets.js';
import type { TargetBook } from '../targets/index.js';
import { type Dates, periodOf } from './ranges.js';

export class AgentTargets {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly book: Pick<TargetBook, 'load'>,
    private readonly clock: Clock,
  ) {}

  /** Throws `comparison_range_no_period`. */
  periodOf(range: Dates): TargetPeriod {
    const period = periodOf(range);
    if (period !== null) return period;
    throw new AppError('comparison_range_no_period', {
      field: 'from',
      params: { from: range.from, to: addDays(range.to, -1) },
    });
  }

  /**
   * By agent, in the unit of the KPI, after leave and employment; who has none is left out. As in force on the last day of
   * the range that is not to come.
   */
  async of(
    kpi: string,
    range: Dates,
    agents: readonly number[],
    currency: string | null,
  ): Promise<Map<number, number>> {
    const period = this.periodOf(range);
    const zones = await loadZones(this.database.pool);
    const today = zones.dateOf(this.clock.now());
    const last = addDays(range.to, -1);
    const date = last > today && range.from <= today ? today : last;
    const zone = zones.at(zones.startOf(date));
    const scopes = agents.map((id) => ({ kind: 'agent' as const, id }));
    const day = await this.book.load(date, zone, { scopes });
    const found = day
      .all()
      .filter((target) => target.kpi === kpi && target.period === period)
      .filter((target) => target.currency === null || target.currency === currency);
    return new Map(found.flatMap(({ scope, value }) => (scope.kind === 'agent' ? [[scope.id, value]] : [])));
  }
}
