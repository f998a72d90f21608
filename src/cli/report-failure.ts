import { speaksChinese } from '../platform/config/index.js';
import { AppError, type ErrorCode } from '../platform/errors/index.js';

/** Failures whose sentence says everything; for any other the stack is what helps. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1;
  if (!(error instanceof AppError) || error.code === ('internal' satisfies ErrorCode)) {
    console.error(error);
    return;
  }
  const language = speaksChinese() ? 'zh' : 'en';
  console.error(error.sentence[language]);
  if (error.fix) console.error(error.fix[language]);
}
