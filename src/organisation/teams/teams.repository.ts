/** Teams in the database. Team 0 stands for calls of nobody and is no team people see. */
import type { Pool, PoolClient } from 'pg';
import { type TeamRow, TeamTree } from './team-tree.js';

export type Queryable = Pick<Pool | PoolClient, 'query'>;

export async function loadTeamTree(db: Queryable): Promise<TeamTree> {
  const { rows } = await db.query<TeamRow>(
    `SELECT id, name, parent_id AS "parentId", site_id AS "siteId",
       (extract(epoch FROM archived_at) * 1000)::float8 AS "archivedAt", shows_ranks AS "showsRanks" FROM team WHERE id <> 0`,
  );
  return new TeamTree(rows);
}

/** Team an agent `a` is in at the instant of parameter `now` (a place such as `$1`). Uses the key of team_membership. */
export function currentTeamSql(now: string): string {
  return `(SELECT m.team_id FROM team_membership m WHERE m.agent_id = a.id AND m.valid_from <= ${now}::timestamptz
    ORDER BY m.valid_from DESC LIMIT 1)`;
}

/** Agents who work in each team now. */
export async function membersByTeam(db: Queryable, now: Date): Promise<Map<number, number>> {
  const { rows } = await db.query<{ team: number; members: number }>(
    `SELECT team, count(*)::integer AS members FROM (
       SELECT ${currentTeamSql('$1')} AS team FROM agent a WHERE a.status IN ('new', 'active')) AS t
     WHERE team IS NOT NULL GROUP BY team`,
    [now],
  );
  return new Map(rows.map((row) => [row.team, row.members]));
}

/** Agents who are in the team now or are to come into it later, and still work here. */
export async function hasMembersNowOrLater(db: Queryable, team: number, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT 1 FROM agent a WHERE a.status IN ('new', 'active') AND (
       ${currentTeamSql('$2')} = $1
       OR EXISTS (SELECT 1 FROM team_membership m WHERE m.agent_id = a.id AND m.team_id = $1 AND m.valid_from > $2))
     LIMIT 1`,
    [team, now],
  );
  return (rowCount ?? 0) > 0;
}

export async function newAgentsTeam(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: number }>('SELECT new_agents_team_id AS id FROM organisation');
  return rows[0]?.id ?? 1;
}

export async function insertTeam(
  tx: Queryable,
  team: { name: string; siteId: number; parentId: number | null },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    'INSERT INTO team (name, site_id, parent_id) VALUES ($1, $2, $3) RETURNING id',
    [team.name, team.siteId, team.parentId],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('A team was not made');
  return made.id;
}

export async function updateTeam(
  tx: Queryable,
  id: number,
  team: Pick<TeamRow, 'name' | 'parentId' | 'archivedAt' | 'showsRanks'>,
): Promise<void> {
  await tx.query(
    `UPDATE team SET name = $2, parent_id = $3, archived_at = to_timestamp($4::float8 / 1000), shows_ranks = $5
     WHERE id = $1`,
    [id, team.name, team.parentId, team.archivedAt, team.showsRanks],
  );
}
