/** Loads the settings snapshot and adds what webhooks name for the first time. */
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../platform/index.js';
import { DEFAULT_STATE_THRESHOLDS, type StateThresholds } from '../shared/presence.js';
import {
  type ActivityMeaning,
  type AgentInfo,
  type CampaignVersion,
  type DispositionInfo,
  type Membership,
  type SettingsData,
  SettingsSnapshot,
  type SiteVersion,
} from './settings-snapshot.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export async function settingsVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ version: string }>('SELECT version FROM organisation');
  return Number(rows[0]?.version ?? 0);
}

export async function loadSettings(db: Queryable): Promise<SettingsSnapshot> {
  const organisation = await db.query<{
    version: string;
    country: string;
    currency: string;
    new_agents_team_id: number;
    outcome_window: number;
    callback_window: number;
    state_thresholds: StateThresholds | null;
    status_hours: number;
  }>(
    `SELECT version, country, currency, new_agents_team_id, outcome_window_minutes AS outcome_window,
       callback_window_minutes AS callback_window, state_thresholds, status_hours FROM organisation`,
  );
  const head = organisation.rows[0];
  if (head === undefined) throw new Error('The organisation was never set up');
  const agents = await db.query<AgentInfo>('SELECT id, name, status, merged_into AS "mergedInto" FROM agent');
  const dispositions = await db.query<DispositionInfo>('SELECT id, key, flags FROM disposition');
  const activities = await db.query<ActivityMeaning & { name: string }>(
    'SELECT name, state, reason FROM taskrouter_activity',
  );
  const teams = await db.query<{ id: number; name: string; siteId: number; showsRanks: boolean }>(
    'SELECT id, name, site_id AS "siteId", shows_ranks AS "showsRanks" FROM team',
  );
  const campaigns = await db.query<{ id: number; name: string; currency: string }>(
    'SELECT id, name, currency FROM campaign',
  );
  const addresses = await db.query<{ scheme: string; value: string; agent_id: number }>(
    'SELECT scheme, value, agent_id FROM agent_address',
  );
  const numbers = await db.query<{ number_id: string; campaign_id: number }>(
    'SELECT number_id, campaign_id FROM campaign_caller_number',
  );
  const data: SettingsData = {
    version: Number(head.version),
    country: head.country,
    currency: head.currency,
    newAgentsTeamId: head.new_agents_team_id,
    agents: new Map(agents.rows.map((row) => [row.id, row])),
    teams: new Map(teams.rows.map((row) => [row.id, row])),
    campaigns: new Map(campaigns.rows.map((row) => [row.id, row])),
    addresses: new Map(addresses.rows.map((row) => [`${row.scheme}:${row.value}`, row.agent_id])),
    memberships: await versions<Membership>(
      db,
      `SELECT agent_id AS key, ${MS('valid_from')} AS "validFrom", team_id AS "teamId" FROM team_membership ORDER BY valid_from`,
    ),
    sites: await versions<SiteVersion>(
      db,
      `SELECT site_id AS key, ${MS('valid_from')} AS "validFrom", time_zone AS "timeZone",
              day_start_minutes AS "dayStartMinutes" FROM site_version ORDER BY valid_from`,
    ),
    campaignVersions: await versions<CampaignVersion>(
      db,
      `SELECT campaign_id AS key, ${MS('valid_from')} AS "validFrom", effective_ms AS "effectiveMs",
              assume_human AS "assumeHuman" FROM campaign_version ORDER BY valid_from`,
    ),
    campaignByName: new Map(campaigns.rows.map((row) => [row.name, row.id])),
    campaignByNumber: new Map(numbers.rows.map((row) => [row.number_id, row.campaign_id])),
    dispositions: new Map(dispositions.rows.map((row) => [row.key, row])),
    outcomeWindowMs: head.outcome_window * 60_000,
    callbackWindowMs: head.callback_window * 60_000,
    activities: new Map(activities.rows.map(({ name, ...meaning }) => [name, meaning])),
    stateThresholds: head.state_thresholds ?? DEFAULT_STATE_THRESHOLDS,
    statusMaxMs: head.status_hours * 3_600_000,
  };
  return new SettingsSnapshot(data);
}

async function versions<T>(db: Queryable, sql: string): Promise<Map<number, T[]>> {
  const { rows } = await db.query<{ key: number } & T>(sql);
  const result = new Map<number, T[]>();
  for (const row of rows) {
    const list = result.get(row.key);
    if (list === undefined) result.set(row.key, [row]);
    else list.push(row);
  }
  return result;
}

export interface Unknowns {
  /** Agent identities no address exists for, verbatim. */
  identities: string[];
  /** Campaign names that do not exist. */
  campaigns: string[];
}

/**
 * Makes an agent (`new`, named by the identity verbatim, in the team for new agents) for each identity and a campaign
 * for each name, so that a floor works within a minute of its first webhook. Runs inside the caller's transaction and
 * returns the settings as they are then; the caller keeps them only after its commit.
 */
