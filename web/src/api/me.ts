import type { BestHours, MyCallbacks, MyCalls } from '../../../src/shared/me.js';
import type { OutcomeCorrection, OutcomeInput, OutcomeReply } from '../../../src/shared/outcomes.js';
import { request } from './client.js';

/** Requests of My day. Shapes and rules are in src/shared/me.ts and outcomes.ts. */

export const getMyCalls = (): Promise<MyCalls> => request('GET', '/me/calls');
export const getMyCallbacks = (): Promise<MyCallbacks> => request('GET', '/me/callbacks');
export const getBestHours = (): Promise<BestHours> => request('GET', '/me/best-hours');

/** The same again changes nothing. */
export const enterOutcome = (input: OutcomeInput): Promise<OutcomeReply[]> => request('POST', '/outcomes', input);
/** Of any source; what is left out stays. */
export const correctOutcome = (id: string, change: OutcomeCorrection): Promise<OutcomeReply> =>
  request('PATCH', `/outcomes/${encodeURIComponent(id)}`, change);
