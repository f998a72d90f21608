import type { ExportLink, ExportList, ExportRequest, ExportView } from '../../../src/shared/exports.js';
import { request } from './client.js';

/** Requests of exports. Shapes are those of src/shared/exports.ts. */

export const askExport = (wish: ExportRequest): Promise<ExportView> => request('POST', '/exports', wish);
export const getExports = (of: 'own' | 'all'): Promise<ExportList> => request('GET', `/exports?of=${of}`);
export const cancelExport = (id: string): Promise<ExportView> => request('POST', `/exports/${id}/cancel`);
export const linkExport = (id: string): Promise<ExportLink> => request('POST', `/exports/${id}/link`);
export const deleteExport = (id: string): Promise<void> => request('DELETE', `/exports/${id}`);
