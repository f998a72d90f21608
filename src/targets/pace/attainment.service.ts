/** GET /attainment: the same functions as live boards, on sums of the database. */
import type { Pool, PoolClient } from 'pg';
import type { Principal } from '../../access/index.js';
import {
  businessDate,
  businessDayBounds,
  DEFAULT_SITE,
  loadSettings,
  loadTeamTree,
  type SettingsSnapshot,
} from '../../organisation/index.js';
import { type Clock, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import type { TargetProgress, TargetScope } from '../../shared/targets.js';
import { figureOf } from '../figures.js';
import { requireNamed } from '../model/target-scope.js';
import type { Zone } from '../zone.js';
import { loadDay } from './load-day.js';
import { countCustomers, filtersOf, sumsOfDay } from './scope-figures.js';

export class AttainmentService {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Without a scope: one's own as an agent, else the organisation, else the teams one leads. */
  async progress(
    principal: Principal,
    named: TargetScope | undefined,
    date: string | undefined,
  ): Promise<TargetProgress[]> {
    const now = this.clock.now();
    if (named !== undefined) await requireNamed(this.pool, principal.scope, named, new Date(now));
    const scopes = named === undefined ? ownScopes(principal) : [named];
    return inTransaction(
      this.pool,
      async (tx) => {
        const settings = await loadSettings(tx);
        const found: TargetProgress[] = [];
        for (const scope of scopes) found.push(...(await this.ofScope(tx, settings, scope, date, now)));
        return found;
      },
      READ_SNAPSHOT,
    );
  }

  private async ofScope(
    tx: PoolClient,
    settings: SettingsSnapshot,
    scope: TargetScope,
    asked: string | undefined,
    now: number,
  ): Promise<TargetProgress[]> {
    const zone = zoneOf(settings, scope, now);
    const today = businessDate(now, zone.timeZone, zone.dayStartMinutes);
    const date = asked ?? today;
    const { start, end } = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
    // Of a day that is over as of its end, of one to come as of its start.
    const at = Math.min(Math.max(now, start), end);
    const day = await loadDay(tx, { date, zone, now, scopes: [scope] });
    const targets = day.of(scope);
    if (targets.length === 0) return [];
    const filters = filtersOf(scope, await loadTeamTree(tx));
    const sums = await sumsOfDay(tx, filters, date, zone, at);
    const progress: TargetProgress[] = [];
    for (const target of targets) {
      const distinct = figureOf(target.kpi)?.needsCustomers ?? false;
      const counts = distinct ? await countCustomers(tx, filters, target.period, date, zone) : {};
      progress.push(target.explained({ sums, ...counts }, at));
    }
    return progress;
  }
}

function ownScopes({ scope, ...principal }: Principal): TargetScope[] {
  if (principal.kind === 'user' && principal.role === 'agent') {
    return principal.agentId === null ? [] : [{ kind: 'agent', id: principal.agentId }];
  }
  if (scope.kind === 'all') return [{ kind: 'organisation' }];
  if (scope.kind === 'teams') return scope.teams.map((id) => ({ kind: 'team', id }));
  return scope.agents.map((id) => ({ kind: 'agent', id }));
}

/** Of the site of the team, or of the team a person is in. */
export function zoneOf(settings: SettingsSnapshot, scope: TargetScope, now: number): Zone {
  if (scope.kind === 'organisation') return settings.zoneOfSite(DEFAULT_SITE, now);
  return settings.zoneOfTeam(scope.kind === 'team' ? scope.id : settings.teamOf(scope.id, now), now);
}
