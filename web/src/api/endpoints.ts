import type {
  CallDetail,
  CallPage,
  IngestStatus,
  KpiDefinitionView,
  KpiGroupBy,
  KpiReport,
  ParkedPage,
  SessionView,
  SetupView,
} from '../../../src/shared/api.js';
import { ApiError, query, request } from './client.js';

/** One function for each request this web makes. Shapes are those of src/shared/api.ts. */

export const getSession = (): Promise<SessionView> => request('GET', '/session');
export const signOut = (): Promise<void> => request('DELETE', '/session');

export const getSetup = (): Promise<SetupView> => request('GET', '/setup');
export const getIngestStatus = (): Promise<IngestStatus> => request('GET', '/ingest/status');
export const getParked = (cursor: string | null, limit = 20): Promise<ParkedPage> =>
  request('GET', `/ingest/parked${query({ limit, cursor })}`);
export const replayParked = (id: string): Promise<unknown> =>
  request('POST', `/ingest/parked/${encodeURIComponent(id)}/replay`);
export const replayAllParked = (): Promise<unknown> => request('POST', '/ingest/parked/replay');

/** A cell of a report: what narrows a list of calls or outcomes to it. */
export interface CellFilter {
  disposition?: string;
  callerNumber?: string;
  hourOfDay?: string;
  weekday?: string;
  interval?: string;
  /** Business dates, beside a range of instants. */
  dateFrom?: string;
  dateTo?: string;
}

export interface CallFilter extends CellFilter {
  from?: string;
  to?: string;
  agent?: string;
  team?: string;
  campaign?: string;
  /** Surrogate id. */
  customer?: string;
  direction?: string;
  outcome?: string;
  /** Only calls with something unknown, closed without an end, or nobody's: "true". */
  incomplete?: string;
  stale?: string;
  unassigned?: string;
  /** Only attempts to somebody who was on the do-not-call list: "true". */
  dnc?: string;
  /** Id of a measure: exactly the calls it counts. */
  measure?: string;
}

export const getCalls = (filter: CallFilter, cursor: string | null, limit = 50): Promise<CallPage> =>
  request('GET', `/calls${query({ ...filter, limit, cursor })}`);
export const getCall = (id: string): Promise<CallDetail> => request('GET', `/calls/${encodeURIComponent(id)}`);

export const getCatalog = (): Promise<KpiDefinitionView[]> => request('GET', '/kpis/catalog');
export const getKpis = (from: string, to: string, groupBy: KpiGroupBy, kpis: string[]): Promise<KpiReport> =>
  request('GET', `/kpis${query({ from, to, groupBy, kpis: kpis.join(',') })}`);

/** True when the session is over; false when it is valid or the server cannot tell right now. */
export async function sessionIsOver(): Promise<boolean> {
  try {
    await getSession();
    return false;
  } catch (error) {
    return error instanceof ApiError && error.status === 401;
  }
}
