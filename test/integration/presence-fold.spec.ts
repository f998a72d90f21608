/**
 * Proves: through the real log and fold on PostgreSQL, in any order, batching and repetition, time in agent states equals a
 * count second by second: every source united, split at quarter hours, at midnight of a half-hour zone with a clock change
 * and where somebody changes team within a quarter hour; and verify agrees at every end.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import type { Entry } from '../../src/ingest/index.js';
import { openCore } from '../../src/main.js';
import { createLogger } from '../../src/platform/index.js';
import { type OracleSource, type OracleState, oracleStates } from '../oracle/states.js';
import { testConfig, withDatabase } from '../support/index.js';
import { forgetCalls } from './fold-database.js';

const database = withDatabase();
let core: Core;
const agents: number[] = [];

/** Lord Howe puts its clock back by half an hour at 15:00 UTC of this day; 11:00 UTC is 22:00 there. */
const BASE = Date.parse('2026-04-04T11:00:00Z');
const SECONDS = 6 * 3600;
/** In the middle of a quarter hour, to the millisecond, the second agent changes team (and the second with it is split). */
const MOVES_AT = BASE + 2 * 3600_000 + 7 * 60_000 + 30_000;

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Australia/Lord_Howe' });
  const log = createLogger({ level: 'silent' });
  ({ core } = await openCore(config, { database: database.db, log }));
  const { pool } = core.database;
  await pool.query(`INSERT INTO site (id, name) VALUES (2, 'Kolkata')`);
  await pool.query(`INSERT INTO site_version VALUES (2, '-infinity', 'Asia/Kolkata', 0)`);
  await pool.query(`INSERT INTO team (id, name, site_id) VALUES (10, 'Here', 1), (11, 'There', 2)`);
  for (const [i, name] of ['ann', 'bob'].entries()) {
    const { rows } = await pool.query<{ id: number }>(
      `INSERT INTO agent (name, status) VALUES ($1, 'active') RETURNING id`,
      [name],
    );
    const id = rows[0]?.id ?? 0;
    agents.push(id);
    await pool.query(`INSERT INTO agent_address (scheme, value, agent_id) VALUES ('identity', $1, $2)`, [name, id]);
    await pool.query(`INSERT INTO team_membership VALUES ($1, '-infinity', 10)`, [id]);
    if (i === 1) await pool.query('INSERT INTO team_membership VALUES ($1, $2, 11)', [id, new Date(MOVES_AT)]);
  }
  await pool.query('UPDATE organisation SET version = version + 1');
});

const ACTIVITIES: Record<string, OracleState> = {
  Available: 'available',
  Offline: 'offline',
  Unavailable: 'paused',
  WrapUp: 'wrap_up',
  'Never mapped': 'paused',
};

interface Op {
  agent: number;
  source: OracleSource;
  entries: Entry[];
}

const entry = (event: object, key: string): Entry => ({
  raw: {
    provider: 'twilio',
    kind: 'taskrouter',
    target: '/',
    body: Buffer.from(key),
    receivedAt: BASE + SECONDS * 2000,
  },
  translation: {
    ok: true,
    event: {
      provider: 'twilio',
      account: 'AC1',
      parentLegId: null,
      campaignParam: null,
      to: { kind: 'none' },
      ...event,
      dedupKey: createHash('sha256').update(key).digest(),
    } as never,
  },
});

const at = (second: number): number => BASE + second * 1000;
const nameOf = (agent: number): string => ['ann', 'bob'][agent] ?? '';
const second = fc.integer({ min: 0, max: SECONDS });

const worker = (agent: number): fc.Arbitrary<Op> =>
  fc
    .uniqueArray(fc.record({ at: second, activity: fc.constantFrom(...Object.keys(ACTIVITIES)) }), {
      selector: (one) => one.at,
      maxLength: 5,
    })
    .map((said) => ({
      agent,
      source: {
        kind: 'status',
        said: said.map((one) => ({ at: one.at, state: ACTIVITIES[one.activity] ?? 'paused' })),
      },
      entries: said.map((one) =>
        entry(
          {
            type: 'presence.state',
            legId: `worker|WK${agent}`,
            agentParam: null,
            from: { kind: 'client', identity: nameOf(agent) },
            told: { worker: `WK${agent}`, activity: one.activity },
            occurredAt: at(one.at),
          },
          `w${agent}|${one.at}|${one.activity}`,
        ),
      ),
    }));

const ownSwitch = (agent: number): fc.Arbitrary<Op> =>
  fc
    .uniqueArray(fc.record({ at: second, state: fc.constantFrom('available', 'paused', 'wrap_up', 'offline') }), {
      selector: (one) => one.at,
      maxLength: 4,
    })
    .map((said) => ({
      agent,
      source: { kind: 'status', said: said as { at: number; state: OracleState }[] },
      entries: said.map((one) =>
        entry(
          {
            type: 'presence.state',
            legId: `switch|${agents[agent]}`,
            agentParam: null,
            from: { kind: 'none' },
            told: { agentId: agents[agent], state: one.state },
            occurredAt: at(one.at),
          },
          `s${agent}|${one.at}|${one.state}`,
        ),
      ),
    }));

const reservation = (agent: number, n: number): fc.Arbitrary<Op> =>
  fc
    .tuple(second, fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 3 }))
    .map(([from, talk, wrap, steps]) => {
      const states: OracleState[] = ['on_call', 'wrap_up', 'offline'];
      const said = [from, from + talk, from + talk + wrap]
        .slice(0, steps)
        .map((when, i) => ({ at: when, state: states[i] ?? 'offline' }));
      return {
        agent,
        source: { kind: 'task', said },
        entries: said.map((one) =>
          entry(
            {
              type: 'presence.task',
              legId: `task|WR${agent}n${n}`,
              agentParam: nameOf(agent),
              from: { kind: 'none' },
              told: { worker: `WK${agent}`, state: one.state },
              occurredAt: at(one.at),
            },
            `r${agent}n${n}|${one.at}|${one.state}`,
          ),
        ),
      };
    });

