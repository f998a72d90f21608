/**
 * Shapes of the organisation: sites, teams, agents, their addresses and calendars, campaigns. All paths start with
 * `/api/v1`. Instants are ISO 8601 in UTC, dates YYYY-MM-DD, minutes count from local midnight unless a name says otherwise.
 *
 * Reading needs `people:read` (sites, teams, agents, attention; limited to the scope of whoever asks) or `settings:read`
 * (campaigns, organisation); changing needs `people:write` or `settings:write`. A thing outside the scope is 404
 * `not_found`; a list filter that names one is 403 `outside_scope`.
 *
 * Every change either counts for the past too or only from an instant on (docs/settings-in-time.md):
 * - `past and future`: the calls concerned move at once. A change that concerns very many says `done: false` in `recount`
 *   and goes on in the background; GET /organisation/recount says how far it is.
 * - `from then on`: `validFrom` is left out (the next quarter hour), `"now"`, or a future instant on a quarter hour;
 *   anything earlier is refused with 400 `valid_from_past`, anything between with 400 `valid_from_uneven`.
 */
import type { CallingHours } from './calling-hours.js';

export * from './calendar.js';
export * from './calling-hours.js';
export * from './campaigns.js';
export * from './people-file.js';

export type AppliesTo = 'past and future' | 'from then on';

/** Left out = the next quarter hour; `now`; or an ISO instant on a quarter hour that is still to come. */
export type ValidFrom = 'now' | (string & {});

/** What a change did to calls that exist. */
export interface Recount {
  /** Calls whose agent, team, campaign, threshold, zone or day changed so far. */
  calls: number;
  /** False: more are looked at in the background. */
  done: boolean;
}

/** Answer of every change: the thing as it is now. `recount` only where calls can move. */
export interface Changed<T> {
  result: T;
  recount?: Recount;
}

/** GET /organisation/recount → work that is still to do in the background. */
export interface RecountStatus {
  /** Changes whose calls are not all looked at yet. */
  waiting: number;
  since: string | null;
}
// ── organisation ────────────────────────────────────────────────────────────────────────────────────────────────

/** `red_up`: a rise is red and a fall green, as in China; `green_up`: the other way round. */
export type TrendColours = 'red_up' | 'green_up';

/** GET /organisation (any signed-in reader: `people:read`). */
export interface OrganisationView {
  name: string;
  /** ISO 3166-1 alpha-2 and ISO 4217; of the server's settings (ORG_COUNTRY, ORG_CURRENCY). */
  country: string;
  currency: string;
  /** Where agents go that a webhook names for the first time. From then on. */
  newAgentsTeam: { id: number; name: string };
  trendColours: TrendColours;
  /** How long before an outcome that names only a customer its call may have begun. Past and future. */
  outcomeWindowMinutes: number;
  /** A promised callback is kept by a dial at most this long before or after its due time. Past and future. */
  callbackWindowMinutes: number;
  /** When customers may be called: what reports advise and expect. Past and future; no call moves. */
  callingHours: CallingHours;
}

/** A year, a day. */
export const OUTCOME_WINDOW_MAX_MINUTES = 525_600;
export const CALLBACK_WINDOW_MAX_MINUTES = 1_440;

/** PATCH /organisation (`settings:write`) → Changed<OrganisationView>; `recount` when a window was changed. */
export interface OrganisationPatch {
  /** 1 to 80 characters. */
  name?: string;
  newAgentsTeamId?: number;
  trendColours?: TrendColours;
  /** 1 to 525600. */
  outcomeWindowMinutes?: number;
  /** 1 to 1440. */
  callbackWindowMinutes?: number;
  /** Both parts; each span on quarter hours and with at least one whole hour of the clock in it. */
  callingHours?: CallingHours;
}

// ── sites ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** One state of a site. Applies from then on. */
export interface SiteVersionView {
  /** Null: from the beginning. */
  validFrom: string | null;
  /** IANA name. */
  timeZone: string;
  /** Minutes after local midnight at which a business day starts; a multiple of 15, 0 to 1425. */
  dayStartMinutes: number;
}

/** GET /sites → SiteView[] · GET /sites/:id → SiteView */
export interface SiteView {
  id: number;
  name: string;
  /** What holds now. */
  timeZone: string;
  dayStartMinutes: number;
  teams: number;
  /** Oldest first, those still to come included. */
  versions: SiteVersionView[];
}

/** POST /sites → Changed<SiteView>. The first version holds from the beginning. */
export interface SiteCreate {
  name: string;
  timeZone: string;
  dayStartMinutes?: number;
}

/** PATCH /sites/:id → Changed<SiteView> */
export interface SitePatch {
  name?: string;
}

