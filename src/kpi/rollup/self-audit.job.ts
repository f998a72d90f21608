/**
 * Recomputes random quarter hours from facts all day, beside the work, and reports how many it proved and how many
 * differed (0). A difference is an ERROR in the log: somebody must act (`tallyboard verify`, then `rebuild`).
 * One snapshot a check, so that a fold under way cannot look like a difference.
 */
import type { Pool, PoolClient } from 'pg';
import { type CallFact, FACT_COLUMNS, outcomesBetween } from '../../calls/index.js';
import { inTransaction, jitter, type Logger, READ_SNAPSHOT, Rounds } from '../../platform/index.js';
import { timesOfSlot } from '../../presence/index.js';
import { emptyMeasures, MEASURE_COLUMNS, type Measures } from '../catalog/measures.js';
import { type Contribution, contributionOf, type RollupKey } from './contribution.js';
import { contributionOfOutcome } from './outcome-contribution.js';
import { retainedBetween } from './retained.repository.js';
import { RollupDeltas, slotsBetween } from './rollup.repository.js';
import { contributionOfTime } from './state-contribution.js';

const EVERY_MS = 5_000;
const SLOT_MS = 15 * 60_000;

export interface AuditCounters {
  slotsProved: number;
  differences: number;
}

export class SelfAuditJob {
  readonly counters: AuditCounters = { slotsProved: 0, differences: 0 };
  private readonly rounds = new Rounds(
    EVERY_MS,
    () => this.checkOne(),
    (error) => this.log.debug({ err: error }, 'A self-audit could not be made'),
  );

  constructor(
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private checkOne(): Promise<void> {
    return inTransaction(
      this.pool,
      async (tx) => {
        const slot = await randomSlot(tx);
        if (slot === null) return;
        const differing = await auditSlot(tx, slot);
        this.counters.slotsProved++;
        this.counters.differences += differing.length;
        if (differing.length > 0) this.log.error({ slot, keys: differing }, 'Sums differ from facts; run verify');
      },
      READ_SNAPSHOT,
    );
  }
}

/** Start of a slot that has sums, by a random instant between the first and the last; epoch ms. */
async function randomSlot(tx: PoolClient): Promise<number | null> {
  const { rows } = await tx.query<{ slot: number | null }>(
    `SELECT (extract(epoch FROM s.slot_start) * 1000)::float8 AS slot
     FROM (SELECT min(slot_start) AS first, max(slot_start) AS last FROM rollup_slot) AS span
     CROSS JOIN LATERAL (
       SELECT slot_start FROM rollup_slot WHERE slot_start >= span.first + (span.last - span.first) * $1::float8
       ORDER BY slot_start LIMIT 1
     ) AS s`,
    [jitter()],
  );
  return rows[0]?.slot ?? null;
}

/** Keys of the sums of one slot that are not what the facts say. Uses call_started, call_customer and two of outcome. */
export async function auditSlot(tx: PoolClient, slot: number): Promise<string[]> {
  const { rows } = await tx.query<CallFact & { firstDial: boolean }>(
    `SELECT ${FACT_COLUMNS}, direction = 'outbound' AND counted AND customer_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM call p WHERE p.customer_id = c.customer_id AND p.direction = 'outbound' AND p.counted
         AND (p.started_at, p.key) < (c.started_at, c.key))
       AND NOT EXISTS (SELECT 1 FROM customer_first_dial f WHERE f.customer_id = c.customer_id AND f.retained) AS "firstDial"
     FROM call c WHERE started_at >= to_timestamp($1::float8 / 1000) AND started_at < to_timestamp($2::float8 / 1000)`,
    [slot, slot + SLOT_MS],
  );
  const expected = new RollupDeltas();
  for (const { firstDial, ...fact } of rows) {
    for (const part of contributionOf(fact)) expected.add(part, 1);
    if (!firstDial) continue;
    const measures = { ...emptyMeasures(), first_dials: 1, first_call_sales: fact.sales };
    expected.add({ ...keyOf(fact), measures }, 1);
  }
  for (const fact of await outcomesBetween(tx, slot, slot + SLOT_MS)) {
    // A sale and a callback of one outcome count in slots of their own.
    for (const part of contributionOfOutcome(fact)) if (part.slotStart === slot) expected.add(part, 1);
  }
  for (const times of await timesOfSlot(tx, slot)) expected.add(contributionOfTime(times), 1);
  for (const part of await retainedBetween(tx, slot, slot + SLOT_MS)) expected.add(part, 1);
  const should = new Map(expected.bySlot().map((row) => [textOf(row), row.measures]));
  const differing: string[] = [];
  for (const row of await slotsBetween(tx, slot, slot + SLOT_MS)) {
    const key = textOf(row);
    if (!same(row.measures, should.get(key) ?? emptyMeasures())) differing.push(key);
    should.delete(key);
  }
  return [...differing, ...should.keys()];
}

function keyOf({ slotStart, businessDate, agentId, teamId, campaignId }: CallFact): RollupKey {
  return { slotStart, businessDate, agentId, teamId, campaignId };
}

function textOf(row: RollupKey | Contribution): string {
  return `${row.slotStart}|${row.businessDate}|${row.agentId}|${row.teamId}|${row.campaignId}`;
}

function same(a: Measures, b: Measures): boolean {
  return MEASURE_COLUMNS.every((column) => a[column] === b[column]);
}
