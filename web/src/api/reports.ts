import type { ReportChoices } from '../../../src/shared/report-choices.js';
import { reportParameters } from '../../../src/shared/report-parameters.js';
import type { ReportDocument, ReportResult, ReportSpec } from '../../../src/shared/reports.js';
import type {
  SavedReportCreate,
  SavedReportList,
  SavedReportPatch,
  SavedReportView,
} from '../../../src/shared/saved-reports.js';
import { read, request } from './client.js';

/** Requests of reports. Shapes are those of src/shared/reports.ts and src/shared/saved-reports.ts. */

export const exploreReport = (spec: ReportSpec, signal?: AbortSignal): Promise<ReportResult> =>
  read(`/reports/explore?${reportParameters(spec)}`, signal);

/** The same answer as a document. */
export const exploreDocument = (spec: ReportSpec): Promise<ReportDocument> =>
  request('GET', `/reports/explore/document?${reportParameters(spec)}`);

export const getReportChoices = (): Promise<ReportChoices> => request('GET', '/reports/choices');

export const getSavedReports = (): Promise<SavedReportList> => request('GET', '/reports/saved');
export const getSavedReport = (id: number): Promise<SavedReportView> => request('GET', `/reports/saved/${id}`);
export const createSavedReport = (report: SavedReportCreate): Promise<SavedReportView> =>
  request('POST', '/reports/saved', report);
export const changeSavedReport = (id: number, patch: SavedReportPatch): Promise<SavedReportView> =>
  request('PATCH', `/reports/saved/${id}`, patch);
export const copySavedReport = (id: number, name: string): Promise<SavedReportView> =>
  request('POST', `/reports/saved/${id}/copy`, { name });
export const deleteSavedReport = (id: number): Promise<void> => request('DELETE', `/reports/saved/${id}`);
