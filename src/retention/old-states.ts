/** Retention of agent states: statuses that are over go with their events, what they counted stays. */
import type { PoolClient } from 'pg';
import { retainTimes } from '../kpi/index.js';
import { oldMarks, settleMarks } from '../presence/index.js';

/** Of one transaction: well under half a second. */
const AT_ONCE = 500;

/** A chunk of what ended before the horizon; the caller holds fold and log. Returns how many went. */
export async function removeStates(tx: PoolClient, before: number): Promise<number> {
  const rows = await oldMarks(tx, before, AT_ONCE);
  if (rows.length > 0) await retainTimes(tx, await settleMarks(tx, rows));
  return rows.length;
}
