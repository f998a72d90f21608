import type { RetentionDays, RetentionPreview, RetentionView } from '../../../src/shared/retention.js';
import { request } from './client.js';

/** Requests of retention. Shapes and rules are in src/shared/retention.ts. */

export const getRetention = (): Promise<RetentionView> => request('GET', '/retention');
export const putRetention = (days: Partial<RetentionDays>): Promise<RetentionView> =>
  request('PUT', '/retention', days);
export const previewRetention = (days: Partial<RetentionDays>): Promise<RetentionPreview> =>
  request('POST', '/retention/preview', days);
