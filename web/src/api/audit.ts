import type { AuditActorsView, AuditPage, AuditStatus } from '../../../src/shared/audit.js';
import { download, query, request } from './client.js';

/** Requests of the audit log. Shapes and rules are in src/shared/audit.ts. */

export interface AuditFilterValues {
  from?: string;
  to?: string;
  actor?: string;
  action?: string;
  subject?: string;
  outcome?: string;
}

export const getAudit = (filter: AuditFilterValues, cursor: string | null, limit = 50): Promise<AuditPage> =>
  request('GET', `/audit${query({ ...filter, limit, cursor })}`);
export const getAuditActors = (): Promise<AuditActorsView> => request('GET', '/audit/actors');
export const getAuditStatus = (): Promise<AuditStatus> => request('GET', '/audit/status');
export const verifyAudit = (): Promise<AuditStatus> => request('POST', '/audit/verify');
export const exportAudit = (filter: AuditFilterValues): Promise<Blob> =>
  download(`/audit/export.csv${query({ ...filter })}`);
