/** The organisation of the demo: what an administrator would have set up before the first call. */
import type { Pool } from 'pg';
import { inTransaction } from '../../platform/index.js';
import { CAMPAIGNS, floorOf, TEAMS } from '../../simulator/index.js';

/** Makes teams, agents with their addresses and campaigns, once. */
export async function setUpDemoOrganisation(pool: Pool, floor: { seed: string; agents: number }): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM team WHERE id > 1`);
    if (rows[0]?.n === '0') await insertAll(tx, floor);
  });
}

async function insertAll(client: Pick<Pool, 'query'>, floor: { seed: string; agents: number }): Promise<void> {
  const agents = floorOf(floor.seed, floor.agents);
  await client.query(`INSERT INTO team (name, site_id) SELECT name, 1 FROM unnest($1::text[]) AS u(name)`, [
    TEAMS.map((team) => team.name),
  ]);
  await client.query(
    `WITH people AS (
       SELECT u.*, nextval(pg_get_serial_sequence('agent', 'id'))::integer AS id
       FROM unnest($1::text[], $2::text[], $3::text[]) AS u(name, identity, team)
     ), made AS (
       INSERT INTO agent (id, name, status) SELECT id, name, 'active' FROM people
     ), addressed AS (
       INSERT INTO agent_address (scheme, value, agent_id) SELECT 'identity', identity, id FROM people
     )
     INSERT INTO team_membership (agent_id, valid_from, team_id)
     SELECT people.id, '-infinity', team.id FROM people JOIN team ON team.name = people.team`,
    [agents.map((agent) => agent.name), agents.map((agent) => agent.identity), agents.map((agent) => agent.team.name)],
  );
  await client.query(
    `WITH made AS (
       INSERT INTO campaign (name, currency) SELECT u.name, o.currency FROM unnest($1::text[]) AS u(name), organisation o
       ON CONFLICT (name) DO NOTHING RETURNING id
     )
     INSERT INTO campaign_version (campaign_id, valid_from) SELECT id, '-infinity' FROM made`,
    [CAMPAIGNS.map((campaign) => campaign.key)],
  );
  await client.query('UPDATE organisation SET version = version + 1');
}
