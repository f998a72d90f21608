/**
 * Everything of the organisation a call can depend on, in memory. Pure lookups; the repository loads it.
 *
 * Effective-dated (the version in force when the call started counts): team membership, site zone and day start,
 * campaign threshold. Retroactive (the present mapping counts): addresses of agents, caller numbers of campaigns.
 */
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

  agentByAddress(scheme: 'identity' | 'tel', value: string): number | null {
    return this.data.addresses.get(`${scheme}:${value}`) ?? null;
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
