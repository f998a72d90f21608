/** What is counted call by call costs by the call: whoever asks for too much is told so instead of waiting. */
import type { PoolClient } from 'pg';
import { AppError, monotonicMs } from '../../platform/index.js';

const BUDGET_MS = 10_000;
const CANCELLED_BY_TIMEOUT = '57014';

/** Each statement of `work` ends after the budget. Throws `report_too_slow`. */
export async function withinBudget<T>(tx: PoolClient, work: () => Promise<T>): Promise<T> {
  await tx.query(`SET LOCAL statement_timeout = ${BUDGET_MS}`);
  try {
    const result = await work();
    await tx.query('SET LOCAL statement_timeout TO DEFAULT');
    return result;
  } catch (error) {
    if ((error as { code?: string }).code !== CANCELLED_BY_TIMEOUT) throw error;
    throw tooSlow(error);
  }
}

/** For what takes many statements: to be called between them. Throws `report_too_slow` once their time is over. */
export function stopwatch(): () => void {
  const begun = monotonicMs();
  return () => {
    if (monotonicMs() - begun > BUDGET_MS) throw tooSlow(undefined);
  };
}

function tooSlow(cause: unknown): AppError {
  return new AppError('report_too_slow', { field: 'groupBy', params: { seconds: BUDGET_MS / 1000 }, cause });
}
