/** The organisation of the demo: what an administrator would have set up before the first call. */
import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { inTransaction } from '../../platform/index.js';
import {
  CAMPAIGNS,
  type DemoOptions,
  floorOf,
  SHIFT_SECONDS,
  seeded,
  shiftStartHour,
  TEAMS,
} from '../../simulator/index.js';

/** Lunch and two breaks. */
const BREAK_MINUTES = 75;
/** Of a month, for the targets of teams. */
const WORKING_DAYS = 21;
/** Of a full day, as the best of the floor just manage. Minor units of money. */
const AGENT_DAY = { dials: 105, sales: 4, revenue: 1_200_000 } as const;

/** Makes teams with shifts, agents with their addresses, campaigns and targets, once. */
export async function setUpDemoOrganisation(pool: Pool, floor: DemoOptions): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM team WHERE id > 1`);
    if (rows[0]?.n !== '0') return;
    await insertAll(tx, floor);
    await insertShifts(tx, floor);
    await insertTargets(tx, floor);
    await tx.query('UPDATE organisation SET version = version + 1');
  });
}

/** Working days, and the weekday on which the demo was first seen: its floor is always in shift. */
async function insertShifts(client: Pick<Pool, 'query'>, { anchor, timeZone }: DemoOptions): Promise<void> {
  const today = Temporal.Instant.fromEpochMilliseconds(anchor).toZonedDateTimeISO(timeZone).dayOfWeek;
  const startMinutes = shiftStartHour(anchor, timeZone) * 60;
  const shift = { startMinutes, endMinutes: startMinutes + SHIFT_SECONDS / 60, breakMinutes: BREAK_MINUTES };
  const shifts = [...new Set([1, 2, 3, 4, 5, today])].sort().map((weekday) => ({ weekday, ...shift }));
  await client.query(
    `INSERT INTO shift_pattern (team_id, valid_from, shifts)
     SELECT id, date '2020-01-01', $1::jsonb FROM team WHERE name = ANY($2::text[])`,
    [JSON.stringify(shifts), TEAMS.map((team) => team.name)],
  );
  await client.query(
    `INSERT INTO taskrouter_activity (name, state, reason) VALUES ('Break', 'paused', 'break'), ('Lunch', 'paused', 'lunch')
     ON CONFLICT (name) DO NOTHING`,
  );
}

/** Of each person for the day, of each team and the floor for the day and the month what their people's come to. */
async function insertTargets(client: Pick<Pool, 'query'>, floor: DemoOptions): Promise<void> {
  const from = Temporal.Instant.fromEpochMilliseconds(floor.anchor).toZonedDateTimeISO(floor.timeZone);
  const validFrom = from.toPlainDate().with({ day: 1 }).toString();
  const { rows } = await client.query<{ agent: number; team: number; currency: string }>(
    `SELECT m.agent_id AS agent, m.team_id AS team, o.currency FROM team_membership m CROSS JOIN organisation o
     JOIN team t ON t.id = m.team_id WHERE t.name = ANY($1::text[])`,
    [TEAMS.map((team) => team.name)],
  );
  const currency = rows[0]?.currency ?? '';
  const teams = [...new Set(rows.map(({ team }) => team))];
  const targets: { team: number | null; agent: number | null; kpi: string; period: string; value: number }[] = [];
  for (const [kpi, value] of Object.entries(AGENT_DAY)) {
    const of = (people: number) => [
      { kpi, period: 'day', value: value * people },
      { kpi, period: 'month', value: value * people * WORKING_DAYS },
    ];
    targets.push(...rows.map(({ agent }) => ({ team: null, agent, kpi, period: 'day', value })));
    for (const team of teams) {
      const people = rows.filter((row) => row.team === team).length;
      targets.push(...of(people).map((target) => ({ team, agent: null, ...target })));
    }
    targets.push(...of(rows.length).map((target) => ({ team: null, agent: null, ...target })));
  }
  const rate = { agent: null, kpi: 'conversion_rate', period: 'day', value: 0.08 };
  targets.push({ team: null, ...rate }, ...teams.map((team) => ({ team, ...rate })));
  await client.query(
    `INSERT INTO target (team_id, agent_id, kpi, period, value, currency, valid_from)
     SELECT x.team, x.agent, x.kpi, x.period, x.value, CASE WHEN x.kpi = 'revenue' THEN $2 END, $3::date
     FROM json_to_recordset($1::json) AS x(team integer, agent integer, kpi text, period text, value float8)`,
    [JSON.stringify(targets), currency, validFrom],
  );
  await client.query('UPDATE target_version SET version = version + 1');
}

/** Days since when somebody is there: a few new ones, most for long. */
function employedFrom({ seed, anchor, timeZone }: DemoOptions, index: number): string {
  const random = seeded(seed, `employed|${index}`);
  const days = random.chance(0.15) ? random.between(32, 80) : random.between(120, 1_500);
  const today = Temporal.Instant.fromEpochMilliseconds(anchor).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.subtract({ days }).toString();
}

async function insertAll(client: Pick<Pool, 'query'>, floor: DemoOptions): Promise<void> {
  const agents = floorOf(floor.seed, floor.agents);
  await client.query(`INSERT INTO team (name, site_id) SELECT name, 1 FROM unnest($1::text[]) AS u(name)`, [
    TEAMS.map((team) => team.name),
  ]);
  await client.query(
    `WITH people AS (
       SELECT u.*, nextval(pg_get_serial_sequence('agent', 'id'))::integer AS id
       FROM unnest($1::text[], $2::text[], $3::text[], $4::date[]) AS u(name, identity, team, employed)
     ), made AS (
       INSERT INTO agent (id, name, status, employed_from) SELECT id, name, 'active', employed FROM people
     ), addressed AS (
       INSERT INTO agent_address (scheme, value, agent_id) SELECT 'identity', identity, id FROM people
     )
     INSERT INTO team_membership (agent_id, valid_from, team_id)
     SELECT people.id, '-infinity', team.id FROM people JOIN team ON team.name = people.team`,
    [
      agents.map((agent) => agent.name),
      agents.map((agent) => agent.identity),
      agents.map((agent) => agent.team.name),
      agents.map((agent) => employedFrom(floor, agent.index)),
    ],
  );
  await client.query(
    `WITH made AS (
       INSERT INTO campaign (name, currency) SELECT u.name, o.currency FROM unnest($1::text[]) AS u(name), organisation o
       ON CONFLICT (name) DO NOTHING RETURNING id
     )
     INSERT INTO campaign_version (campaign_id, valid_from) SELECT id, '-infinity' FROM made`,
    [CAMPAIGNS.map((campaign) => campaign.key)],
  );
}
