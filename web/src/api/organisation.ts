import type {
  AddressCreate,
  AgentConfirm,
  AgentCreate,
  AgentDetail,
  AgentPage,
  AgentPatch,
  Attention,
  AttentionCount,
  CalendarDay,
  CampaignCreate,
  CampaignNumberCreate,
  CampaignPatch,
  CampaignVersionCreate,
  CampaignView,
  Changed,
  HolidayPut,
  HolidayView,
  LeaveCreate,
  LeaveView,
  MembershipCreate,
  MergePreview,
  OrganisationPatch,
  OrganisationView,
  PeopleImport,
  RecountStatus,
  ShiftPatternView,
  ShiftView,
  SiteCreate,
  SitePatch,
  SiteVersionCreate,
  SiteView,
  TeamCreate,
  TeamPatch,
  TeamView,
} from '../../../src/shared/organisation.js';
import { download, query, request, send } from './client.js';

/** Requests of the organisation's pages. Shapes, and what each change counts for, are in src/shared/organisation.ts. */

const part = (value: string | number): string => encodeURIComponent(value);

export const getOrganisation = (): Promise<OrganisationView> => request('GET', '/organisation');
export const patchOrganisation = (patch: OrganisationPatch): Promise<Changed<OrganisationView>> =>
  request('PATCH', '/organisation', patch);
export const getRecount = (): Promise<RecountStatus> => request('GET', '/organisation/recount');
export const getAttention = (): Promise<Attention> => request('GET', '/organisation/attention');
export const getAttentionCount = (): Promise<AttentionCount> => request('GET', '/organisation/attention/count');

// Sites
export const getSites = (): Promise<SiteView[]> => request('GET', '/sites');
export const getSite = (id: number): Promise<SiteView> => request('GET', `/sites/${id}`);
export const createSite = (site: SiteCreate): Promise<Changed<SiteView>> => request('POST', '/sites', site);
export const patchSite = (id: number, patch: SitePatch): Promise<Changed<SiteView>> =>
  request('PATCH', `/sites/${id}`, patch);
export const addSiteVersion = (id: number, version: SiteVersionCreate): Promise<Changed<SiteView>> =>
  request('POST', `/sites/${id}/versions`, version);
export const dropSiteVersion = (id: number, validFrom: string): Promise<Changed<SiteView>> =>
  request('DELETE', `/sites/${id}/versions/${part(validFrom)}`);
export const getHolidays = (id: number, from: string, to: string): Promise<HolidayView[]> =>
  request('GET', `/sites/${id}/holidays${query({ from, to })}`);
export const putHoliday = (id: number, date: string, holiday: HolidayPut): Promise<Changed<HolidayView>> =>
  request('PUT', `/sites/${id}/holidays/${part(date)}`, holiday);
export const dropHoliday = (id: number, date: string): Promise<Changed<null>> =>
  request('DELETE', `/sites/${id}/holidays/${part(date)}`);

// Teams
export const getTeams = (archived = false): Promise<TeamView[]> =>
  request('GET', `/teams${query({ archived: archived ? 'true' : null })}`);
export const getTeam = (id: number): Promise<TeamView> => request('GET', `/teams/${id}`);
export const createTeam = (team: TeamCreate): Promise<Changed<TeamView>> => request('POST', '/teams', team);
export const patchTeam = (id: number, patch: TeamPatch): Promise<Changed<TeamView>> =>
  request('PATCH', `/teams/${id}`, patch);

// Agents
export interface AgentFilter {
  search?: string;
  /** Ids separated by commas. */
  team?: string;
  below?: 'true';
  status?: string;
}
export const getAgents = (filter: AgentFilter, cursor: string | null, limit = 50): Promise<AgentPage> =>
  request('GET', `/agents${query({ ...filter, limit, cursor })}`);
export const getAgent = (id: number): Promise<AgentDetail> => request('GET', `/agents/${id}`);
export const createAgent = (agent: AgentCreate): Promise<Changed<AgentDetail>> => request('POST', '/agents', agent);
export const patchAgent = (id: number, patch: AgentPatch): Promise<Changed<AgentDetail>> =>
  request('PATCH', `/agents/${id}`, patch);
