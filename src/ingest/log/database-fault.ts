/** Which database errors pass by themselves, so that holding and retrying is right. Pure. */

/** SQLSTATE classes: connection, transaction rollback, resources, object state, operator intervention, system error. */
const PASSING_CLASSES = new Set(['08', '40', '53', '55', '57', '58']);
const PASSING_CODES = new Set([
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return PASSING_CODES.has(code) || PASSING_CLASSES.has(code.slice(0, 2));
  // pg reports a lost socket and an exhausted pool without a code.
  return /terminat|connect|timeout|closed|ended/i.test(error.message);
}
