/** The sums in the database: deltas in, absolute rows out. Generated once from the list of measures. */
import type { PoolClient } from 'pg';
import { addMeasures, emptyMeasures, isEmptyMeasures, MEASURE_COLUMNS, type Measures } from '../catalog/measures.js';
import { adjustClosed } from './closed-months.js';
import type { Contribution, RollupKey } from './contribution.js';

/** A committed row of `rollup_slot`, absolute values. */
export interface RollupRow extends RollupKey {
  rev: number;
  measures: Measures;
}

/** Sums contributions by slot and by day, dropping what cancels out. */
export class RollupDeltas {
  private readonly slots = new Map<string, Contribution>();

  add(part: Contribution, sign: 1 | -1): void {
    const id = `${part.slotStart}|${part.businessDate}|${part.agentId}|${part.teamId}|${part.campaignId}`;
    const row = this.slots.get(id) ?? { ...part, measures: emptyMeasures() };
    addMeasures(row.measures, part.measures, sign);
    this.slots.set(id, row);
  }

  /** In key order. */
  bySlot(): Contribution[] {
    return [...this.slots.values()].filter((row) => !isEmptyMeasures(row.measures)).sort(compareKeys);
  }

  /** In key order; `slotStart` is meaningless here. `slots`: what `bySlot` gave, where that is at hand. */
  byDay(slots = this.bySlot()): Contribution[] {
    const days = new Map<string, Contribution>();
    for (const part of slots) {
      const id = `${part.businessDate}|${part.agentId}|${part.teamId}|${part.campaignId}`;
      const row = days.get(id) ?? { ...part, slotStart: 0, measures: emptyMeasures() };
      addMeasures(row.measures, part.measures);
      days.set(id, row);
    }
    return [...days.values()].filter((row) => !isEmptyMeasures(row.measures)).sort(compareKeys);
  }
}

function compareKeys(a: RollupKey, b: RollupKey): number {
  return (
    a.slotStart - b.slotStart ||
    (a.businessDate < b.businessDate ? -1 : a.businessDate > b.businessDate ? 1 : 0) ||
    a.agentId - b.agentId ||
    a.teamId - b.teamId ||
    a.campaignId - b.campaignId
  );
}

const NAMES = MEASURE_COLUMNS.join(', ');
const TYPED = MEASURE_COLUMNS.map((column) => `${column} bigint`).join(', ');
const VALUES = MEASURE_COLUMNS.map((column) => `coalesce(x.${column}, 0)`).join(', ');
const ADDED = MEASURE_COLUMNS.map((column) => `${column} = r.${column} + excluded.${column}`).join(', ');
const FLOATS = MEASURE_COLUMNS.map((column) => `r.${column}::float8 AS ${column}`).join(', ');

/** Without the revision: also of `retained_slot`. */
export const SUM_COLUMNS = `(extract(epoch FROM r.slot_start) * 1000)::float8 AS "slotStart",
  r.business_date::text AS "businessDate", r.agent_id AS "agentId", r.team_id AS "teamId",
  r.campaign_id AS "campaignId", ${FLOATS}`;
export const SLOT_COLUMNS = `${SUM_COLUMNS}, r.rev::float8 AS rev`;

const KEY_TYPES = `"slotStart" float8, "businessDate" date, "agentId" integer, "teamId" integer, "campaignId" integer`;

const UPSERT_SLOTS = `
  INSERT INTO rollup_slot AS r (slot_start, business_date, agent_id, team_id, campaign_id, ${NAMES})
  SELECT to_timestamp(x."slotStart" / 1000), x."businessDate", x."agentId", x."teamId", x."campaignId", ${VALUES}
  FROM json_to_recordset($1::json) AS x(${KEY_TYPES}, ${TYPED})
  ON CONFLICT (slot_start, business_date, agent_id, team_id, campaign_id) DO UPDATE SET rev = nextval('rollup_revision'), ${ADDED}
  RETURNING ${SLOT_COLUMNS}`;

