/**
 * Proves: a change for the past that concerns many calls is worked off in pieces that can end anywhere: between two pieces
 * `verify` counts what waits and reports nothing, sums equal facts, new events fold with the new settings, another change
 * may come; a process that was killed leaves nothing half done; two that work at once move no call twice.
 */
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import { Reattribution } from '../../src/ingest/index.js';
import { openCore } from '../../src/main.js';
import { SettingsChanges } from '../../src/organisation/index.js';
import { createLogger } from '../../src/platform/index.js';
import type { AuditActor } from '../../src/shared/audit.js';
import type { Recount } from '../../src/shared/organisation.js';
import type { OracleEvent } from '../oracle/index.js';
import { testConfig, withDatabase } from '../support/index.js';
import { entryOf, forgetCalls } from './fold-database.js';

const database = withDatabase();
const NOBODY: AuditActor = { kind: 'system', id: null, address: null };
const START = Date.parse('2026-11-05T02:00:00Z');
const CALLS = 700;
let core: Core;
let pieces: Reattribution;

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Asia/Shanghai' });
  ({ core } = await openCore(config, { database: database.db, log: createLogger({ level: 'silent' }) }));
  // As short as a piece can be: one batch of calls.
  pieces = new Reattribution(core.database.pool, core.rollups, core.signals, core.log, 0);
});
beforeEach(async () => {
  await forgetCalls(core.database.pool);
  await core.database.pool.query('TRUNCATE resolution_task');
  await core.database.pool.query('DELETE FROM team_membership WHERE agent_id > 0');
  await core.database.pool.query('DELETE FROM agent_address');
  await core.database.pool.query('DELETE FROM agent WHERE id > 0');
  await core.database.pool.query('UPDATE organisation SET version = version + 1');
});

