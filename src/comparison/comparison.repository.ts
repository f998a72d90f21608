/** Who is compared, and what of them others may see. */
import type { Pool } from 'pg';
import { type AddParameter, scopeSql } from '../access/index.js';
import { MEASURE_COLUMNS } from '../kpi/index.js';
import { currentTeamSql } from '../organisation/index.js';
import type { Scope } from '../shared/access.js';
import type { NamedRef } from '../shared/comparison.js';
import type { AgentDisplay } from '../shared/organisation.js';

export interface PersonRow {
  id: number;
  name: string;
  display: AgentDisplay;
  employedFrom: string | null;
  /** The one they are in now. */
  team: NamedRef | null;
}

export interface OwnTeam {
  id: number;
  showsRanks: boolean;
}

const COUNTED = MEASURE_COLUMNS.map((column) => `r.${column} <> 0`).join(' OR ');

export class ComparisonRepository {
  constructor(private readonly pool: Pool) {}

  async people(ids: readonly number[], now: Date): Promise<Map<number, PersonRow>> {
    const { rows } = await this.pool.query<
      Omit<PersonRow, 'team'> & { teamId: number | null; teamName: string | null }
    >(
      `SELECT p.*, t.name AS "teamName" FROM (
         SELECT a.id, a.name, a.display, a.employed_from::text AS "employedFrom", ${currentTeamSql('$2')} AS "teamId"
         FROM agent a WHERE a.id = ANY($1::integer[]) AND a.status <> 'system') p
       LEFT JOIN team t ON t.id = p."teamId"`,
      [[...ids], now],
    );
    return new Map(
      rows.map(({ teamId, teamName, ...row }) => [
        row.id,
        { ...row, team: teamId === null || teamId === 0 ? null : { id: teamId, name: teamName ?? '' } },
      ]),
    );
  }

  /** Null: in no team now. */
  async ownTeam(agent: number, now: Date): Promise<OwnTeam | null> {
    const { rows } = await this.pool.query<OwnTeam>(
      `SELECT t.id, t.shows_ranks AS "showsRanks" FROM agent a JOIN team t ON t.id = ${currentTeamSql('$2')}
       WHERE a.id = $1 AND t.id <> 0`,
      [agent, now],
    );
    return rows[0] ?? null;
  }

  /** People with anything counted for each team on these business dates. Reads the front of the key of rollup_day. */
  async activePeople(
    range: { from: string; to: string },
    scope: Scope,
    campaigns: readonly number[] | undefined,
  ): Promise<Map<number, number>> {
    const values: unknown[] = [range.from, range.to];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const seen = scopeSql(scope, { agent: 'r.agent_id', team: 'r.team_id' }, add);
    const where = [
      'r.business_date >= $1::date AND r.business_date < $2::date AND r.agent_id <> 0',
      `(${COUNTED})`,
      ...(campaigns === undefined ? [] : [`r.campaign_id = ANY(${add([...campaigns], 'integer[]')})`]),
      ...(seen === null ? [] : [seen]),
    ];
    const { rows } = await this.pool.query<{ team: number; people: number }>(
      `SELECT team, count(*)::integer AS people FROM (
         SELECT DISTINCT r.team_id AS team, r.agent_id FROM rollup_day r WHERE ${where.join(' AND ')}) t GROUP BY team`,
      values,
    );
    return new Map(rows.map((row) => [row.team, row.people]));
  }

  /** The organisation's own, for amounts of nothing. */
  async currency(): Promise<string> {
    const { rows } = await this.pool.query<{ currency: string }>('SELECT currency FROM organisation');
    return rows[0]?.currency ?? '';
  }
}
