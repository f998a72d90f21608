/** Requests of the organisation's proofs, and the sums they look at. */
import type { ApiErrorBody, KpiReport } from '../../src/shared/api.js';
import { API_KEY, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned } from '../support/twilio.js';

export interface Reply<T = never> {
  status: number;
  body: T;
  /** `code field`, e.g. `address_taken value`; empty when it went well. */
  error: string;
}

export interface Client {
  get<T>(path: string): Promise<Reply<T>>;
  post<T>(path: string, body?: unknown): Promise<Reply<T>>;
  patch<T>(path: string, body: unknown): Promise<Reply<T>>;
  put<T>(path: string, body: unknown): Promise<Reply<T>>;
  delete<T>(path: string): Promise<Reply<T>>;
  csv<T>(path: string, text: string | Buffer): Promise<Reply<T>>;
}

export function clientOf(
  url: string,
  headers: Record<string, string> = { authorization: `Bearer ${API_KEY}` },
): Client {
  const call = async <T>(method: string, path: string, body?: BodyInit, type?: string): Promise<Reply<T>> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...headers, 'x-tallyboard': '1', ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    // `text()` would take a byte order mark away.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const read = isJson ? (JSON.parse(text) as T | ApiErrorBody) : text;
    const error = isJson && !response.ok ? (read as ApiErrorBody).error : null;
    return {
      status: response.status,
      body: read as T,
      error: error === null ? '' : [error.code, error.field ?? ''].join(' ').trim(),
    };
  };
  const json = (value: unknown): string => JSON.stringify(value ?? {});
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, json(body), 'application/json'),
    patch: (path, body) => call('PATCH', path, json(body), 'application/json'),
    put: (path, body) => call('PUT', path, json(body), 'application/json'),
    delete: (path) => call('DELETE', path),
    csv: (path, text) => call('POST', path, typeof text === 'string' ? text : new Uint8Array(text), 'text/csv'),
  };
}

export async function postCalls(server: TestServer, events: LegEvent[]): Promise<void> {
  for (const event of events) {
    const { status } = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
    if (status >= 300) throw new Error(`The webhook was answered ${status}`);
  }
  await server.folded();
}

/** `label → "value value …"` of the rows that are not all zero. */
export async function sums(server: TestServer, query: string, kpis: string[]): Promise<Record<string, string>> {
  const report: KpiReport = await server.kpis(`${query}&kpis=${kpis.join(',')}`);
  const rows = report.rows.map((row) => [row.label, kpis.map((kpi) => String(row.values[kpi])).join(' ')] as const);
  return Object.fromEntries(rows.filter(([, values]) => /[1-9]/.test(values)));
}