/**
 * POST /sites/:id/versions → Changed<SiteView>. From then on; what is left out stays as it is.
 * DELETE /sites/:id/versions/:validFrom → Changed<SiteView>: takes back a version that is still to come.
 */
export interface SiteVersionCreate {
  validFrom?: ValidFrom;
  timeZone?: string;
  dayStartMinutes?: number;
}

/** `holiday`: nobody is expected. `workday`: a make-up day (调休) on which the shifts of `asWeekday` are worked. */
export type HolidayKind = 'holiday' | 'workday';

/**
 * GET /sites/:id/holidays?from=&to= → HolidayView[] (dates, `to` exclusive; default this year and the next)
 * PUT /sites/:id/holidays/:date {kind, name, asWeekday?} → Changed<HolidayView>
 * DELETE /sites/:id/holidays/:date → Changed<null>
 * Past and future: what is expected of a day is worked out when it is asked for. No call moves.
 */
export interface HolidayView {
  date: string;
  kind: HolidayKind;
  name: string;
  /** 1 (Monday) to 7; of a make-up day: whose shifts are worked. Null for holidays. */
  asWeekday: number | null;
}
export type HolidayPut = Omit<HolidayView, 'date' | 'asWeekday'> & { asWeekday?: number | null };

// ── teams ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /teams?archived=true → TeamView[] of the scope, parents before children, by name; GET /teams/:id → TeamView */
export interface TeamView {
  id: number;
  name: string;
  /** Null at the top. */
  parentId: number | null;
  /** Names from the top, e.g. ["North", "Team A"]. */
  path: string[];
  /** Fixed when the team is made: its zone and day start decide the business day of its calls. */
  site: { id: number; name: string; timeZone: string };
  /** Agents who are members now, without those of teams below; agents who left or were merged are not counted. */
  members: number;
  archivedAt: string | null;
  /** Agents made by webhooks go here. */
  isNewAgentsTeam: boolean;
  /** Its agents see each other's places (My day, leaderboards). Those who lead the team always do. */
  showsRanks: boolean;
}

/** POST /teams → Changed<TeamView> */
export interface TeamCreate {
  name: string;
  siteId: number;
  parentId?: number | null;
}

/**
 * PATCH /teams/:id → Changed<TeamView>. Calls keep the team they were made in; a team below another counts for it in the
 * past too. `archived: true` is refused (409 `team_in_use`) while it has members, teams below it or takes new agents.
 */
export interface TeamPatch {
  name?: string;
  parentId?: number | null;
  archived?: boolean;
  showsRanks?: boolean;
}

// ── agents ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * - `new`: made by a webhook, nobody has confirmed it yet.
 * - `left`: does not work here any more; numbers stay.
 * - `merged`: its calls count for `mergedInto`. `erased`: name and addresses were deleted (personal data).
 */
export type AgentStatus = 'new' | 'active' | 'left' | 'merged' | 'erased';

/** `hidden`: never shown by name on a public screen. */
export type AgentDisplay = 'public' | 'hidden';

/**
 * `client`: softphone identity (also an `agent=` parameter) · `sip`: SIP user · `extension` · `worker`: id in the phone
 * system's router · `number`: the agent's own phone · `crm`: id in the CRM. The first three share one space of names.
 */
export type AddressKind = 'client' | 'sip' | 'extension' | 'worker' | 'number' | 'crm';

/** Applies to past and future: calls follow the address. */
export interface AgentAddressView {
  id: number;
  kind: AddressKind;
  /** As given; of numbers masked, e.g. 138****1234. */
  value: string;
}

export interface AgentView {
  id: number;
  name: string;
  status: AgentStatus;
  display: AgentDisplay;
  /** The team now. */
  team: { id: number; name: string };
  /** First and last day of work, inclusive. */
  employedFrom: string | null;
  employedUntil: string | null;
  mergedInto: { id: number; name: string } | null;
  createdAt: string;
  addresses: AgentAddressView[];
}

/**
 * GET /agents?search=&team=&below=true&status=&limit=&cursor= → AgentPage, by name.
 * `search`: part of a name or of an address (not of a number). `team`, `status`: several separated by commas; `below`: with
 * the teams below those. Without `status`: `new`, `active` and `left`. `limit` 1 to 200, default 50.
 */
export interface AgentPage {
  agents: AgentView[];
  total: number;
  next: string | null;
}

/** A stay in a team. Applies from then on. */
export interface MembershipView {
  /** Null: from the beginning. Pass it back to take back one that is still to come. */
  validFrom: string | null;
  team: { id: number; name: string };
}

