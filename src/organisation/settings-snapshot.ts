/**
 * Everything of the organisation a call can depend on, in memory. Pure lookups; the repository loads it.
 *
 * Effective-dated (the version in force when the call started counts): team membership, site zone and day start,
 * campaign threshold. Retroactive (the present mapping counts): addresses of agents, caller numbers of campaigns,
 * dispositions and windows of outcomes.
 */
import type { DispositionFlag } from '../shared/outcomes.js';
import type { AgentState, StateThresholds } from '../shared/presence.js';

export interface Dated {
  /** Epoch ms; −Infinity for "always". */
  validFrom: number;
}
export interface SiteVersion extends Dated {
  timeZone: string;
  dayStartMinutes: number;
}
export interface Membership extends Dated {
  teamId: number;
}
export interface CampaignVersion extends Dated {
  effectiveMs: number;
  assumeHuman: boolean;
}
export interface AgentInfo {
  id: number;
  name: string;
  status: string;
  /** The agent this one became. */
  mergedInto: number | null;
}
export interface TeamInfo {
  id: number;
  name: string;
  siteId: number;
  /** Whether its agents see each other's places. */
  showsRanks: boolean;
}
export interface CampaignInfo {
  id: number;
  name: string;
  currency: string;
}
export interface DispositionInfo {
  id: number;
  key: string;
  flags: DispositionFlag[];
}
/** What an activity of the phone system means. */
export interface ActivityMeaning {
  /** Null: seen, and nobody has said yet. */
  state: AgentState | null;
  reason: string | null;
}

export interface SettingsData {
  version: number;
  country: string;
  currency: string;
  newAgentsTeamId: number;
  agents: Map<number, AgentInfo>;
  teams: Map<number, TeamInfo>;
  campaigns: Map<number, CampaignInfo>;
  /** `scheme:value` → agent id. */
  addresses: Map<string, number>;
  /** Oldest first. */
  memberships: Map<number, Membership[]>;
  sites: Map<number, SiteVersion[]>;
  campaignVersions: Map<number, CampaignVersion[]>;
  campaignByName: Map<string, number>;
  /** Surrogate id of one of our numbers → campaign id. */
  campaignByNumber: Map<string, number>;
  /** By key. Flags of one that is in use never change. */
  dispositions: Map<string, DispositionInfo>;
  /** How long before an outcome the call it belongs to may have begun. Retroactive. */
  outcomeWindowMs: number;
  /** How far from its due time a callback is kept. Retroactive. */
  callbackWindowMs: number;
  /** By name, verbatim. Retroactive. */
  activities: Map<string, ActivityMeaning>;
  /** Seconds in a state from which it is shown in the next colour. */
  stateThresholds: StateThresholds;
  /** How long a status lasts that nobody ends. */
  statusMaxMs: number;
}

/** The default site and campaign; both exist from the first start. */
export const DEFAULT_SITE = 1;
export const DEFAULT_CAMPAIGN = 1;

function at<T extends Dated>(versions: T[] | undefined, instant: number): T | null {
  if (versions === undefined) return null;
  for (let i = versions.length - 1; i >= 0; i--) {
    const version = versions[i];
    if (version !== undefined && version.validFrom <= instant) return version;
  }
  return versions[0] ?? null;
}

export class SettingsSnapshot {
  constructor(readonly data: SettingsData) {}

  agentByAddress(scheme: 'identity' | 'tel' | 'worker' | 'crm', value: string): number | null {
    return this.data.addresses.get(`${scheme}:${value}`) ?? null;
  }

  /** The agent an id means by now; null for nobody. */
  agentById(id: number): number | null {
    const agent = this.data.agents.get(id);
    return agent === undefined ? null : (agent.mergedInto ?? agent.id);
  }

  dispositionByKey(key: string): DispositionInfo | null {
    return this.data.dispositions.get(key) ?? null;
  }

  /** Team of an agent at an instant; 0 = unassigned. */
  teamOf(agentId: number, instant: number): number {
    return at(this.data.memberships.get(agentId), instant)?.teamId ?? 0;
  }

  zoneOfTeam(teamId: number, instant: number): SiteVersion {
    return this.zoneOfSite(this.data.teams.get(teamId)?.siteId ?? DEFAULT_SITE, instant);
  }

  zoneOfSite(siteId: number, instant: number): SiteVersion {
    const version = at(this.data.sites.get(siteId), instant) ?? at(this.data.sites.get(DEFAULT_SITE), instant);
    if (version === null) throw new Error('The default site has no version: the organisation was never set up');
    return version;
  }

  campaignNamed(name: string): number | null {
    return this.data.campaignByName.get(name) ?? null;
  }

  campaignOfNumber(numberRef: string): number | null {
    return this.data.campaignByNumber.get(numberRef) ?? null;
  }

  campaignAt(campaignId: number, instant: number): CampaignVersion {
    const version = at(this.data.campaignVersions.get(campaignId), instant);
    if (version === null) throw new Error(`Campaign ${campaignId} has no version`);
    return version;
  }
}
