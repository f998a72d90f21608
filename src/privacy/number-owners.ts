import type { Queryable } from '../audit/index.js';
import { AppError } from '../platform/index.js';

/** Throws `number_in_use` when the number is one of our own: a campaign's caller number, or an agent's phone. */
export async function requireNobodysNumber(db: Queryable, customerId: string): Promise<void> {
  const { rows } = await db.query<{ owner: string }>(
    `SELECT 'campaign ' || campaign_id AS owner FROM campaign_caller_number WHERE number_id = $1::bigint
     UNION ALL SELECT 'agent ' || agent_id FROM agent_address WHERE scheme = 'tel' AND value = $1::text LIMIT 1`,
    [customerId],
  );
  const [row] = rows;
  if (row !== undefined) throw new AppError('number_in_use', { params: { owner: row.owner } });
}
