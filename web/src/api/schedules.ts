import type {
  DestinationTest,
  MadeSchedule,
  PackLinkView,
  PackTicket,
  RunView,
  ScheduleInput,
  ScheduleList,
  SchedulePatch,
  SchedulePreview,
  UpcomingRequest,
  UpcomingView,
} from '../../../src/shared/schedules.js';
import { request } from './client.js';

/** Requests of scheduled reports. Shapes are in src/shared/schedules.ts. */

export const getSchedules = (): Promise<ScheduleList> => request('GET', '/schedules');
export const createSchedule = (schedule: ScheduleInput): Promise<MadeSchedule> =>
  request('POST', '/schedules', schedule);
export const patchSchedule = (id: number, patch: SchedulePatch): Promise<MadeSchedule> =>
  request('PATCH', `/schedules/${id}`, patch);
export const deleteSchedule = (id: number): Promise<void> => request('DELETE', `/schedules/${id}`);
export const runSchedule = (id: number): Promise<RunView> => request('POST', `/schedules/${id}/run`, {});
export const getScheduleRuns = (id: number): Promise<RunView[]> => request('GET', `/schedules/${id}/deliveries`);
export const retryDelivery = (id: string): Promise<void> => request('POST', `/schedules/deliveries/${id}/retry`, {});
export const upcomingTimes = (rhythm: UpcomingRequest): Promise<UpcomingView> =>
  request('POST', '/schedules/upcoming', rhythm);
export const previewSchedule = (schedule: ScheduleInput): Promise<SchedulePreview> =>
  request('POST', '/schedules/preview', schedule);
export const testDestination = (test: DestinationTest): Promise<void> => request('POST', '/schedules/test', test);

/** Links from messages: what one is good for, and the way to its file without and with a sign-in. */
export const inspectPack = (token: string): Promise<PackLinkView> => request('POST', '/packs/inspect', { token });
export const openPack = (token: string): Promise<PackTicket> => request('POST', '/packs/open', { token });
export const fetchPack = (token: string): Promise<PackTicket> => request('POST', '/packs/fetch', { token });

/** Where the pack of a run is downloaded from. */
export const runFilePath = (id: string): string => `/api/v1/schedules/runs/${id}/file`;
