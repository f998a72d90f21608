/** What tells a refusal because of the scope from a plain "no such thing", inside the server only. */
import { AppError } from '../platform/index.js';

const BY_SCOPE = Symbol('outside the scope');

/** Answers exactly like something that does not exist; the audit log learns that somebody tried. */
export function hiddenByScope(): AppError {
  return new AppError('not_found', { cause: BY_SCOPE });
}

/** Whether an error is a refused access, of the kinds the audit log keeps. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.cause === BY_SCOPE || ['forbidden', 'outside_scope', 'outcome_not_yours'].includes(error.code);
}
