/** What ready-made reports read beside the answers of the engine. */
import type { Pool } from 'pg';
import type { CustomerNumbers } from '../../customers/index.js';
import { currentTeamSql } from '../../organisation/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { type LogFigures, readLog } from './log-figures.js';
import { type MissedCallbacks, readMissed } from './missed-callbacks.js';
import type { Asked, Dates } from './ready-report.js';

export interface PersonFound {
  name: string;
  /** At the end of the range, or now. */
  team: { id: number; name: string; showsRanks: boolean } | null;
}

type Named = Map<number, string>;

export class ReadyRepository {
  constructor(
    private readonly pool: Pool,
    private readonly numbers: Pick<CustomerNumbers, 'masked'>,
  ) {}

  /** Throws `not_found`. Whether they are in sight was decided by the engine. */
  async person(id: number, { dates, now, zones }: Pick<Asked, 'dates' | 'now' | 'zones'>): Promise<PersonFound> {
    const at = new Date(Math.min(now, zones.startOf(dates.to) - 1));
    const { rows } = await this.pool.query<{ name: string; team: number | null; teamName: string; shows: boolean }>(
      `SELECT p.name, t.id AS team, t.name AS "teamName", t.shows_ranks AS shows FROM (
         SELECT a.name, ${currentTeamSql('$2')} AS team FROM agent a WHERE a.id = $1 AND a.status <> 'system') p
       LEFT JOIN team t ON t.id = p.team AND t.id <> 0`,
      [id, at],
    );
    const [row] = rows;
    if (row === undefined) throw new AppError('not_found', { field: 'agent' });
    const { name, team, teamName, shows } = row;
    return { name, team: team === null ? null : { id: team, name: teamName, showsRanks: shows } };
  }

  async names({
    agents,
    teams,
    campaigns,
  }: Asked['filters']): Promise<{ agents: Named; teams: Named; campaigns: Named }> {
    return {
      agents: await this.named('agent', 'name', agents),
      teams: await this.named('team', 'name', teams),
      campaigns: await this.named('campaign', `coalesce(nullif(title, ''), name)`, campaigns),
    };
  }

  /** Table and column are of this file. */
  private async named(
    table: 'agent' | 'team' | 'campaign',
    name: string,
    ids: readonly number[] | undefined,
  ): Promise<Named> {
    if (ids === undefined || ids.length === 0) return new Map();
    const { rows } = await this.pool.query<{ id: number; name: string }>(
      `SELECT id, ${name} AS name FROM ${table} WHERE id = ANY($1::integer[])`,
      [[...ids]],
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  missedCallbacks(dates: Dates, filters: Asked['filters'], scope: Scope): Promise<MissedCallbacks> {
    return readMissed({ pool: this.pool, numbers: this.numbers }, dates, filters, scope);
  }

  /** `from`, `to`: epoch ms. */
  log(from: number, to: number): Promise<LogFigures> {
    return readLog(this.pool, from, to);
  }
}
