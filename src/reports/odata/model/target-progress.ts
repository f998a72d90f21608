/** How far everybody is, as of now: what GET /attainment answers for one scope, for all of them in a few queries. */
import type { PoolClient } from 'pg';
import { CurrencySums, KpiRepository } from '../../../kpi/index.js';
import {
  addDays,
  businessDate,
  businessDayBounds,
  DEFAULT_SITE,
  loadSettings,
  loadTeamTree,
  type SettingsSnapshot,
  type TeamTree,
} from '../../../organisation/index.js';
import { openTimes } from '../../../presence/index.js';
import { type TargetProgress, type TargetScope } from '../../../shared/targets.js';
import { countCustomers, figureOf, filtersOf, loadDay, type Zone } from '../../../targets/index.js';

export async function progressOf(
  tx: PoolClient,
  scopes: readonly TargetScope[],
  now: number,
): Promise<TargetProgress[]> {
  const settings = await loadSettings(tx);
  const tree = await loadTeamTree(tx);
  const byZone = new Map<string, { zone: Zone; scopes: TargetScope[] }>();
  for (const scope of scopes) {
    const zone = zoneOf(settings, scope, now);
    const key = `${zone.timeZone}|${zone.dayStartMinutes}`;
    const known = byZone.get(key);
    if (known === undefined) byZone.set(key, { zone, scopes: [scope] });
    else known.scopes.push(scope);
  }
  const found: TargetProgress[] = [];
  for (const group of byZone.values()) found.push(...(await ofZone(tx, tree, group, now)));
  return found;
}

function zoneOf(settings: SettingsSnapshot, scope: TargetScope, now: number): Zone {
  if (scope.kind === 'organisation') return settings.zoneOfSite(DEFAULT_SITE, now);
  return settings.zoneOfTeam(scope.kind === 'team' ? scope.id : settings.teamOf(scope.id, now), now);
}

async function ofZone(
  tx: PoolClient,
  tree: TeamTree,
  { zone, scopes }: { zone: Zone; scopes: TargetScope[] },
  now: number,
): Promise<TargetProgress[]> {
  const date = businessDate(now, zone.timeZone, zone.dayStartMinutes);
  const day = await loadDay(tx, { date, zone, now, scopes });
  const sums = await sumsOfToday(tx, date, zone, now);
  const found: TargetProgress[] = [];
  for (const scope of scopes) {
    const own = sums(scope, tree);
    for (const target of day.of(scope)) {
      const distinct = figureOf(target.kpi)?.needsCustomers ?? false;
      const counts = distinct ? await countCustomers(tx, filtersOf(scope, tree), target.period, date, zone) : {};
      found.push(target.explained({ sums: own, ...counts }, now));
    }
  }
  return found;
}

/** Everybody's of the date by agent and by team: two queries, however many ask. */
async function sumsOfToday(tx: PoolClient, date: string, { timeZone, dayStartMinutes }: Zone, now: number) {
  const dates = { from: date, to: addDays(date, 1) };
  const { start, end } = businessDayBounds(date, timeZone, dayStartMinutes);
  const range = { from: start, to: end, dates, days: dates, slots: [] };
  const repository = new KpiRepository(tx, { kind: 'all' });
  const options = { byCurrency: true, open: await openTimes(tx, now) };
  const agents = byKey(await repository.sums(range, 'agent', {}, options));
  const teams = byKey(await repository.sums(range, 'team', {}, options));
  return (scope: TargetScope, tree: TeamTree): CurrencySums => {
    if (scope.kind === 'agent') return agents.get(String(scope.id)) ?? new CurrencySums();
    const keys = scope.kind === 'team' ? tree.withBelow([scope.id]).map(String) : [...teams.keys()];
    const all = new CurrencySums();
    for (const key of keys) {
      const own = teams.get(key);
      if (own !== undefined) all.addAll(own);
    }
    return all;
  };
}

function byKey(rows: Awaited<ReturnType<KpiRepository['sums']>>): Map<string, CurrencySums> {
  const sums = new Map<string, CurrencySums>();
  for (const { key, currency, measures } of rows) {
    const own = sums.get(key) ?? new CurrencySums();
    own.add(currency, measures);
    sums.set(key, own);
  }
  return sums;
}

/** By id of the target, as the feed shows it: amounts as minor units. */
export function progressRow(progress: TargetProgress): Record<string, unknown> {
  const { actual } = progress;
  const number =
    actual === null || typeof actual === 'number' ? actual : Array.isArray(actual) ? null : actual.amountMinor;
  return {
    id: progress.targetId,
    period_from: progress.from,
    period_until: progress.until,
    prorated: progress.target,
    actual: number,
    attainment: progress.attainment,
    expected_share: progress.expectedShare,
    expected: progress.expectedNow,
    pace: progress.pace,
  };
}
