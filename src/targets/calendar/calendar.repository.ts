/** Everything the working calendar of some dates needs, read at once. */
import type { PoolClient } from 'pg';
import { currentTeamSql, holidaysOf, loadTeamTree, patternsOf, type TeamTree } from '../../organisation/index.js';
import type { Dates } from './periods.js';
import { type CalendarPerson, type CalendarTeam, WorkCalendar } from './work-calendar.js';

type Db = Pick<PoolClient, 'query'>;

export interface LoadedCalendar {
  calendar: WorkCalendar;
  tree: TeamTree;
}

/** `agents`: whose days may be asked; team days of all teams can. `now`: who is a member then. */
export async function loadCalendar(
  db: Db,
  dates: Dates,
  agents: readonly number[],
  now: number,
): Promise<LoadedCalendar> {
  const tree = await loadTeamTree(db);
  const teams = tree.inOrder();
  const patterns = await patternsOf(
    db,
    'team',
    teams.map(({ id }) => id),
  );
  const sites = [...new Set(teams.map(({ siteId }) => siteId))];
  const holidays = await holidaysOf(db, sites, dates.from, dates.until);
  const members = await membersOf(db, now);
  return {
    tree,
    calendar: new WorkCalendar({
      teams: new Map(
        teams.map(({ id, siteId }): [number, CalendarTeam] => [
          id,
          {
            id,
            siteId,
            patterns: tree
              .lineOf(id)
              .reverse()
              .map((team) => patterns.get(team.id) ?? []),
            members: members.get(id) ?? 0,
          },
        ]),
      ),
      people: await peopleOf(db, agents, dates),
      holidays: new Map(
        [...holidays].map(([site, list]) => [site, new Map(list.map((holiday) => [holiday.date, holiday]))]),
      ),
    }),
  };
}

async function membersOf(db: Db, now: number): Promise<Map<number, number>> {
  const { rows } = await db.query<{ team: number; n: number }>(
    `SELECT team, count(*)::integer AS n FROM (
       SELECT ${currentTeamSql('$1')} AS team FROM agent a WHERE a.status IN ('new', 'active')) t
     WHERE team IS NOT NULL GROUP BY team`,
    [new Date(now)],
  );
  return new Map(rows.map(({ team, n }) => [team, n]));
}

async function peopleOf(db: Db, agents: readonly number[], dates: Dates): Promise<Map<number, CalendarPerson>> {
  if (agents.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; employedFrom: string | null; employedUntil: string | null }>(
    `SELECT id, employed_from::text AS "employedFrom", employed_until::text AS "employedUntil" FROM agent
     WHERE id = ANY($1::integer[])`,
    [[...agents]],
  );
  const leave = await db.query<{ agent: number; from: string; until: string }>(
    `SELECT agent_id AS agent, first_day::text AS "from", last_day::text AS until FROM agent_leave
     WHERE agent_id = ANY($1::integer[]) AND first_day < $3 AND last_day >= $2`,
    [[...agents], dates.from, dates.until],
  );
  const memberships = await db.query<{ agent: number; validFrom: number; teamId: number }>(
    `SELECT agent_id AS agent, (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom", team_id AS "teamId"
     FROM team_membership WHERE agent_id = ANY($1::integer[]) ORDER BY agent_id, valid_from`,
    [[...agents]],
  );
  const patterns = await patternsOf(db, 'agent', agents);
  const leaveBy = byAgent(leave.rows);
  const memberOf = byAgent(memberships.rows);
  return new Map(
    rows.map(({ id, ...employment }) => [
      id,
      {
        ...employment,
        leave: leaveBy.get(id) ?? [],
        patterns: patterns.get(id) ?? [],
        memberships: memberOf.get(id) ?? [],
      },
    ]),
  );
}

function byAgent<T extends { agent: number }>(rows: readonly T[]): Map<number, T[]> {
  const lists = new Map<number, T[]>();
  for (const row of rows) {
    const list = lists.get(row.agent);
    if (list === undefined) lists.set(row.agent, [row]);
    else list.push(row);
  }
  return lists;
}
