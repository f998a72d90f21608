import { readyParameters } from '../../../src/shared/report-parameters.js';
import type { ReadyQuery, ReadyReportId, ReadyReportView, ReportDocument } from '../../../src/shared/reports.js';
import { read, request } from './client.js';

/** Requests of ready-made reports. Shapes are in src/shared/reports.ts. */

export const getReadyReports = (): Promise<ReadyReportView[]> => request('GET', '/reports/ready');
export const getReadyReport = (id: ReadyReportId, query: ReadyQuery, signal?: AbortSignal): Promise<ReportDocument> =>
  read(`/reports/ready/${id}?${readyParameters(query)}`, signal);