const fold = () => foldAll(core.fold, () => {});
const report = async () => {
  const found = await verify(core.database, core.keys, { bodies: false });
  expect(found.examples).toEqual([]);
  return found.counts;
};
const count = async (sql: string): Promise<number> =>
  (await core.database.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${sql}`)).rows[0]?.n ?? 0;

/** Two events of a call an agent is named for, 90 s long. */
function call(name: string, agent: string, at: number, customer = '01'): OracleEvent[] {
  const leg = {
    provider: 'twilio',
    account: 'AC1',
    legId: name,
    parentLegId: null,
    direction: 'outbound-api' as const,
    sequence: null,
    answeredBy: null,
    agentParam: agent,
    campaignParam: null,
    occurredAtReceived: false,
    from: { kind: 'tel' as const, ref: '99' },
    to: { kind: 'tel' as const, ref: customer },
  };
  return [
    { ...leg, type: 'leg.initiated', occurredAt: at, result: null, durationMs: null },
    { ...leg, type: 'leg.ended', occurredAt: at + 90_000, result: 'completed', durationMs: 90_000 },
  ];
}

async function write(events: OracleEvent[]): Promise<void> {
  await core.writer.write(events.map((event) => entryOf(event, event.occurredAt)));
  await fold();
}

/** Calls of one agent, a minute apart; returns the agent. */
async function history(agent: string): Promise<number> {
  await write(Array.from({ length: CALLS }, (_, i) => call(`c${i}`, agent, START + i * 60_000)).flat());
  return agentOf(agent);
}

const agentOf = async (identity: string): Promise<number> =>
  (
    await core.database.pool.query<{ id: number }>('SELECT agent_id AS id FROM agent_address WHERE value = $1', [
      identity,
    ])
  ).rows[0]?.id ?? 0;

async function newAgent(name: string): Promise<number> {
  const { rows } = await core.database.pool.query<{ id: number }>(
    "INSERT INTO agent (name, status) VALUES ($1, 'active') RETURNING id",
    [name],
  );
  const id = rows[0]?.id ?? 0;
  await core.database.pool.query("INSERT INTO team_membership VALUES ($1, '-infinity', 1)", [id]);
  return id;
}

/** Gives every address of one agent to another, as merging and moving an address do. */
async function give(from: number, to: number, through = pieces): Promise<Recount | undefined> {
  const changes = new SettingsChanges(core.database.pool, through, core.auditLog, core.signals, async () => {});
  const { recount } = await changes.run(NOBODY, async (tx) => {
    await tx.query('UPDATE agent_address SET agent_id = $2 WHERE agent_id = $1', [from, to]);
    return { affected: [{ from: null, agents: [from] }], audit: [], result: () => Promise.resolve(null) };
  });
  return recount;
}

const ownedBy = (agent: number): Promise<number> => count(`call WHERE agent_id = ${agent}`);
const dialsOf = async (agent: number): Promise<number> =>
  count(`(SELECT generate_series(1, sum(dials)) FROM rollup_day WHERE agent_id = ${agent}) AS d`);

test('a change moves what fits its time, and the rest piece by piece', async () => {
  const ann = await history('ann');
  const bea = await newAgent('Bea');
  expect(await give(ann, bea)).toEqual({ calls: 250, done: false });
  expect(await pieces.waiting(core.database.pool)).toMatchObject({ tasks: 1 });
  expect((await report()).waiting).toBe(CALLS - 250);
  expect([await dialsOf(ann), await dialsOf(bea)]).toEqual([CALLS - 250, 250]);
  expect(await pieces.piece()).toBe(true);
  expect((await report()).waiting).toBe(CALLS - 500);
  expect(await pieces.piece()).toBe(true);
  expect([(await report()).waiting, await dialsOf(ann), await dialsOf(bea)]).toEqual([0, 0, CALLS]);
  while (await pieces.piece());
  expect(await count('resolution_task')).toBe(0);
});

test('between two pieces new events fold with the new settings, and another change may come', async () => {
  const ann = await history('ann');
  const [bea, cleo] = [await newAgent('Bea'), await newAgent('Cleo')];
  await give(ann, bea);
  // One of a call that still waits, one of a new call in the middle, one of a new call at the end.
  await write([
    {
      ...(call('c650', 'ann', START)[1] as OracleEvent),
      type: 'leg.recording',
      occurredAt: START + 1,
      result: null,
      durationMs: null,
    },
    ...call('late', 'ann', START + 30_000),
    ...call('last', 'ann', START + CALLS * 60_000),
  ]);
  expect((await report()).waiting).toBe(CALLS - 250 - 1);
  expect(await give(bea, cleo)).toMatchObject({ done: false });
  await report();
  while (await pieces.piece()) await report();
  expect([await ownedBy(ann), await ownedBy(bea), await ownedBy(cleo)]).toEqual([0, 0, CALLS + 2]);
  expect((await report()).waiting).toBe(0);
});

test('a piece that fails is made again whole; two workers at once move no call twice', async () => {
  const ann = await history('ann');
  const bea = await newAgent('Bea');
  await give(ann, bea);
  const failing = new Reattribution(
    core.database.pool,
    {
      apply: async () => {
        throw new Error('the process ends here');
      },
      moveRemoved: async () => () => {},
    },
    core.signals,
    core.log,
    0,
  );
  await expect(failing.piece()).rejects.toThrow('the process ends here');
  expect([(await report()).waiting, await dialsOf(bea)]).toEqual([CALLS - 250, 250]);
  const other = new Reattribution(core.database.pool, core.rollups, core.signals, core.log, 0);
  const work = async (through: Reattribution) => {
    while (await through.piece());
  };
  await Promise.all([work(pieces), work(other)]);
  expect([(await report()).waiting, await dialsOf(ann), await dialsOf(bea)]).toEqual([0, 0, CALLS]);
});

test('a rebuild makes waiting changes void: it uses the present settings anyway', async () => {
  const ann = await history('ann');
  const bea = await newAgent('Bea');
  await give(ann, bea);
  await forgetFacts(core.database);
  await fold();
  expect(await count('resolution_task')).toBe(0);
  expect([(await report()).waiting, await ownedBy(bea)]).toEqual([0, CALLS]);
});

test('real damage is found beside a change that is not finished', async () => {
  const ann = await history('ann');
  const bea = await newAgent('Bea');
  await give(ann, bea);
  // Moved already, and then changed behind the product's back; and one that waits, with another talk time.
  await core.database.pool.query(`UPDATE call SET agent_id = ${ann} WHERE key = 'c0'`);
  await core.database.pool.query("UPDATE call SET talk_ms = 1 WHERE key = 'c600'");
  const { examples } = await verify(core.database, core.keys, { bodies: false });
  expect(
    examples
      .filter(({ kind }) => kind === 'call')
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['c0', 'c600']);
});
