/** Who entered, corrected and took back outcomes, as the audit log keeps it: under a hash, because ids of others may say anything. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AuditEntry, AuditLog, Json } from '../audit/index.js';
import { inTransaction } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import type { OutcomeInput } from '../shared/outcomes.js';

export interface Entered {
  id: string;
  version: number;
  input: Omit<OutcomeInput, 'externalId'>;
  isNew: boolean;
}

export function auditSubject(outcomeId: string): { kind: string; id: string } {
  return { kind: 'outcome', id: createHash('sha256').update(outcomeId).digest('hex').slice(0, 32) };
}

function entryOf(actor: AuditActor, { id, version, input, isNew }: Entered): AuditEntry {
  const { disposition, sale, callbackAt, cancelled, agentId, at } = input;
  const personal = (['customer', 'agent', 'note', 'call'] as const).filter((field) => input[field] !== undefined);
  const after: { [key: string]: Json | undefined } = {
    version,
    ...(disposition === undefined ? {} : { disposition }),
    ...(sale === undefined ? {} : { sale: sale === null ? null : saleOf(sale) }),
    ...(callbackAt === undefined ? {} : { callbackAt }),
    ...(cancelled === undefined ? {} : { cancelled }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(at === undefined ? {} : { at }),
    ...Object.fromEntries(personal.map((field) => [field, '•'])),
  };
  const action = cancelled === true ? 'outcome.cancelled' : isNew ? 'outcome.entered' : 'outcome.corrected';
  return { actor, action, subject: auditSubject(id), outcome: 'done', after };
}

function saleOf({ amountMinor, currency, shares }: NonNullable<OutcomeInput['sale']>): Json {
  return {
    amountMinor,
    ...(currency === undefined ? {} : { currency }),
    ...(shares === undefined ? {} : { shares: shares.map(({ agentId, share }) => ({ agentId, share })) }),
  };
}

/**
 * An entry each, after they are durable. With the database away (they are in the spool then) the entries are noted and
 * written as soon as it is back.
 */
export async function recordEntered(
  pool: Pool,
  audit: AuditLog,
  actor: AuditActor,
  entered: readonly Entered[],
  extra: readonly AuditEntry[] = [],
): Promise<void> {
  const entries = [...entered.map((one) => entryOf(actor, one)), ...extra];
  if (entries.length === 0) return;
  try {
    await inTransaction(pool, async (tx) => {
      for (const entry of entries) await audit.record(tx, entry);
    });
  } catch {
    for (const entry of entries) audit.note(entry);
  }
}
