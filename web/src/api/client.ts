import type { ApiErrorBody, Localised } from '../../../src/shared/api.js';

/** The only caller of fetch. Every request carries the header that a foreign page cannot send (CSRF). */

const BASE = '/api/v1';

/** A request that was answered with an error, or not at all (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: Localised,
    readonly fix?: Localised,
    readonly field?: string,
  ) {
    super(`${code}: ${text.en}`);
    this.name = 'ApiError';
  }
}

const UNREACHABLE: Localised = {
  en: 'The server cannot be reached. It may be restarting; trying again usually helps.',
  zh: '无法连接服务器，可能正在重启，请稍后重试。',
};

const UNREADABLE: Localised = {
  en: 'The server answered with something this page does not understand.',
  zh: '服务器返回了本页面无法识别的内容。',
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return send(method, path, body === undefined ? undefined : JSON.stringify(body), 'application/json');
}

/**
 * What a page reads and may no longer want before it is there.
 * @param signal aborted: an answer under way is not read any further, so that it does not keep a slow line from the next one
 */
export async function read<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
  const init: RequestInit = { method: 'GET', headers: { Accept: 'application/json', 'X-Tallyboard': '1' } };
  return parse(await answered(path, signal ? { ...init, signal } : init, textOf)) as T;
}

/** A body that is not JSON, e.g. a CSV file. */
export async function send<T>(method: Method, path: string, body: string | undefined, type: string): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Tallyboard': '1' };
  if (body !== undefined) headers['Content-Type'] = type;
  const text = await answered(path, { method, headers, body }, textOf);
  return text === '' ? (undefined as T) : (parse(text) as T);
}

/** A file as it is; errors are those of any request. */
export async function download(path: string): Promise<Blob> {
  return answered(path, { method: 'GET', headers: { 'X-Tallyboard': '1' } }, (response) => response.blob());
}

const textOf = (response: Response): Promise<string> => response.text();

/** @param take reads the answer: a line that breaks in the middle of it is a server that was not reached */
async function answered<T>(path: string, init: RequestInit, take: (response: Response) => Promise<T>): Promise<T> {
  let refused: { status: number; text: string };
  try {
    const response = await fetch(`${BASE}${path}`, { ...init, credentials: 'same-origin' });
    if (response.ok) return await take(response);
    refused = { status: response.status, text: await response.text() };
  } catch {
    throw new ApiError(0, 'unreachable', UNREACHABLE);
  }
  throw errorFrom(refused.status, refused.text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(0, 'unreadable', UNREADABLE);
  }
}

function errorFrom(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as ApiErrorBody;
    return new ApiError(status, error.code, error.message, error.fix, error.field);
  } catch {
    // A proxy in front of the server answers in its own words.
    return status >= 500
      ? new ApiError(status, 'unreachable', UNREACHABLE)
      : new ApiError(status, 'unreadable', UNREADABLE);
  }
}

/** A query string from the values that are set; empty when none is. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