const call = (agent: number, n: number): fc.Arbitrary<Op> =>
  fc.tuple(second, fc.integer({ min: 1, max: 3000 }), fc.boolean()).map(([from, length, ended]) => {
    const leg = {
      legId: `CA${agent}n${n}`,
      direction: 'inbound',
      sequence: null,
      result: null,
      durationMs: null,
      answeredBy: null,
      agentParam: null,
      from: { kind: 'client', identity: nameOf(agent) },
    };
    const events = [
      { ...leg, type: 'leg.initiated', occurredAt: at(from) },
      { ...leg, type: 'leg.answered', occurredAt: at(from) },
      ...(ended ? [{ ...leg, type: 'leg.ended', result: 'completed', occurredAt: at(from + length) }] : []),
    ];
    return {
      agent,
      source: { kind: 'call', from, to: ended ? from + length : null },
      entries: events.map((event) => entry(event, `c${agent}n${n}|${event.type}|${event.occurredAt}`)),
    };
  });

const day = fc
  .tuple(
    ...[0, 1].flatMap((agent) => [
      worker(agent),
      ownSwitch(agent),
      fc.array(fc.nat(0)).chain(() => reservation(agent, 1)),
      reservation(agent, 2),
      call(agent, 1),
      call(agent, 2),
      call(agent, 3),
    ]),
  )
  .chain((ops) => fc.record({ ops: fc.subarray(ops), seed: fc.integer() }));

const LOCAL = new Map(
  ['Australia/Lord_Howe', 'Asia/Kolkata'].map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }),
  ]),
);

/** `slot | date | agent | team | state` → milliseconds. */
function expected(ops: readonly Op[]): { slots: Record<string, number>; open: Record<string, string> } {
  const slots: Record<string, number> = {};
  const open: Record<string, string> = {};
  for (const agent of [0, 1]) {
    const sources = ops.filter((op) => op.agent === agent).map(({ source }) => source);
    const found = oracleStates(sources, SECONDS + 8000);
    if (found.open !== null) open[nameOf(agent)] = `${found.open.state} ${at(found.open.since)}`;
    found.closed.forEach((state, s) => {
      if (state === null) return;
      const instant = at(s);
      const team = agent === 1 && instant >= MOVES_AT ? 11 : 10;
      const zone = team === 11 ? 'Asia/Kolkata' : 'Australia/Lord_Howe';
      const slot = new Date(Math.floor(instant / 900_000) * 900_000).toISOString();
      const key = `${slot} | ${LOCAL.get(zone)?.format(instant)} | ${nameOf(agent)} | ${team} | ${state}`;
      slots[key] = (slots[key] ?? 0) + 1000;
    });
  }
  return { slots, open };
}

async function stored(table: 'rollup_slot' | 'presence_slot'): Promise<Record<string, number>> {
  const { rows } = await core.database.pool.query<Record<string, string | number>>(
    `SELECT to_char(r.slot_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') AS slot, r.business_date::text AS date,
       a.name AS agent, r.team_id AS team, r.available_ms::float8 AS available, r.on_call_ms::float8 AS on_call,
       r.wrap_up_ms::float8 AS wrap_up, r.paused_ms::float8 AS paused
     FROM ${table} r JOIN agent a ON a.id = r.agent_id`,
  );
  const found: Record<string, number> = {};
  for (const row of rows) {
    for (const state of ['available', 'on_call', 'wrap_up', 'paused']) {
      if (row[state] !== 0)
        found[`${row.slot} | ${row.date} | ${row.agent} | ${row.team} | ${state}`] = Number(row[state]);
    }
  }
  return found;
}

async function openNow(): Promise<Record<string, string>> {
  const { rows } = await core.database.pool.query<{ agent: string; state: string; since: number }>(
    `SELECT a.name AS agent, p.state, (extract(epoch FROM p.since) * 1000)::float8 AS since
     FROM agent_presence p JOIN agent a ON a.id = p.agent_id WHERE p.state <> 'offline'`,
  );
  return Object.fromEntries(rows.map(({ agent, state, since }) => [agent, `${state} ${since}`]));
}

/** Deterministic shuffle with repetitions. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed >>> 0 || 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const repeated = [...list, ...list.filter(() => random() < 0.3)];
  return repeated
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

async function foldAll(): Promise<void> {
  for (let pass = await core.fold.pass(); ; pass = await core.fold.pass()) {
    if (pass.kind === 'folded' && pass.events === 0) return;
  }
}

test('any order, batching and repetition gives the seconds of the oracle, and verify is clean', async () => {
  await fc.assert(
    fc.asyncProperty(day, async ({ ops, seed }) => {
      await forgetCalls(core.database.pool);
      const entries = shuffled(
        ops.flatMap((op) => op.entries),
        seed,
      );
      for (let from = 0; from < entries.length; from += 5) {
        await core.writer.write(entries.slice(from, from + 5));
        if ((seed + from) % 3 !== 0) await foldAll();
      }
      await foldAll();
      const { slots, open } = expected(ops);
      expect(await stored('rollup_slot')).toEqual(slots);
      expect(await stored('presence_slot')).toEqual(slots);
      expect(await openNow()).toEqual(open);
      const report = await verify(core.database, core.keys, { bodies: false });
      expect(report.examples).toEqual([]);
    }),
    { numRuns: 40, seed: 20_261_122 },
  );
});
