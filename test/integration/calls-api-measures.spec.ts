/**
 * Proves: every measure opens to exactly the calls it counts. Over calls of every kind, the list of a measure is the
 * list of calls whose contribution to it is not zero, by agent and by team too.
 */
import type { CallFact } from '../../src/calls/index.js';
import { contributionOf, KpiReadModule, MEASURE_COLUMNS, type MeasureColumn } from '../../src/kpi/index.js';
import { MEASURE_OF_ID } from '../../src/kpi/read/measure-filter.js';
import { ensureOrganisation } from '../../src/organisation/index.js';
import type { CallPage } from '../../src/shared/api.js';
import { withDatabase } from '../support/index.js';
import { type ApiApp, startApi } from './access-app.js';

const test = withDatabase();
let api: ApiApp;
const START = Date.parse('2026-11-22T02:00:00Z');

/** Every combination of what a measure can look at, as far as it can occur. */
function everyKind(): CallFact[] {
  const facts: CallFact[] = [];
  const pick = <T>(choices: readonly T[], n: number): T => choices[n % choices.length] as T;
  const outcomes = ['open', 'answered', 'no_answer', 'busy', 'invalid', 'canceled', 'failed', 'abandoned'] as const;
  for (const direction of ['outbound', 'inbound', 'internal'] as const) {
    for (const counted of [true, false]) {
      for (const outcome of outcomes) {
        for (const answeredBy of [null, 'human', 'machine', 'fax', 'unknown'] as const) {
          for (const ended of [true, false]) {
            const n = facts.length;
            const answered = outcome === 'answered';
            facts.push({
              key: `K${String(n).padStart(4, '0')}`,
              direction,
              counted,
              outcome,
              answeredBy: answered ? answeredBy : null,
              startedAt: START + n * 1000,
              answeredAt: answered ? START + n * 1000 + 500 : null,
              endedAt: ended && outcome !== 'open' ? START + n * 1000 + 900 : null,
              ringMs: pick([null, 0, 4000], n),
              talkMs: answered && ended ? pick([0, 299_999, 300_000, 500_000], Math.floor(n / 2)) : 0,
              stale: n % 11 === 0,
              incomplete: n % 5 === 0 ? ['ring_unknown'] : [],
              customerLeg: null,
              customerRef: null,
              agentId: n % 3,
              teamId: n % 2,
              campaignId: 1,
              handled: direction === 'outbound' && counted && n % 4 < 2 ? handledBy(n) : [],
              effectiveMs: 300_000,
              assumeHuman: n % 7 !== 0,
              timeZone: 'Asia/Shanghai',
              slotStart: START,
              businessDate: '2026-11-22',
              busy: [],
              dispositionId: null,
              reached: pick([null, null, 'none', 'human', 'contact'], Math.floor(n / 3)),
              sales: n % 13 === 0 ? 1 : 0,
            });
          }
        }
      }
    }
  }
  return facts;
}

/** The call's own agent, or another one, or both. */
function handledBy(n: number): CallFact['handled'] {
  const date = '2026-11-22';
  const own = { agent: n % 3, team: n % 2, date };
  const other = { agent: 7, team: 1, date };
  return [n % 8 === 0 ? [own] : [], n % 8 === 1 ? [other] : [], n % 8 > 1 ? [own, other] : []].flat();
}

const FACTS = everyKind();

beforeAll(async () => {
  api = await startApi(test.db, [KpiReadModule]);
  const { pool } = test.db;
  await ensureOrganisation(pool, { timeZone: 'Asia/Shanghai', country: 'CN', currency: 'CNY' }, new Date(0));
  const at = (field: string) => `to_timestamp(x."${field}" / 1000)`;
  await pool.query(
    `INSERT INTO call (key, legs, direction, counted, outcome, answered_by, started_at, answered_at, ended_at, ring_ms, talk_ms,
       stale, incomplete, agent_id, team_id, campaign_id, handled, effective_ms, assume_human, time_zone, slot_start, business_date,
       reached, sales)
     SELECT key, '[]', direction, counted, outcome, "answeredBy", ${at('startedAt')}, ${at('answeredAt')}, ${at('endedAt')},
       "ringMs", "talkMs", stale, incomplete, "agentId", "teamId", "campaignId", handled, "effectiveMs", "assumeHuman",
       "timeZone", ${at('slotStart')}, "businessDate", reached, sales
     FROM json_to_recordset($1::json) AS x(key text, direction text, counted boolean, outcome text, "answeredBy" text,
       "startedAt" float8, "answeredAt" float8, "endedAt" float8, "ringMs" bigint, "talkMs" bigint, stale boolean,
       incomplete text[], "agentId" integer, "teamId" integer, "campaignId" integer, handled jsonb, "effectiveMs" integer,
       "assumeHuman" boolean, "timeZone" text, "slotStart" float8, "businessDate" date,
       reached text, sales integer)`,
    [JSON.stringify(FACTS)],
  );
});
afterAll(() => api.close());

