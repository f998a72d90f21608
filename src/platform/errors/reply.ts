import type { ApiErrorBody } from '../../shared/api.js';
import { AppError } from './app-error.js';
import type { ErrorCode } from './catalogue.js';

export interface ErrorReply {
  status: number;
  body: ApiErrorBody;
  /** True when someone should look at the log: the failure is ours. */
  unexpected: boolean;
}

/** Failures the HTTP framework raises itself, by its own code or else by status. */
const FRAMEWORK_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
};
const STATUS_CODES: Record<number, ErrorCode> = {
  400: 'request_invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

/** What the caller gets for any thrown value. Messages of unknown errors never leave: they may hold anything. */
export function errorReply(error: unknown): ErrorReply {
  const known = error instanceof AppError ? error : fromFramework(error);
  return { status: known.status, body: known.toBody(), unexpected: known.status >= 500 && known.status !== 503 };
}

function fromFramework(error: unknown): AppError {
  const { code, statusCode, status } = fieldsOf(error);
  const httpStatus = typeof statusCode === 'number' ? statusCode : status;
  if (typeof code === 'string' && code.startsWith('FST_ERR_CTP_')) {
    return new AppError(FRAMEWORK_CODES[code] ?? 'request_invalid', {
      params: { reason: 'the body could not be read', limit: 'allowed', type: 'this' },
      cause: error,
    });
  }
  if (isDatabaseAway(error)) return new AppError('unavailable', { cause: error });
  const fromStatus = typeof httpStatus === 'number' ? STATUS_CODES[httpStatus] : undefined;
  if (fromStatus === undefined) return new AppError('internal', { cause: error });
  return new AppError(fromStatus, { params: { reason: 'it could not be read', type: 'this' }, cause: error });
}

/** No connection to the database, or one cut by its shutdown: nobody's mistake, and the next try may succeed. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return /^(08|57P0[123]$|ECONNREFUSED$|ECONNRESET$|EPIPE$)/.test(code);
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

function fieldsOf(error: unknown): { code?: unknown; statusCode?: unknown; status?: unknown } {
  if (typeof error !== 'object' || error === null) return {};
  const fields = error as { code?: unknown; statusCode?: unknown; getStatus?: unknown };
  const status = typeof fields.getStatus === 'function' ? (fields.getStatus as () => unknown).call(error) : undefined;
  return { code: fields.code, statusCode: fields.statusCode, status };
}
