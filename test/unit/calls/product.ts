/** The product's pure core over plain events: all at once, and batch by batch as the fold does it, with stored states. */
import {
  type CallFact,
  components,
  deriveCall,
  joinInto,
  type LegMap,
  type LegState,
  legOf,
  resolveCall,
} from '../../../src/calls/index.js';
import { contributionOf } from '../../../src/kpi/rollup/contribution.js';
import { RollupDeltas } from '../../../src/kpi/rollup/rollup.repository.js';
import { type SettingsData, SettingsSnapshot } from '../../../src/organisation/index.js';
import { DEFAULT_STATE_THRESHOLDS } from '../../../src/shared/presence.js';
import { keyOf, type OracleEvent, type OracleOrganisation, type OracleSums } from '../../oracle/index.js';

export interface NamedSettings {
  settings: SettingsSnapshot;
  agents: string[];
  teams: string[];
  campaigns: string[];
}

/** Ids are places in the lists of names; 0 is nobody. */
export function settingsOf(organisation: OracleOrganisation): NamedSettings {
  const agents = ['Unassigned', ...organisation.agents.map((agent) => agent.name)];
  const teams = organisation.teams.map((team) => team.name);
  const sites = ['', ...organisation.sites.map((site) => site.name)];
  const campaigns = ['', ...organisation.campaigns.map((campaign) => campaign.name)];
  const data: SettingsData = {
    version: 1,
    country: 'CN',
    currency: 'CNY',
    newAgentsTeamId: 1,
    agents: new Map(agents.map((name, id) => [id, { id, name, status: 'active', mergedInto: null }])),
    teams: new Map(
      organisation.teams.map(({ name, site }, id) => [id, { id, name, siteId: sites.indexOf(site), showsRanks: true }]),
    ),
    campaigns: new Map(organisation.campaigns.map(({ name }, i) => [i + 1, { id: i + 1, name, currency: 'CNY' }])),
    addresses: new Map(organisation.agents.flatMap(({ addresses }, i) => addresses.map((address) => [address, i + 1]))),
    memberships: new Map(
      organisation.agents.map(({ teams: list }, i) => [
        i + 1,
        list.map(({ from, team }) => ({ validFrom: from, teamId: teams.indexOf(team) })),
      ]),
    ),
    sites: new Map(
      organisation.sites.map(({ versions }, i) => [
        i + 1,
        versions.map(({ from, zone, startMinutes }) => ({
          validFrom: from,
          timeZone: zone,
          dayStartMinutes: startMinutes,
        })),
      ]),
    ),
    campaignVersions: new Map(
      organisation.campaigns.map(({ versions }, i) => [
        i + 1,
        versions.map(({ from, ...rest }) => ({ validFrom: from, ...rest })),
      ]),
    ),
    campaignByName: new Map(organisation.campaigns.map(({ name }, i) => [name, i + 1])),
    campaignByNumber: new Map(
      organisation.campaigns.flatMap(({ numbers }, i) => numbers.map((number) => [number, i + 1])),
    ),
    dispositions: new Map(),
    outcomeWindowMs: 86_400_000,
    callbackWindowMs: 900_000,
    activities: new Map(),
    stateThresholds: DEFAULT_STATE_THRESHOLDS,
    statusMaxMs: 16 * 3_600_000,
  };
  return { settings: new SettingsSnapshot(data), agents, teams, campaigns };
}

const byKey = (a: CallFact, b: CallFact): number => (a.key < b.key ? -1 : 1);

export function factsOf(events: OracleEvent[], { settings }: NamedSettings): CallFact[] {
  const legs: LegMap = new Map();
  joinInto(legs, events.map(legOf));
  return components(legs)
    .map((group) => resolveCall(deriveCall(group), settings))
    .sort(byKey);
}

/** Readable and without zeros, in the oracle's words. */
export function sumsOf(
  rows: ReturnType<RollupDeltas['bySlot']>,
  { agents, teams, campaigns }: NamedSettings,
): OracleSums {
  return Object.fromEntries(
    rows.map((row) => [
      keyOf(
        row.slotStart,
        row.businessDate,
        agents[row.agentId] ?? '?',
        teams[row.teamId] ?? '?',
        campaigns[row.campaignId] ?? '?',
      ),
      Object.fromEntries(Object.entries(row.measures).filter(([, value]) => value !== 0)),
    ]),
  );
}

export function contributionsOf(facts: CallFact[]): RollupDeltas {
  const deltas = new RollupDeltas();
  for (const fact of facts) for (const part of contributionOf(fact)) deltas.add(part, 1);
  return deltas;
}

/** As the fold works: each batch onto stored calls, sums moved by new − old; states go through JSON like the database. */
export function foldInBatches(
  batches: OracleEvent[][],
  named: NamedSettings,
): { facts: CallFact[]; deltas: RollupDeltas } {
  const calls = new Map<string, { legs: LegState[]; fact: CallFact }>();
  const callOfLeg = new Map<string, string>();
  const deltas = new RollupDeltas();
  for (const batch of batches) {
    const incoming: LegMap = new Map();
    joinInto(incoming, batch.map(legOf));
    const touched = new Set([...incoming.keys()].flatMap((leg) => callOfLeg.get(leg) ?? []));
    const merged: LegMap = new Map();
    for (const key of touched) {
      const call = calls.get(key);
      if (call === undefined) throw new Error('A leg points at a call that is gone');
      joinInto(merged, call.legs);
      for (const part of contributionOf(call.fact)) deltas.add(part, -1);
      calls.delete(key);
    }
    joinInto(merged, incoming.values());
    for (const group of components(merged)) {
      const fact = resolveCall(deriveCall(group), named.settings);
      for (const part of contributionOf(fact)) deltas.add(part, 1);
      calls.set(fact.key, JSON.parse(JSON.stringify({ legs: [...group.values()], fact })));
      for (const leg of group.keys()) callOfLeg.set(leg, fact.key);
    }
  }
  return { facts: [...calls.values()].map((call) => call.fact).sort(byKey), deltas };
}