export async function createUnknowns(tx: PoolClient, unknowns: Unknowns): Promise<SettingsSnapshot> {
  const identities = [...new Set(unknowns.identities)].sort();
  if (identities.length > 0) {
    await tx.query(
      `WITH wanted AS (
         SELECT u.value FROM unnest($1::text[]) AS u(value)
         WHERE NOT EXISTS (SELECT 1 FROM agent_address a WHERE a.scheme = 'identity' AND a.value = u.value)
       ), numbered AS (
         SELECT value, nextval(pg_get_serial_sequence('agent', 'id'))::integer AS id FROM (SELECT value FROM wanted ORDER BY value) w
       ), made AS (
         INSERT INTO agent (id, name, status) SELECT id, value, 'new' FROM numbered RETURNING id
       ), addressed AS (
         INSERT INTO agent_address (scheme, value, agent_id) SELECT 'identity', value, id FROM numbered
       )
       INSERT INTO team_membership (agent_id, valid_from, team_id)
       SELECT made.id, '-infinity', (SELECT new_agents_team_id FROM organisation) FROM made`,
      [identities],
    );
  }
  const campaigns = [...new Set(unknowns.campaigns)].sort();
  if (campaigns.length > 0) {
    await tx.query(
      `WITH made AS (
         INSERT INTO campaign (name, status, currency)
         SELECT u.name, 'new', (SELECT currency FROM organisation) FROM unnest($1::text[]) AS u(name)
         ON CONFLICT (name) DO NOTHING RETURNING id
       )
       INSERT INTO campaign_version (campaign_id, valid_from) SELECT id, '-infinity' FROM made`,
      [campaigns],
    );
  }
  await tx.query('UPDATE organisation SET version = version + 1');
  return loadSettings(tx);
}

export interface OrganisationDefaults {
  timeZone: string;
  country: string;
  currency: string;
}

/**
 * Makes the organisation at the first start; later a changed ORG_TIME_ZONE opens a new version of the default site from
 * now on (effective-dated: calls that started before keep their zone), and country and currency apply to what comes. A
 * setting that stays as it was changes nothing: what was set on a screen meanwhile is not undone by a restart.
 */
export async function ensureOrganisation(db: Pool, defaults: OrganisationDefaults, now: Date): Promise<void> {
  await inTransaction(db, async (client) => {
    await client.query('LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE');
    const { rows } = await client.query<{ country: string; currency: string; zone: string | null }>(
      'SELECT country, currency, configured_time_zone AS zone FROM organisation',
    );
    const current = rows[0];
    if (current === undefined) await makeOrganisation(client, defaults);
    else await applyChanges(client, current, defaults, now);
  });
}

async function makeOrganisation(client: PoolClient, defaults: OrganisationDefaults): Promise<void> {
  await client.query(
    `INSERT INTO organisation (country, currency, configured_time_zone, trend_colours)
     VALUES ($1, $2, $3, CASE $1 WHEN 'CN' THEN 'red_up' ELSE 'green_up' END)`,
    [defaults.country, defaults.currency, defaults.timeZone],
  );
  await client.query(`INSERT INTO site_version (site_id, valid_from, time_zone) VALUES (1, '-infinity', $1)`, [
    defaults.timeZone,
  ]);
  await client.query(`INSERT INTO campaign (id, name, currency) OVERRIDING SYSTEM VALUE VALUES (1, 'default', $1)`, [
    defaults.currency,
  ]);
  await client.query(`SELECT setval(pg_get_serial_sequence('campaign', 'id'), 1)`);
  await client.query(`INSERT INTO campaign_version (campaign_id, valid_from) VALUES (1, '-infinity')`);
}

async function applyChanges(
  client: PoolClient,
  current: { country: string; currency: string; zone: string | null },
  defaults: OrganisationDefaults,
  now: Date,
): Promise<void> {
  const moved = current.zone !== defaults.timeZone;
  if (moved) {
    await client.query(
      `INSERT INTO site_version (site_id, valid_from, time_zone, day_start_minutes)
       SELECT 1, $1, $2, day_start_minutes FROM site_version WHERE site_id = 1 AND valid_from <= $1
       ORDER BY valid_from DESC LIMIT 1
       ON CONFLICT (site_id, valid_from) DO UPDATE SET time_zone = excluded.time_zone`,
      [now, defaults.timeZone],
    );
    // Calls of a phone system whose clock is ahead may have been counted already; callbacks promised for later have a day.
    await client.query(
      `INSERT INTO resolution_task (affected, family, after_started_at) VALUES
         (jsonb_build_object('from', $1::float8), 'call', $2), (jsonb_build_object('from', $1::float8), 'outcome', '-infinity')`,
      [now.getTime(), now],
    );
  }
  if (moved || current.country !== defaults.country || current.currency !== defaults.currency) {
    await client.query(
      'UPDATE organisation SET country = $1, currency = $2, configured_time_zone = $3, version = version + 1',
      [defaults.country, defaults.currency, defaults.timeZone],
    );
  }
}