const UPSERT_RETAINED = `
  INSERT INTO retained_slot AS r (slot_start, business_date, agent_id, team_id, campaign_id, ${NAMES})
  SELECT to_timestamp(x."slotStart" / 1000), x."businessDate", x."agentId", x."teamId", x."campaignId", ${VALUES}
  FROM json_to_recordset($1::json) AS x(${KEY_TYPES}, ${TYPED})
  ON CONFLICT (slot_start, business_date, agent_id, team_id, campaign_id) DO UPDATE SET ${ADDED}`;

const UPSERT_DAYS = `
  INSERT INTO rollup_day AS r (business_date, agent_id, team_id, campaign_id, ${NAMES})
  SELECT x."businessDate", x."agentId", x."teamId", x."campaignId", ${VALUES}
  FROM json_to_recordset($1::json) AS x(${KEY_TYPES}, ${TYPED})
  ON CONFLICT (business_date, agent_id, team_id, campaign_id) DO UPDATE SET ${ADDED}`;

export type FlatSums = RollupKey & Measures;
type FlatRow = FlatSums & { rev: number };

export function toContribution(flat: FlatSums): Contribution {
  const { slotStart, businessDate, agentId, teamId, campaignId, ...measures } = flat;
  return { slotStart, businessDate, agentId, teamId, campaignId, measures };
}

export function toRollupRow(flat: FlatRow): RollupRow {
  const { slotStart, businessDate, agentId, teamId, campaignId, rev, ...measures } = flat;
  return { slotStart, businessDate, agentId, teamId, campaignId, rev, measures };
}

/** Most measures of a difference are 0 and are left out: the statement reads them as 0. */
function flatten({ measures, slotStart, businessDate, agentId, teamId, campaignId }: Contribution): object {
  const row: Record<string, string | number> = { slotStart, businessDate, agentId, teamId, campaignId };
  for (const column of MEASURE_COLUMNS) if (measures[column] !== 0) row[column] = measures[column];
  return row;
}

/** Adds to what removed calls have left (retained.repository.ts). */
export async function addRetained(tx: PoolClient, deltas: RollupDeltas): Promise<void> {
  const slots = deltas.bySlot();
  if (slots.length > 0) await tx.query(UPSERT_RETAINED, [JSON.stringify(slots.map(flatten))]);
}

/** Adds the deltas; returns the slot rows as they are afterwards. */
export async function addDeltas(tx: PoolClient, deltas: RollupDeltas): Promise<RollupRow[]> {
  const slots = deltas.bySlot();
  if (slots.length === 0) return [];
  const { rows } = await tx.query<FlatRow>({
    name: 'rollup-slots-add',
    text: UPSERT_SLOTS,
    values: [JSON.stringify(slots.map(flatten))],
  });
  const days = deltas.byDay(slots);
  if (days.length > 0) {
    await tx.query({ name: 'rollup-days-add', text: UPSERT_DAYS, values: [JSON.stringify(days.map(flatten))] });
    await adjustClosed(tx, days);
  }
  return rows.map(toRollupRow);
}

/** Slot rows of a business date that starts at `dayStart` (epoch ms) somewhere, with a revision above `afterRev`. */
export async function slotsOfDate(
  db: Pick<PoolClient, 'query'>,
  date: string,
  dayStart: number,
  afterRev: number,
): Promise<RollupRow[]> {
  // The range serves the primary key; zones differ by less than a day and a half.
  const { rows } = await db.query<FlatRow>(
    `SELECT ${SLOT_COLUMNS} FROM rollup_slot r
     WHERE r.slot_start >= to_timestamp($2::float8 / 1000) - interval '36 hours'
       AND r.slot_start < to_timestamp($2::float8 / 1000) + interval '61 hours'
       AND r.business_date = $1 AND r.rev > $3`,
    [date, dayStart, afterRev],
  );
  return rows.map(toRollupRow);
}

/** Slot rows that start in [from, to), epoch ms. */
export async function slotsBetween(db: Pick<PoolClient, 'query'>, from: number, to: number): Promise<RollupRow[]> {
  const { rows } = await db.query<FlatRow>(
    `SELECT ${SLOT_COLUMNS} FROM rollup_slot r
     WHERE r.slot_start >= to_timestamp($1::float8 / 1000) AND r.slot_start < to_timestamp($2::float8 / 1000)`,
    [from, to],
  );
  return rows.map(toRollupRow);
}