/** GET /agents/:id → AgentDetail */
export interface AgentDetail extends AgentView {
  /** Oldest first, those still to come included. */
  memberships: MembershipView[];
  /** Calls this agent owns. */
  calls: { count: number; firstAt: string | null; lastAt: string | null };
}

/** POST /agents → Changed<AgentDetail> (201) */
export interface AgentCreate {
  name: string;
  teamId: number;
  display?: AgentDisplay;
  employedFrom?: string | null;
  employedUntil?: string | null;
  /** Refused with 409 `address_taken` when one belongs to somebody else. */
  addresses?: { kind: AddressKind; value: string }[];
}

/** PATCH /agents/:id → Changed<AgentDetail>. No call moves. `status: "active"` takes somebody back who had left. */
export interface AgentPatch {
  name?: string;
  status?: 'active' | 'left';
  display?: AgentDisplay;
  employedFrom?: string | null;
  employedUntil?: string | null;
}

/**
 * GET /me/display → OwnDisplay; PUT /me/display OwnDisplay (signed in, for people who are an agent; others 404
 * `not_an_agent`). `hidden`: on boards and in leaderboards of other agents without a name. Who leads the team sees it.
 */
export interface OwnDisplay {
  display: AgentDisplay;
}

/**
 * POST /agents/:id/confirm → Changed<AgentDetail>. Of an agent that is `new`: who it is and where it belongs, from its
 * first call on (past and future). 409 `agent_not_new` for others: move those.
 */
export interface AgentConfirm {
  name: string;
  teamId: number;
}

/**
 * POST /agents/:id/memberships → Changed<AgentDetail>: moves from then on.
 * DELETE /agents/:id/memberships/:validFrom → Changed<AgentDetail>: takes back a move that is still to come.
 */
export interface MembershipCreate {
  teamId: number;
  validFrom?: ValidFrom;
}

/**
 * POST /agents/:id/addresses → Changed<AgentDetail>: past and future. Either `value`, or for a number that could not be
 * resolved its `numberRef` from the attention list. 409 `address_taken` (its `fix` names the agent) unless `move`.
 * DELETE /agents/:id/addresses/:addressId → Changed<AgentDetail>. Calls of a removed number become unassigned; those of a
 * removed softphone, SIP or extension name go to a new agent of that name.
 */
export type AddressCreate = { kind: AddressKind; move?: boolean } & (
  | { value: string; numberRef?: undefined }
  | { numberRef: string; value?: undefined }
);

/**
 * GET /agents/:id/merge?into=<id> → MergePreview: what would move. POST /agents/:id/merge {into} → Changed<AgentDetail> of
 * the agent that stays. Past and future; cannot be undone.
 */
export interface MergePreview {
  from: { id: number; name: string };
  into: { id: number; name: string };
  /** Calls that change their owner, and calls of others this agent had a part in. */
  calls: number;
  handled: number;
  firstCallAt: string | null;
  lastCallAt: string | null;
  addresses: AgentAddressView[];
  /** The account of the agent that goes is linked to the one that stays. False: there is none, or that one has its own. */
  movesUser: boolean;
}
export interface MergeRequest {
  into: number;
}

// ── what needs attention ────────────────────────────────────────────────────────────────────────────────────────

/** An agent a webhook named for the first time; confirm it with POST /agents/:id/confirm or merge it into another. */
export interface NewAgent {
  id: number;
  name: string;
  team: { id: number; name: string };
  addresses: AgentAddressView[];
  calls: number;
  firstCallAt: string | null;
  lastCallAt: string | null;
}

/** Calls of nobody that share an address nobody has; fix with POST /agents/:id/addresses {kind, numberRef or value}. */
export interface UnresolvedAddress {
  kind: 'number' | 'client';
  /** Masked number or the name as it is. */
  label: string;
  /** Of numbers: what to send as `numberRef`. */
  numberRef: string | null;
  calls: number;
  firstAt: string;
  lastAt: string;
  /** Ids of the newest of these calls, at most 5. */
  examples: string[];
}

/** GET /organisation/attention (`people:read`). `unresolved` only for those who see the whole organisation. */
export interface Attention {
  newAgents: NewAgent[];
  /** All of the scope; `newAgents` holds the first 200, most calls first. */
  newAgentsTotal: number;
  /** Most calls first, at most 200. */
  unresolved: UnresolvedAddress[];
  /** Calls of the same time nobody took and no address names: nothing to fix. */
  unassignedWithoutAddress: number;
  /** The newest unassigned calls are looked at, up to a limit; from here on. Null: there are none. */
  unassignedSince: string | null;
  recount: RecountStatus;
}

/** GET /organisation/attention/count → for the badge of the menu. */
export interface AttentionCount {
  newAgents: number;
  unresolved: number;
}
