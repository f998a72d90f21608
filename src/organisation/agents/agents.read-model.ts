/** The list of agents: searched, filtered, paged by name, within a scope. */
import type { Pool } from 'pg';
import { type AddParameter, requireInScope } from '../../access/index.js';
import { AppError, type Clock } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AgentDetail, AgentPage, AgentStatus } from '../../shared/organisation.js';
import { currentTeamSql, loadTeamTree } from '../teams/teams.repository.js';
import { requireAgent, visibleAgentsSql } from '../visible.js';
import type { AgentViews } from './agent-views.js';
import { type AgentRow, agentColumns } from './agents.repository.js';

export interface AgentsQuery {
  search?: string | undefined;
  teams?: number[] | undefined;
  below: boolean;
  statuses: AgentStatus[];
  limit: number;
  cursor?: string | undefined;
}

export class AgentsReadModel {
  constructor(
    private readonly pool: Pool,
    private readonly views: AgentViews,
    private readonly clock: Clock,
  ) {}

  async one(scope: Scope, id: number): Promise<AgentDetail> {
    const now = new Date(this.clock.now());
    await requireAgent(this.pool, scope, id, now);
    const detail = await this.views.detail(this.pool, id, now);
    if (detail === null) throw new AppError('not_found');
    return detail;
  }

  /** The first page also counts; a later one takes the number along. Uses agent_by_name. */
  async page(scope: Scope, query: AgentsQuery): Promise<AgentPage> {
    await requireInScope(this.pool, scope, { teams: query.teams });
    const now = new Date(this.clock.now());
    const values: unknown[] = [now];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const where = await this.conditions(scope, query, now, add);
    const condition = where.join(' AND ');
    const { rows: counted } = await this.pool.query<{ total: number }>(
      `SELECT count(*)::integer AS total FROM agent a WHERE $1::timestamptz IS NOT NULL AND ${condition}`,
      values,
    );
    const behind = query.cursor === undefined ? '' : `AND ${behindSql(query.cursor, add)}`;
    const { rows } = await this.pool.query<AgentRow & { sortName: string }>(
      `SELECT ${agentColumns('$1')}, lower(a.name) AS "sortName" FROM agent a WHERE ${condition} ${behind}
       ORDER BY lower(a.name), a.id LIMIT ${add(query.limit + 1, 'integer')}`,
      values,
    );
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      agents: await this.views.ofRows(this.pool, shown),
      total: counted[0]?.total ?? 0,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last) : null,
    };
  }

  private async conditions(scope: Scope, query: AgentsQuery, now: Date, add: AddParameter): Promise<string[]> {
    const where = ["a.status <> 'system'", `a.status = ANY(${add(query.statuses, 'text[]')})`];
    const visible = visibleAgentsSql(scope, now, add);
    if (visible !== null) where.push(visible);
    if (query.teams !== undefined) {
      const teams = query.below ? (await loadTeamTree(this.pool)).withBelow(query.teams) : query.teams;
      where.push(`${currentTeamSql('$1')} = ANY(${add(teams, 'integer[]')})`);
    }
    if (query.search !== undefined && query.search !== '') {
      const pattern = add(`%${query.search.replace(/[\\%_]/g, '\\$&')}%`, 'text');
      where.push(`(a.name ILIKE ${pattern} OR EXISTS (
        SELECT 1 FROM agent_address d WHERE d.agent_id = a.id AND d.scheme <> 'tel' AND d.value ILIKE ${pattern}))`);
    }
    return where;
  }
}

function cursorOf({ sortName, id }: { sortName: string; id: number }): string {
  return Buffer.from(JSON.stringify([sortName, id]), 'utf8').toString('base64url');
}

function behindSql(cursor: string, add: AddParameter): string {
  const [name, id] = decode(cursor);
  return `(lower(a.name), a.id) > (${add(name, 'text')}, ${add(id, 'integer')})`;
}

function decode(cursor: string): [string, number] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === 2) {
      const [name, id] = value as unknown[];
      if (typeof name === 'string' && !name.includes('\0') && Number.isInteger(id) && Math.abs(Number(id)) < 2 ** 31) {
        return [name, Number(id)];
      }
    }
  } catch {
    // Not JSON: answered below.
  }
  throw new AppError('cursor_invalid', { field: 'cursor' });
}
