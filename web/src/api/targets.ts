import type {
  CascadeApply,
  CascadeProposal,
  CascadeRequest,
  PeriodClose,
  PeriodList,
  PeriodView,
  RollupProposal,
  RollupRequest,
  TargetBatch,
  TargetCreate,
  TargetPatch,
  TargetPreview,
  TargetPreviewRequest,
  TargetProgress,
  TargetScopeKey,
  TargetTemplate,
  TargetView,
} from '../../../src/shared/targets.js';
import { query, request } from './client.js';

/** Requests about targets and closed months. Shapes are in src/shared/targets.ts. */

export interface TargetFilter {
  scope?: TargetScopeKey;
  kpi?: string;
  period?: string;
  /** A business date: those in force then. */
  at?: string;
}

export const getTargets = (filter: TargetFilter = {}): Promise<TargetView[]> =>
  request('GET', `/targets${query({ ...filter })}`);
export const getTarget = (id: number): Promise<TargetView> => request('GET', `/targets/${id}`);
export const createTarget = (target: TargetCreate): Promise<TargetView> => request('POST', '/targets', target);
export const patchTarget = (id: number, patch: TargetPatch): Promise<TargetView> =>
  request('PATCH', `/targets/${id}`, patch);
export const deleteTarget = (id: number, revision: number): Promise<void> =>
  request('DELETE', `/targets/${id}${query({ revision: String(revision) })}`);
export const setTargets = (batch: TargetBatch): Promise<{ targets: TargetView[] }> =>
  request('POST', '/targets/batch', batch);

export const getTargetTemplates = (): Promise<TargetTemplate[]> => request('GET', '/target-templates');
export const previewTargets = (set: TargetPreviewRequest): Promise<TargetPreview> =>
  request('POST', '/targets/preview', set);

export const previewCascade = (cascade: CascadeRequest): Promise<CascadeProposal> =>
  request('POST', '/targets/cascade/preview', cascade);
export const applyCascade = (cascade: CascadeApply): Promise<{ targets: TargetView[] }> =>
  request('POST', '/targets/cascade', cascade);
export const proposeRollup = (rollup: RollupRequest): Promise<RollupProposal> =>
  request('POST', '/targets/rollup', rollup);

export const getAttainment = (scope?: TargetScopeKey, date?: string): Promise<TargetProgress[]> =>
  request('GET', `/attainment${query({ scope: scope ?? null, date: date ?? null })}`);

export const getPeriods = (): Promise<PeriodList> => request('GET', '/periods');
export const getPeriod = (month: string): Promise<PeriodView> => request('GET', `/periods/${month}`);
export const closePeriod = (close: PeriodClose): Promise<PeriodView> => request('POST', '/periods/close', close);
