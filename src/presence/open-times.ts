/**
 * Time of spans that are still open, up to an instant: sums hold closed ones only, whoever reads adds these. Pure but for
 * `openTimes`, which reads what is open now.
 */
import type { PoolClient } from 'pg';
import type { PlacedTimes, PresenceNow, StateTimes } from '../calls/index.js';
import { DEFAULT_SITE } from '../organisation/index.js';
import { PRESENCE_COLUMNS, type PresenceRow } from './facts/presence.repository.js';
import { LONGEST_MS } from './spans/interval.js';
import { Placement, type PlacementSource } from './spans/placement.js';
import { columnOf, noTimes } from './spans/state-times.js';

type Open = Pick<PresenceNow, 'state' | 'since'>;

/** Milliseconds of what somebody does now, from `from` (epoch ms; left out: its beginning) up to `now`. */
export function openSpanMs({ state, since }: Open, now: number, from = Number.NEGATIVE_INFINITY): StateTimes {
  const times = noTimes();
  const column = state === null ? null : columnOf(state);
  if (column === null || since === null) return times;
  times[column] = Math.max(0, Math.min(now, since + LONGEST_MS) - Math.max(since, from));
  return times;
}

/** What is open in the database, up to `asOf` (epoch ms), where it counts. */
export async function openTimes(client: Pick<PoolClient, 'query'>, asOf: number): Promise<PlacedTimes[]> {
  const { rows } = await client.query<PresenceRow>(
    `SELECT ${PRESENCE_COLUMNS} FROM agent_presence p WHERE p.state <> 'offline' AND p.since < to_timestamp($1::float8 / 1000)`,
    [asOf],
  );
  if (rows.length === 0) return [];
  const source = await sourceOf(
    client,
    rows.map(({ agentId }) => agentId),
  );
  const placement = new Placement(source);
  return rows.flatMap(({ agentId, state, reason, callKey, since }) => {
    if (since === null) return [];
    const to = Math.min(asOf, since + LONGEST_MS);
    return placement.times(agentId, [{ state, reason, callKey, from: since, to }]);
  });
}

interface Membership {
  agentId: number;
  validFrom: number;
  teamId: number;
}
interface Zone {
  siteId: number;
  validFrom: number;
  timeZone: string;
  dayStartMinutes: number;
}

/** Only what these agents need, instead of all settings. */
async function sourceOf(client: Pick<PoolClient, 'query'>, agents: readonly number[]): Promise<PlacementSource> {
  const { rows: memberships } = await client.query<Membership>(
    `SELECT agent_id AS "agentId", (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom", team_id AS "teamId"
     FROM team_membership WHERE agent_id = ANY($1::integer[]) ORDER BY valid_from`,
    [[...agents]],
  );
  const { rows: teams } = await client.query<{ id: number; siteId: number }>(
    'SELECT id, site_id AS "siteId" FROM team',
  );
  const { rows: zones } = await client.query<Zone>(
    `SELECT site_id AS "siteId", (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom", time_zone AS "timeZone",
       day_start_minutes AS "dayStartMinutes" FROM site_version ORDER BY valid_from`,
  );
  const siteOf = new Map(teams.map(({ id, siteId }) => [id, siteId]));
  // Asked for every quarter hour of everybody.
  const byAgent = grouped(memberships, ({ agentId }) => agentId);
  const bySite = grouped(zones, ({ siteId }) => siteId);
  const ofAgent = (agentId: number) => byAgent.get(agentId) ?? [];
  const ofSite = (siteId: number) => bySite.get(siteId) ?? [];
  return {
    teamOf: (agentId, instant) => inForce(ofAgent(agentId), instant)?.teamId ?? 0,
    zoneOfTeam: (teamId, instant) => {
      const zone =
        inForce(ofSite(siteOf.get(teamId) ?? DEFAULT_SITE), instant) ?? inForce(ofSite(DEFAULT_SITE), instant);
      if (zone === null) throw new Error('The default site has no zone: the organisation was never set up');
      return zone;
    },
    cutsOf: (agentId) => [...ofAgent(agentId), ...zones].map(({ validFrom }) => validFrom),
  };
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const own = groups.get(keyOf(row));
    if (own === undefined) groups.set(keyOf(row), [row]);
    else own.push(row);
  }
  return groups;
}

/** The last version that had begun, else the oldest. */
function inForce<T extends { validFrom: number }>(versions: readonly T[], instant: number): T | null {
  return versions.findLast(({ validFrom }) => validFrom <= instant) ?? versions[0] ?? null;
}
