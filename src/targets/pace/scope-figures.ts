/** What a scope did, by the queries of reports: sums of a day with the time in states that lasts, and distinct customers. */
import type { PoolClient } from 'pg';
import { CurrencySums, KpiRepository } from '../../kpi/index.js';
import { businessDayBounds, type TeamTree } from '../../organisation/index.js';
import { openTimes } from '../../presence/index.js';
import type { TargetPeriod, TargetScope } from '../../shared/targets.js';
import { periodOf, plusDays } from '../calendar/periods.js';
import type { TodaySums } from '../targets-of-day.js';
import type { Zone } from '../zone.js';

/** Teams with those below them. Who asks was held against the scope before. */
export function filtersOf(scope: TargetScope, tree: TeamTree) {
  return {
    agents: scope.kind === 'agent' ? [scope.id] : undefined,
    teams: scope.kind === 'team' ? tree.withBelow([scope.id]) : undefined,
    campaigns: undefined,
  };
}

type Filters = ReturnType<typeof filtersOf>;

function rangeOf(from: string, until: string, { timeZone, dayStartMinutes }: Zone) {
  const dates = { from, to: until };
  const start = businessDayBounds(from, timeZone, dayStartMinutes).start;
  return { from: start, to: businessDayBounds(until, timeZone, dayStartMinutes).start, dates, days: dates, slots: [] };
}

/** `now`: up to when a state that lasts counts. */
export async function sumsOfDay(
  tx: PoolClient,
  filters: Filters,
  date: string,
  zone: Zone,
  now: number,
): Promise<CurrencySums> {
  const repository = new KpiRepository(tx, { kind: 'all' });
  const range = rangeOf(date, plusDays(date, 1), zone);
  const open = await openTimes(tx, now);
  const rows = await repository.sums(range, 'organisation', filters, { byCurrency: true, open });
  const sums = new CurrencySums();
  for (const { currency, measures } of rows) sums.add(currency, measures);
  return sums;
}

/** Over the period up to and with the date: customers of days cannot be added up. */
export async function countCustomers(
  tx: PoolClient,
  filters: Filters,
  period: TargetPeriod,
  date: string,
  zone: Zone,
): Promise<Omit<TodaySums, 'sums'>> {
  const repository = new KpiRepository(tx, { kind: 'all' });
  const range = rangeOf(periodOf(period, date).from, plusDays(date, 1), zone);
  const dialled = await repository.customers(range.dates, 'organisation', filters);
  const owned = await repository.owned(range, range.dates, 'organisation', filters);
  return {
    ...(dialled.get('') ?? { customers: 0, customersConnected: 0 }),
    ...(owned.get('') ?? { customersOwned: 0, customersTouched: 0 }),
  };
}