export const confirmAgent = (id: number, confirm: AgentConfirm): Promise<Changed<AgentDetail>> =>
  request('POST', `/agents/${id}/confirm`, confirm);
export const moveAgent = (id: number, move: MembershipCreate): Promise<Changed<AgentDetail>> =>
  request('POST', `/agents/${id}/memberships`, move);
export const dropMembership = (id: number, validFrom: string): Promise<Changed<AgentDetail>> =>
  request('DELETE', `/agents/${id}/memberships/${part(validFrom)}`);
export const addAddress = (id: number, address: AddressCreate): Promise<Changed<AgentDetail>> =>
  request('POST', `/agents/${id}/addresses`, address);
export const dropAddress = (id: number, addressId: number): Promise<Changed<AgentDetail>> =>
  request('DELETE', `/agents/${id}/addresses/${addressId}`);
export const previewMerge = (id: number, into: number): Promise<MergePreview> =>
  request('GET', `/agents/${id}/merge${query({ into })}`);
export const mergeAgent = (id: number, into: number): Promise<Changed<AgentDetail>> =>
  request('POST', `/agents/${id}/merge`, { into });

// Calendars
export type ShiftOwner = 'teams' | 'agents';
export const getShifts = (owner: ShiftOwner, id: number): Promise<ShiftPatternView[]> =>
  request('GET', `/${owner}/${id}/shifts`);
export const putShifts = (
  owner: ShiftOwner,
  id: number,
  validFrom: string,
  shifts: ShiftView[],
): Promise<Changed<ShiftPatternView[]>> => request('PUT', `/${owner}/${id}/shifts/${part(validFrom)}`, { shifts });
export const dropShifts = (owner: ShiftOwner, id: number, validFrom: string): Promise<Changed<ShiftPatternView[]>> =>
  request('DELETE', `/${owner}/${id}/shifts/${part(validFrom)}`);
export const getLeave = (id: number): Promise<LeaveView[]> => request('GET', `/agents/${id}/leave`);
export const addLeave = (id: number, leave: LeaveCreate): Promise<Changed<LeaveView>> =>
  request('POST', `/agents/${id}/leave`, leave);
export const dropLeave = (id: number, leaveId: number): Promise<Changed<null>> =>
  request('DELETE', `/agents/${id}/leave/${leaveId}`);
export const getCalendar = (id: number, from: string, to: string): Promise<CalendarDay[]> =>
  request('GET', `/agents/${id}/calendar${query({ from, to })}`);

// Campaigns
export const getCampaigns = (): Promise<CampaignView[]> => request('GET', '/campaigns');
export const getCampaign = (id: number): Promise<CampaignView> => request('GET', `/campaigns/${id}`);
export const createCampaign = (campaign: CampaignCreate): Promise<Changed<CampaignView>> =>
  request('POST', '/campaigns', campaign);
export const patchCampaign = (id: number, patch: CampaignPatch): Promise<Changed<CampaignView>> =>
  request('PATCH', `/campaigns/${id}`, patch);
export const addCampaignVersion = (id: number, version: CampaignVersionCreate): Promise<Changed<CampaignView>> =>
  request('POST', `/campaigns/${id}/versions`, version);
export const dropCampaignVersion = (id: number, validFrom: string): Promise<Changed<CampaignView>> =>
  request('DELETE', `/campaigns/${id}/versions/${part(validFrom)}`);
export const addCampaignNumber = (id: number, number: CampaignNumberCreate): Promise<Changed<CampaignView>> =>
  request('POST', `/campaigns/${id}/numbers`, number);
export const dropCampaignNumber = (id: number, numberId: string): Promise<Changed<CampaignView>> =>
  request('DELETE', `/campaigns/${id}/numbers/${part(numberId)}`);

// Import and export
export const importPeople = (csv: string, dryRun: boolean): Promise<PeopleImport> =>
  send('POST', `/people/import${query({ dryRun: dryRun ? 'true' : null })}`, csv, 'text/csv');
/** With the mark by which spreadsheet programs know UTF-8. */
export const exportPeople = (): Promise<Blob> => download(`/people/export.csv${query({ bom: 'true' })}`);
export const peopleTemplate = (): Promise<Blob> => download('/people/template.csv');
