import type { PoolClient } from 'pg';
import { requireInScope } from '../../access/index.js';
import { addDays } from '../../organisation/index.js';
import { AppError, type Clock, type Database, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import { openTimes } from '../../presence/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiGroupBy, KpiReport } from '../../shared/api.js';
import { findDefinition, isOfStates, operandsOf } from '../catalog/index.js';
import { type CustomerCounts, KpiRepository, type OwnedCounts, type SumRow } from './kpi.repository.js';
import type { KpiQuery } from './kpi-query.js';
import { type ReportRange, resolveRange } from './range.js';
import { makeReport } from './report.js';
import { loadZones, type Zones } from './zones.js';

const DAY_MS = 86_400_000;
/** Rows by the hour are made one by one; by anything else the cost is that of the sums by day. */
const MAX_DAYS: Record<KpiGroupBy, number> = {
  hour: 62,
  day: 1100,
  organisation: 1100,
  team: 1100,
  agent: 1100,
  campaign: 1100,
};
const CUSTOMERS = new Set(['customers', 'customers_connected']);
const OWNED = new Set(['customers_owned', 'customers_touched']);

/** Answers `GET /kpis`: all figures of one report come from one snapshot of the database. */
export class KpiReadModel {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
  ) {}

  /** Rows and totals of the scope only; throws `outside_scope` for a filter that names somebody else. */
  report(query: KpiQuery, scope: Scope): Promise<KpiReport> {
    return inTransaction(this.database.pool, (tx) => this.read(tx, query, scope), READ_SNAPSHOT);
  }

  private async read(client: PoolClient, query: KpiQuery, scope: Scope): Promise<KpiReport> {
    const { groupBy, kpis } = query;
    await requireInScope(client, scope, query);
    const zones = await loadZones(client);
    const now = this.clock.now();
    const range = this.rangeOf(query, zones, now);
    const repository = new KpiRepository(client, scope);
    const currency = kpis.some(isMoney) ? await repository.currency() : null;
    const asOf = Math.min(now, (await repository.oldestPendingAt()) ?? now);
    const open = kpis.some(isOfStates) ? await openTimes(client, asOf) : [];
    const sums = await repository.sums(range, groupBy, query, { byCurrency: currency !== null, open });
    const countable = range.dates !== null && kpis.some((id) => needs(id, CUSTOMERS));
    const customers: Map<string, CustomerCounts> =
      countable && range.dates ? await repository.customers(range.dates, groupBy, query) : new Map();
    const owned = kpis.some((id) => needs(id, OWNED)) ? await ownedOf(repository, range, query) : null;
    const labels = await labelsOf(repository, groupBy, sums, owned);
    const { campaigns } = query;
    return makeReport({
      asOf,
      groupBy,
      kpis,
      campaigns,
      range,
      zones,
      sums,
      currency: currency ?? '',
      customers,
      owned,
      labels,
    });
  }

  private rangeOf({ from, to, groupBy }: KpiQuery, zones: Zones, now: number): ReportRange {
    const today = zones.dateOf(now);
    const range = resolveRange(
      from ?? { kind: 'date', date: today },
      to ?? { kind: 'date', date: addDays(today, 1) },
      zones,
    );
    const days = MAX_DAYS[groupBy];
    // An hour of tolerance: a day can have 25.
    if (range.to - range.from > days * DAY_MS + DAY_MS / 24) {
      throw new AppError('range_too_long', { field: 'to', params: { days } });
    }
    return range;
  }
}

function isMoney(id: string): boolean {
  const unit = findDefinition(id)?.unit;
  return unit === 'money' || unit === 'money_per_hour';
}

function needs(id: string, operands: ReadonlySet<string>): boolean {
  return operandsOf(id).some((operand) => operands.has(operand));
}

/** Ownership knows agents and teams on whole business days; a filter by campaign asks what it cannot say. */
async function ownedOf(
  repository: KpiRepository,
  range: ReportRange,
  query: KpiQuery,
): Promise<Map<string, OwnedCounts> | null> {
  if (range.dates === null || query.campaigns !== undefined) return null;
  const { groupBy } = query;
  return repository.owned(
    range,
    range.dates,
    groupBy === 'team' || groupBy === 'agent' ? groupBy : 'organisation',
    query,
  );
}

async function labelsOf(
  repository: KpiRepository,
  groupBy: KpiGroupBy,
  sums: SumRow[],
  owned: ReadonlyMap<string, OwnedCounts> | null,
): Promise<Map<string, string>> {
  if (groupBy !== 'team' && groupBy !== 'agent' && groupBy !== 'campaign') return new Map();
  return repository.labels(
    groupBy,
    [...sums.map(({ key }) => key), ...(owned?.keys() ?? [])].filter((key) => key !== ''),
  );
}