async function listed(query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { status, body } = await api.get(
      `/api/v1/calls?${query}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    expect([query, status]).toEqual([query, 200]);
    const page = body as CallPage;
    ids.push(...page.calls.map((call) => call.id));
    cursor = page.next;
  }
  return ids.reverse();
}

const ofCalls: ReadonlySet<MeasureColumn> = new Set(MEASURE_OF_ID.values());
const measures = MEASURE_COLUMNS.filter(
  (column) => ofCalls.has(column) && column !== 'first_dials' && column !== 'hold_ms',
);
const counts = (fact: CallFact, measure: MeasureColumn, who: { agent?: number; team?: number }) =>
  contributionOf(fact).some(
    (part) =>
      part.measures[measure] !== 0 &&
      (who.agent === undefined || part.agentId === who.agent) &&
      (who.team === undefined || part.teamId === who.team),
  );

it.each(measures)('%s', async (measure) => {
  const id = measure.replace(/_ms$/, '_s');
  const all = FACTS.filter((fact) => counts(fact, measure, {})).map((fact) => fact.key);
  expect(all.length).toBeGreaterThan(0);
  expect(await listed(`measure=${id}`)).toEqual(all);
  for (const who of [{ agent: 1 }, { agent: 7 }, { team: 1 }, { agent: 7, team: 0 }, { agent: 2, team: 1 }]) {
    const query = Object.entries(who).map(([name, value]) => `&${name}=${value}`);
    const expected = FACTS.filter((fact) => counts(fact, measure, who)).map((fact) => fact.key);
    expect([who, await listed(`measure=${id}${query.join('')}`)]).toEqual([who, expected]);
  }
});

it('talk in both directions and handling time: the calls of either, which have the talk the figure says', async () => {
  const either = (one: MeasureColumn, other: MeasureColumn) =>
    FACTS.filter((fact) => counts(fact, one, {}) || counts(fact, other, {})).map((fact) => fact.key);
  const talked = either('talk_ms', 'inbound_talk_ms');
  expect(await listed('measure=talk_total_s')).toEqual(talked);
  expect(await listed('measure=aht_s')).toEqual(either('connects_ended', 'inbound_answered'));
  const sums = FACTS.flatMap((fact) => contributionOf(fact)).map(
    ({ measures: { talk_ms, inbound_talk_ms } }) => talk_ms + inbound_talk_ms,
  );
  const talk = FACTS.filter(({ key }) => talked.includes(key)).map(({ talkMs }) => talkMs);
  const total = (all: number[]) => all.reduce((sum, one) => sum + one, 0);
  expect(total(talk)).toBe(total(sums));
  expect(new Set(FACTS.filter(({ key }) => talked.includes(key)).map(({ direction }) => direction)).size).toBe(2);
});

it('first_dials: the calls the sums count as first', async () => {
  await test.db.pool.query(`UPDATE call SET customer_id = 9 WHERE key IN ('K0000', 'K0002');
    INSERT INTO customer_first_dial VALUES (9, 'K0002', now(), '2026-11-22', 2, 0, 1)`);
  expect(await listed('measure=first_dials')).toEqual(['K0002']);
});

it('a rate is no measure', async () => {
  const { status, body } = await api.get('/api/v1/calls?measure=connect_rate');
  expect([status, body]).toMatchObject([400, { error: { code: 'choice_unknown', field: 'measure' } }]);
});
