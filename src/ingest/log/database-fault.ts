/** Which database errors pass by themselves, so that holding and retrying is right. Pure. */

/** SQLSTATE classes: connection, transaction rollback, resources, object state, operator intervention, system error. */
const PASSING_CLASSES = new Set(['08', '40', '53', '55', '57', '58']);
const PASSING_CODES = new Set([
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * How pg reports a lost socket and an exhausted pool, which it gives no code. Whole openings: a mistake of ours may say
 * "endedAt", and taken for a passing fault it would be tried for ever instead of being parked.
 */
const DRIVER_WORDS =
  /^(Connection terminated|timeout expired$|timeout exceeded when trying to connect$|Query read timeout$|Client (has encountered a connection error|was closed) and is not queryable$|Cannot use a pool after calling end on the pool$)/;

export function isPassingFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return PASSING_CODES.has(code) || PASSING_CLASSES.has(code.slice(0, 2));
  return typeof message === 'string' && DRIVER_WORDS.test(message);
}
