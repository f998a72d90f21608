/** Targets by the month with what was reached, as of the month's end. */
import type { PoolClient } from 'pg';
import { businessDayBounds, DEFAULT_SITE, loadTeamTree, type SettingsSnapshot } from '../../organisation/index.js';
import { type Dates, plusDays } from '../calendar/periods.js';
import { figureOf } from '../figures.js';
import { loadDay } from '../pace/load-day.js';
import { numberOf } from '../pace/loaded-target.js';
import { countCustomers, filtersOf } from '../pace/scope-figures.js';
import { sumsOf } from '../pace/sums.repository.js';
import type { FrozenRow } from './closing.repository.js';

export async function targetsOfMonth(
  tx: PoolClient,
  settings: SettingsSnapshot,
  { until }: Dates,
  now: number,
): Promise<FrozenRow[]> {
  const date = plusDays(until, -1);
  // Nothing is asked about instants before the end, so that one zone serves for all.
  const zone = settings.zoneOfSite(DEFAULT_SITE, now);
  const { end } = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
  const day = await loadDay(tx, { date, zone, now, scopes: null });
  const targets = day.all().filter(({ period }) => period === 'month');
  if (targets.length === 0) return [];
  const tree = await loadTeamTree(tx);
  const lastDay = await sumsOf(tx, { from: date, until }, tree);
  const rows: FrozenRow[] = [];
  for (const target of targets) {
    const { scope, kpi, currency, targetId } = target;
    const distinct = figureOf(kpi)?.needsCustomers ?? false;
    const counts = distinct ? await countCustomers(tx, filtersOf(scope, tree), 'month', date, zone) : {};
    const { actual, attainment } = target.progress({ sums: lastDay.of(scope), ...counts }, end);
    rows.push({
      targetId,
      teamId: scope.kind === 'team' ? scope.id : null,
      agentId: scope.kind === 'agent' ? scope.id : null,
      kpi,
      currency,
      fullTarget: target.fullValue,
      target: target.value,
      actual: numberOf(actual, currency),
      attainment,
    });
  }
  return rows;
}
