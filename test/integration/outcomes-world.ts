/** A small floor in a real database for proofs about outcomes: three agents, two currencies, calls of 60 s, plain sums. */
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import { submitOutcomes } from '../../src/ingest/index.js';
import { MEASURE_COLUMNS } from '../../src/kpi/catalog/index.js';
import { openCore } from '../../src/main.js';
import { SettingsChanges } from '../../src/organisation/index.js';
import { createLogger } from '../../src/platform/index.js';
import type { OutcomeInput } from '../../src/shared/outcomes.js';
import type { OracleEvent } from '../oracle/index.js';
import { BARE_EVENT } from '../support/bare-event.js';
import { type TestDatabase, testConfig } from '../support/index.js';
import { entryOf, forgetCalls } from './fold-database.js';

export const ACTOR = { kind: 'system', id: null, address: null } as const;
/** Sums of outcomes and what they do to calls; state times and plain call measures are proved elsewhere. */
const SHOWN = [
  'dials',
  'humans',
  'contacts',
  ...MEASURE_COLUMNS.slice(MEASURE_COLUMNS.indexOf('sales'), MEASURE_COLUMNS.indexOf('available_ms')),
] as const;

export const number = (customer: number): string => `+8613800000${100 + customer}`;
/** A day nothing special happens on; times of day are UTC, the zone is Shanghai (8 hours ahead). */
export const DAY = '2026-05-05';
export const at = (time: string): number => Date.parse(`${DAY}T${time}Z`);
export const iso = (time: string): string => new Date(at(time)).toISOString();

export interface World {
  core: Core;
  agents: Record<'ada' | 'bo' | 'cy', number>;
  settings: SettingsChanges;
  call(name: string, options: CallOptions): OracleEvent[];
  log(...events: OracleEvent[][]): Promise<void>;
  say(...outcomes: OutcomeInput[]): Promise<string[]>;
  fold(): Promise<void>;
  rebuild(): Promise<void>;
  /** `HH:MM agent/team campaign` (UTC) → measures that are not 0, after proving that they are the facts', also rebuilt. */
  sums(): Promise<Record<string, Record<string, number>>>;
  reset(): Promise<void>;
}

export interface CallOptions {
  agent: string;
  customer: number;
  time: string;
  /** Seconds; null: nobody answered. */
  talk?: number | null;
  inbound?: boolean;
  campaign?: string;
}

export async function outcomeWorld(db: TestDatabase): Promise<World> {
  const { dataDir, pool } = db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Asia/Shanghai' });
  const { core } = await openCore(config, { database: db, log: createLogger({ level: 'silent' }) });
  await pool.query(`INSERT INTO team (id, name, site_id) VALUES (11, 'North', 1), (12, 'South', 1)`);
  await pool.query(
    `INSERT INTO agent (id, name, status) VALUES (21, 'Ada', 'active'), (22, 'Bo', 'active'), (23, 'Cy', 'active')`,
  );
  await pool.query(
    `INSERT INTO agent_address VALUES ('identity', 'ada', 21), ('identity', 'bo', 22), ('identity', 'cy', 23)`,
  );
  await pool.query(
    `INSERT INTO team_membership VALUES (21, '-infinity', 11), (22, '-infinity', 11), (23, '-infinity', 12)`,
  );
  await pool.query(`INSERT INTO campaign (id, name, currency) VALUES (31, 'euro', 'EUR')`);
  await pool.query(`INSERT INTO campaign_version (campaign_id, valid_from) VALUES (31, '-infinity')`);
  await pool.query('UPDATE organisation SET version = version + 1');
  let received = at('00:00:00') + 7 * 86_400_000;
  const fold = async (): Promise<void> => {
    await foldAll(core.fold, () => {});
  };
  const rebuild = async (): Promise<void> => {
    await forgetFacts(core.database);
    await fold();
  };
  return {
    core,
    agents: { ada: 21, bo: 22, cy: 23 },
    settings: new SettingsChanges(pool, core.reattribution, core.auditLog, core.signals, async () => {}),
    call: (name, options) => callEvents(name, options),
    log: async (...events) => {
      await core.writer.write(events.flat().map((event) => entryOf(event, received++)));
    },
    say: (...outcomes) => submitOutcomes(core.ingest, 'key-1', undefined, outcomes, received++),
    fold,
    rebuild,
    sums: async () => {
      const before = await storedSums(core);
      await proveClean(core);
      await rebuild();
      expect(await storedSums(core)).toEqual(before);
      await proveClean(core);
      return before;
    },
    reset: async () => {
      await forgetCalls(pool);
      await pool.query(
        `TRUNCATE resolution_task, forgotten_leg, retained_slot, retained_customer_day, call_event_pending, agent_interval,
         agent_presence, presence_slot, presence_settled, presence_todo, do_not_call_change`,
      );
    },
  };
}

export async function proveClean(core: Core): Promise<void> {
  const report = await verify(core.database, core.keys, { bodies: false });
  expect([report.differences, report.examples]).toEqual([0, []]);
}

/** A softphone call: the agent's leg and the customer's, or a caller and the agent who takes the call. */
function callEvents(
  name: string,
  { agent, customer, time, talk = 60, inbound = false, campaign }: CallOptions,
): OracleEvent[] {
  const start = at(time);
  const shared = {
    ...BARE_EVENT,
    campaignParam: campaign ?? null,
  } as const;
  const who = { kind: 'client', identity: agent } as const;
  const them = { kind: 'tel', ref: String(100 + customer) } as const;
  const own = { kind: 'tel', ref: '901' } as const;
  const root = inbound
    ? { ...shared, legId: name, parentLegId: null, direction: 'inbound' as const, from: them, to: own }
    : { ...shared, legId: `${name}-a`, parentLegId: null, direction: 'inbound' as const, from: who, to: them };
  const below = inbound
    ? { ...shared, legId: `${name}-a`, parentLegId: name, direction: 'outbound-dial' as const, from: them, to: who }
    : { ...shared, legId: name, parentLegId: `${name}-a`, direction: 'outbound-dial' as const, from: own, to: them };
  const legs = [root, below];
  const ended = start + (talk ?? 20) * 1_000;
  return legs.flatMap((leg) => [
    { ...leg, type: 'leg.initiated' as const, occurredAt: start },
    ...(talk === null && leg.legId === name ? [] : [{ ...leg, type: 'leg.answered' as const, occurredAt: start }]),
    {
      ...leg,
      type: 'leg.ended' as const,
      occurredAt: ended,
      result: talk === null && leg.legId === name ? ('no-answer' as const) : ('completed' as const),
      durationMs: talk === null ? null : talk * 1_000,
    },
  ]);
}

export async function storedSums(core: Core): Promise<Record<string, Record<string, number>>> {
  const { rows } = await core.database.pool.query<Record<string, string>>(
    `SELECT to_char(r.slot_start AT TIME ZONE 'UTC', 'HH24:MI') || ' ' || a.name || '/' || t.name || ' ' || c.name AS place, r.*
     FROM rollup_slot r JOIN agent a ON a.id = r.agent_id JOIN team t ON t.id = r.team_id
     JOIN campaign c ON c.id = r.campaign_id`,
  );
  const sums: Record<string, Record<string, number>> = {};
  for (const row of rows) {
    const kept = SHOWN.flatMap((name) => (Number(row[name]) === 0 ? [] : [[name, Number(row[name])] as const]));
    if (kept.length > 0) sums[row.place ?? ''] = Object.fromEntries(kept);
  }
  return sums;
}
