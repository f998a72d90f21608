import type {
  DoNotCallCreate,
  DoNotCallEntry,
  DoNotCallPage,
  ListImport,
  OwnerCount,
} from '../../../src/shared/customer-lists.js';
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
  OutcomeImport,
  OutcomeInput,
  OutcomePage,
  OutcomeReply,
} from '../../../src/shared/outcomes.js';
import { download, query, request, send } from './client.js';
import type { CellFilter } from './endpoints.js';

/** Requests about outcomes and the lists that follow from them. Shapes are those of src/shared/outcomes.ts. */

const part = (value: string): string => encodeURIComponent(value);

export const getDispositions = (): Promise<DispositionView[]> => request('GET', '/dispositions');
export const getOutcomeChoices = (campaign: number | null): Promise<OutcomeChoices> =>
  request('GET', `/dispositions/choices${query({ campaign })}`);
export const createDisposition = (disposition: DispositionCreate): Promise<Changed<DispositionView>> =>
  request('POST', '/dispositions', disposition);
export const patchDisposition = (id: number, patch: DispositionPatch): Promise<Changed<DispositionView>> =>
  request('PATCH', `/dispositions/${id}`, patch);

export interface OutcomeFilter extends CellFilter {
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

// Lists of customers
export const getDoNotCall = (cursor: string | null, limit = 50): Promise<DoNotCallPage> =>
  request('GET', `/do-not-call${query({ limit, cursor })}`);
export const addDoNotCall = (entry: DoNotCallCreate): Promise<DoNotCallEntry> => request('POST', '/do-not-call', entry);
export const removeDoNotCall = (customerId: string, reason: string): Promise<void> =>
  request('POST', `/do-not-call/${customerId}/removal`, { reason });
/** With the mark by which spreadsheet programs know UTF-8. */
export const exportDoNotCall = (): Promise<Blob> => download(`/do-not-call/export.csv${query({ bom: 'true' })}`);
export const getOwners = (): Promise<OwnerCount[]> => request('GET', '/owners');

// Files
export type FileArea = 'outcomes' | 'do-not-call' | 'owners';
export const importFile = <T extends ListImport | OutcomeImport>(
  area: FileArea,
  csv: string,
  dryRun: boolean,
): Promise<T> => send('POST', `/${area}/import${query({ dryRun: dryRun ? 'true' : null })}`, csv, 'text/csv');
export const fileTemplate = (area: FileArea): Promise<Blob> => download(`/${area}/template.csv`);
