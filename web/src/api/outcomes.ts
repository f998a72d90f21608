import type { Changed } from '../../../src/shared/organisation.js';
import type {
  CallbackState,
  CallbackView,
  DispositionCreate,
  DispositionPatch,
  DispositionView,
  OutcomeChoices,
  OutcomeCorrection,
  OutcomeDetail,
  OutcomeInput,
  OutcomePage,
  OutcomeReply,
} from '../../../src/shared/outcomes.js';
import { query, request } from './client.js';

/** Requests about outcomes and the lists that follow from them. Shapes are those of src/shared/outcomes.ts. */

const part = (value: string): string => encodeURIComponent(value);

export const getDispositions = (): Promise<DispositionView[]> => request('GET', '/dispositions');
export const getOutcomeChoices = (campaign: number | null): Promise<OutcomeChoices> =>
  request('GET', `/dispositions/choices${query({ campaign })}`);
export const createDisposition = (disposition: DispositionCreate): Promise<Changed<DispositionView>> =>
  request('POST', '/dispositions', disposition);
export const patchDisposition = (id: number, patch: DispositionPatch): Promise<Changed<DispositionView>> =>
  request('PATCH', `/dispositions/${id}`, patch);

export interface OutcomeFilter {
  from?: string;
  to?: string;
  agent?: string;
  team?: string;
  campaign?: string;
  call?: string;
  /** Id of a measure: exactly the outcomes it counts. */
  measure?: string;
}
export const getOutcomes = (filter: OutcomeFilter, cursor: string | null, limit = 50): Promise<OutcomePage> =>
  request('GET', `/outcomes${query({ ...filter, limit, cursor })}`);
export const getOutcome = (id: string): Promise<OutcomeDetail> => request('GET', `/outcomes/${part(id)}`);
export const postOutcome = async (outcome: OutcomeInput): Promise<OutcomeReply[]> =>
  request('POST', '/outcomes', outcome);
export const patchOutcome = (id: string, correction: OutcomeCorrection): Promise<OutcomeReply> =>
  request('PATCH', `/outcomes/${part(id)}`, correction);

export interface CallbackFilter {
  agent?: string;
  state?: CallbackState;
  from?: string;
  to?: string;
}
export const getCallbacks = (filter: CallbackFilter): Promise<CallbackView[]> =>
  request('GET', `/callbacks${query({ ...filter })}`);
