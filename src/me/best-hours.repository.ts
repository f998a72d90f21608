import type { Pool } from 'pg';
import type { HourSums } from './best-hours.js';
import type { OwnDay } from './own-day.js';

interface Row {
  hour: number;
  dials: number;
  connects: number;
  sales: number;
  team_dials: number;
  team_connects: number;
  team_sales: number;
}

export class BestHoursRepository {
  constructor(private readonly pool: Pool) {}

  /**
   * Sums by hour of the day on the team's clock. Walks the front of rollup_slot's primary key over the days asked for.
   * Instants are epoch ms, half-open. `others` are rows of one's present team, whoever they belong to, without one's own.
   */
  async sums({ agentId, teamId, timeZone }: OwnDay, from: number, until: number): Promise<HourSums[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT extract(hour FROM slot_start AT TIME ZONE $5)::int AS hour,
         ${['dials', 'connects', 'sales']
           .map(
             (column) => `coalesce(sum(${column}) FILTER (WHERE agent_id = $1), 0)::float8 AS ${column},
         coalesce(sum(${column}) FILTER (WHERE agent_id <> $1), 0)::float8 AS team_${column}`,
           )
           .join(', ')}
       FROM rollup_slot
       WHERE slot_start >= to_timestamp($3::float8 / 1000) AND slot_start < to_timestamp($4::float8 / 1000)
         AND (agent_id = $1 OR (team_id = $2 AND team_id <> 0 AND agent_id <> 0))
       GROUP BY 1`,
      [agentId, teamId, from, until, timeZone],
    );
    return rows.map(({ hour, dials, connects, sales, ...team }) => ({
      hour,
      own: { dials, connects, sales },
      others: { dials: team.team_dials, connects: team.team_connects, sales: team.team_sales },
    }));
  }

  /** Colleagues with a dial in the team over whole business days. */
  async peers({ agentId, teamId }: OwnDay, from: string, until: string): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `SELECT count(DISTINCT agent_id)::int AS n FROM rollup_day
       WHERE business_date >= $3 AND business_date < $4 AND team_id = $2 AND team_id <> 0
         AND agent_id <> $1 AND agent_id <> 0 AND dials > 0`,
      [agentId, teamId, from, until],
    );
    return rows[0]?.n ?? 0;
  }
}
