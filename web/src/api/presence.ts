import type {
  ActivityMapping,
  PauseReason,
  PresenceView,
  StateChange,
  StateThresholds,
  StatusLimit,
  TaskRouterActivity,
} from '../../../src/shared/presence.js';
import { request } from './client.js';

/** Requests about agent states. Shapes and rules are in src/shared/presence.ts. */

export const getMyState = (): Promise<PresenceView> => request('GET', '/me/state');
export const putMyState = (change: StateChange): Promise<PresenceView> => request('PUT', '/me/state', change);
export const getPauseReasons = (): Promise<PauseReason[]> => request('GET', '/pause-reasons');
export const putPauseReasons = (reasons: readonly PauseReason[]): Promise<PauseReason[]> =>
  request('PUT', '/pause-reasons', { reasons });
export const getStateThresholds = (): Promise<StateThresholds> => request('GET', '/state-thresholds');
export const putStateThresholds = (thresholds: StateThresholds): Promise<StateThresholds> =>
  request('PUT', '/state-thresholds', thresholds);
export const getStatusLimit = (): Promise<StatusLimit> => request('GET', '/status-limit');
export const putStatusLimit = (limit: StatusLimit): Promise<StatusLimit> => request('PUT', '/status-limit', limit);
export const getActivities = (): Promise<TaskRouterActivity[]> => request('GET', '/taskrouter-activities');
export const putActivities = (activities: readonly ActivityMapping[]): Promise<TaskRouterActivity[]> =>
  request('PUT', '/taskrouter-activities', { activities });
