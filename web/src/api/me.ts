import type { BestHours, MyCallbacks, MyCalls } from '../../../src/shared/me.js';
import { request } from './client.js';

/** Requests of My day. Shapes and rules are in src/shared/me.ts. */

export const getMyCalls = (): Promise<MyCalls> => request('GET', '/me/calls');
export const getMyCallbacks = (): Promise<MyCallbacks> => request('GET', '/me/callbacks');
export const getBestHours = (): Promise<BestHours> => request('GET', '/me/best-hours');
