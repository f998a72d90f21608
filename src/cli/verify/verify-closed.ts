/** Closed months: what was frozen and what came after are together what the sums say now. */
import type { PoolClient } from 'pg';
import { MEASURE_COLUMNS } from '../../kpi/catalog/index.js';
import { closedDifferences } from '../../kpi/rollup/index.js';
import type { VerifyReport } from './verify-report.js';

export async function verifyClosed(tx: PoolClient, report: VerifyReport): Promise<void> {
  for (const { businessDate, agentId, teamId, campaignId, measures } of await closedDifferences(tx)) {
    const differing = MEASURE_COLUMNS.filter((column) => measures[column] !== 0);
    const detail = differing.map((column) => `${column}: ${measures[column]} not in any adjustment`).join('; ');
    report.add('closed_period', `${businessDate}|${agentId}|${teamId}|${campaignId}`, detail);
  }
}
