/** Agents a webhook named for the first time and nobody has confirmed yet. */
import type { Pool } from 'pg';
import type { AddParameter } from '../../access/index.js';
import type { Clock } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { NewAgent } from '../../shared/organisation.js';
import { visibleAgentsSql } from '../visible.js';
import type { AgentViews } from './agent-views.js';
import { type AgentRow, agentColumns, callsOf } from './agents.repository.js';

const SHOWN_MAX = 200;

export class NewAgentsReadModel {
  constructor(
    private readonly pool: Pool,
    private readonly views: AgentViews,
    private readonly clock: Clock,
  ) {}

  async count(scope: Scope): Promise<number> {
    const { condition, values } = this.condition(scope);
    const { rows } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM agent a WHERE $1::timestamptz IS NOT NULL AND ${condition}`,
      values,
    );
    return rows[0]?.n ?? 0;
  }

  /** Most calls first. */
  async list(scope: Scope): Promise<NewAgent[]> {
    const { condition, values } = this.condition(scope);
    const { rows } = await this.pool.query<AgentRow>(
      `SELECT ${agentColumns('$1')} FROM agent a WHERE ${condition} ORDER BY a.id DESC LIMIT ${SHOWN_MAX}`,
      values,
    );
    const calls = await callsOf(
      this.pool,
      rows.map((row) => row.id),
    );
    const views = await this.views.ofRows(this.pool, rows);
    return views
      .map(({ id, name, team, addresses }) => {
        const own = calls.get(id);
        return {
          id,
          name,
          team,
          addresses,
          calls: own?.count ?? 0,
          firstCallAt: own?.firstAt?.toISOString() ?? null,
          lastCallAt: own?.lastAt?.toISOString() ?? null,
        };
      })
      .sort((a, b) => b.calls - a.calls || a.id - b.id);
  }

  /** `$1` is the present instant. */
  private condition(scope: Scope): { condition: string; values: unknown[] } {
    const now = new Date(this.clock.now());
    const values: unknown[] = [now];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const visible = visibleAgentsSql(scope, now, add);
    return { condition: `a.status = 'new'${visible === null ? '' : ` AND ${visible}`}`, values };
  }
}
