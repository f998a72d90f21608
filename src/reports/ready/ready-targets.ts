/** Targets with what is reached of them, for several people and teams from one snapshot: the figures of GET /attainment. */
import { periodOf } from '../../comparison/index.js';
import { addDays } from '../../organisation/index.js';
import type { KpiValue } from '../../shared/api.js';
import type { TargetScope } from '../../shared/targets.js';
import type { ReachedTarget, TargetsReached } from '../../targets/index.js';
import type { Asked } from './ready-report.js';

export class ReadyTargets {
  constructor(private readonly reached: Pick<TargetsReached, 'of' | 'values'>) {}

  /** By KPI, of a range that is a whole period; whose: the agent or team filtered by, else all there is to see. */
  async ofRange(asked: Asked, kpis: readonly string[]): Promise<Map<string, KpiValue>> {
    const period = periodOf(asked.dates);
    const whose = whoseOf(asked);
    if (period === null || whose === null || asked.filters.campaigns !== undefined) return new Map();
    const found = await this.reached.values(lastDayOf(asked), whose, asked.scope);
    return new Map(
      found
        .filter((one) => one.period === period && kpis.includes(one.kpi))
        .map(({ kpi, value, currency }) => [
          kpi,
          currency === null ? value : { amountMinor: Math.round(value), currency },
        ]),
    );
  }

  /** Of everybody in sight (`scopes` null), in force on the last day of the range that is not to come. */
  of(asked: Asked, scopes: readonly TargetScope[] | null): Promise<ReachedTarget[]> {
    return this.reached.of(lastDayOf(asked), scopes, asked.scope);
  }
}

function lastDayOf({ dates, today }: Pick<Asked, 'dates' | 'today'>): string {
  const last = addDays(dates.to, -1);
  return last > today && dates.from <= today ? today : last;
}

export function whoseOf({ filters, scope }: Pick<Asked, 'filters' | 'scope'>): TargetScope | null {
  const { agents, teams } = filters;
  if (agents !== undefined) return teams === undefined ? single(agents, 'agent') : null;
  if (teams !== undefined) return single(teams, 'team');
  if (scope.kind === 'all') return { kind: 'organisation' };
  return scope.kind === 'teams' ? single(scope.teams, 'team') : single(scope.agents, 'agent');
}

function single(ids: readonly number[], kind: 'agent' | 'team'): TargetScope | null {
  const [id] = ids;
  return id === undefined || ids.length > 1 ? null : { kind, id };
}
