/**
 * Two agents who are one person: the addresses of one go to the other, and with them every call, past and future. The one
 * that goes stays as a row that says where it went; it cannot be undone.
 */
import type { Pool, PoolClient } from 'pg';
import { AppError, type Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { AgentDetail, Changed, MergePreview } from '../../shared/organisation.js';
import type { SettingsChanges } from '../settings-changes.js';
import type { Queryable } from '../teams/teams.repository.js';
import type { AgentViews } from './agent-views.js';
import { type AgentRow, callsOf, findAgents } from './agents.repository.js';
import { subjectOf } from './agents.service.js';

export class MergeService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly views: AgentViews,
    private readonly clock: Clock,
  ) {}

  async preview(from: number, into: number): Promise<MergePreview> {
    const pair = await this.pair(this.pool, from, into);
    const calls = (await callsOf(this.pool, [from])).get(from);
    const addresses = (await this.views.addresses(this.pool, [from])).get(from) ?? [];
    return {
      from: { id: from, name: pair.from.name },
      into: { id: into, name: pair.into.name },
      calls: calls?.count ?? 0,
      handled: await handledForOthers(this.pool, from),
      firstCallAt: calls?.firstAt?.toISOString() ?? null,
      lastCallAt: calls?.lastAt?.toISOString() ?? null,
      addresses,
      movesUser: await hasUser(this.pool, from),
    };
  }

  merge(actor: AuditActor, from: number, into: number): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      await tx.query('SELECT 1 FROM agent WHERE id = ANY($1::integer[]) ORDER BY id FOR UPDATE', [[from, into]]);
      await this.pair(tx, from, into);
      const now = new Date(this.clock.now());
      const addresses = await moveBelongings(tx, from, into, now);
      return {
        affected: [{ from: null, agents: [from] }],
        merged: { from, into },
        audit: [
          {
            action: 'agent.merged',
            subject: subjectOf(from),
            before: { mergedInto: null },
            after: { mergedInto: into, addresses },
          },
        ],
        result: async () => {
          const detail = await this.views.detail(tx, into, now);
          if (detail === null) throw new AppError('not_found');
          return detail;
        },
      };
    });
  }

  private async pair(db: Queryable, from: number, into: number): Promise<{ from: AgentRow; into: AgentRow }> {
    const rows = await findAgents(db, [from, into], new Date(this.clock.now()));
    const goes = rows.find((row) => row.id === from);
    const stays = rows.find((row) => row.id === into);
    if (goes === undefined) throw new AppError('not_found');
    if (stays === undefined) throw new AppError('not_found', { field: 'into' });
    const gone = [goes, stays].some(({ status }) => status === 'merged' || status === 'erased');
    if (from === into || gone) throw new AppError('merge_impossible', { field: 'into' });
    return { from: goes, into: stays };
  }
}

/** Returns how many addresses moved. */
async function moveBelongings(tx: PoolClient, from: number, into: number, now: Date): Promise<number> {
  const moved = await tx.query('UPDATE agent_address SET agent_id = $2 WHERE agent_id = $1', [from, into]);
  await tx.query('UPDATE app_user SET agent_id = $2 WHERE agent_id = $1', [from, into]);
  await tx.query('UPDATE agent SET merged_into = $2 WHERE merged_into = $1', [from, into]);
  await tx.query("UPDATE agent SET status = 'merged', merged_into = $2 WHERE id = $1", [from, into]);
  await tx.query('DELETE FROM team_membership WHERE agent_id = $1 AND valid_from > $2', [from, now]);
  await tx.query('DELETE FROM agent_leave WHERE agent_id = $1 AND first_day > $2::date', [from, now]);
  return moved.rowCount ?? 0;
}

async function hasUser(db: Queryable, agent: number): Promise<boolean> {
  const { rowCount } = await db.query('SELECT 1 FROM app_user WHERE agent_id = $1', [agent]);
  return (rowCount ?? 0) > 0;
}

/** Calls of others the agent had a part in: found by the quarter hours in which the sums say so (call_started). */
async function handledForOthers(db: Queryable, agent: number): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::integer AS n
     FROM (SELECT DISTINCT slot_start FROM rollup_slot WHERE agent_id = $1 AND handled <> 0) AS s
     JOIN call c ON c.started_at >= s.slot_start AND c.started_at < s.slot_start + interval '15 minutes'
     WHERE c.agent_id <> $1 AND c.handled @> $2::jsonb`,
    [agent, JSON.stringify([{ agent }])],
  );
  return rows[0]?.n ?? 0;
}
