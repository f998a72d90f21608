/** Answers `GET /agents/:id/timeline`: a business day of one agent as spans. */
import type { PoolClient } from 'pg';
import { hiddenByScope } from '../../access/index.js';
import { businessDate, businessDayBounds, type SettingsSnapshot } from '../../organisation/index.js';
import { AppError, type Clock, type Database, inTransaction, isoOf, READ_SNAPSHOT } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AgentTimeline, StateSpan } from '../../shared/presence.js';
import { intervalsWithin } from '../facts/interval.repository.js';
import { type MergedSpan, timeline } from '../spans/timeline.js';
import type { CurrentSettings } from './ports.js';

interface Part {
  from: number;
  to: number;
}

export class TimelineReadModel {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly settings: CurrentSettings,
    private readonly clock: Clock,
  ) {}

  /** `date` absent: today as the agent's team counts it. Throws `not_found` outside the scope. */
  async of(agentId: number, asked: string | undefined, scope: Scope): Promise<AgentTimeline> {
    const settings = await this.settings();
    const agent = settings.data.agents.get(agentId);
    if (agent === undefined || agent.status === 'system') throw new AppError('not_found');
    if (!isSeen(agentId, scope, settings)) throw hiddenByScope();
    const now = this.clock.now();
    const today = settings.zoneOfTeam(settings.teamOf(agentId, now), now);
    const date = asked ?? businessDate(now, today.timeZone, today.dayStartMinutes);
    const noon = Date.parse(`${date}T12:00Z`);
    const zone = settings.zoneOfTeam(settings.teamOf(agentId, noon), noon);
    const day = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
    const parts = partsSeen(agentId, { from: day.start, to: day.end }, scope, settings);
    const spans = await inTransaction(this.database.pool, (tx) => this.spans(tx, agentId, parts), READ_SNAPSHOT);
    return {
      agentId,
      date,
      timeZone: zone.timeZone,
      dayStart: isoOf(day.start),
      dayEnd: isoOf(day.end),
      asOf: isoOf(now),
      spans: spans.flatMap((span) => shown(span, now)),
    };
  }

  private async spans(tx: PoolClient, agentId: number, parts: readonly Part[]): Promise<MergedSpan[]> {
    const found = await intervalsWithin(
      tx,
      parts.map((part) => ({ agentId, ...part })),
    );
    return parts.flatMap(({ from, to }) => timeline(found.get(agentId) ?? [], from, to));
  }
}

/** Nothing is known of what is still to come: what reaches beyond now lasts. */
function shown({ state, reason, callKey, from, to }: MergedSpan, now: number): StateSpan[] {
  if (from > now) return [];
  return [{ state, reason, callId: callKey, from: isoOf(from), to: to > now ? null : isoOf(to) }];
}

function isSeen(agentId: number, scope: Scope, settings: SettingsSnapshot): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'agents') return scope.agents.includes(agentId);
  return (settings.data.memberships.get(agentId) ?? []).some(({ teamId }) => scope.teams.includes(teamId));
}

/** Of somebody who changed teams a supervisor sees the time in theirs. */
function partsSeen(agentId: number, day: Part, scope: Scope, settings: SettingsSnapshot): Part[] {
  if (scope.kind !== 'teams') return [day];
  const moves = (settings.data.memberships.get(agentId) ?? []).map(({ validFrom }) => validFrom);
  const cuts = [day.from, ...moves.filter((at) => at > day.from && at < day.to).sort((a, b) => a - b), day.to];
  return cuts.slice(0, -1).flatMap((from, i) => {
    const to = cuts[i + 1] ?? day.to;
    return scope.teams.includes(settings.teamOf(agentId, from)) ? [{ from, to }] : [];
  });
}
