/**
 * Proves what "usual" is for an agent: the mean over those of the last four same weekdays that had work, up to this time
 * of day with the quarter hour under way by its part, by hour; of one's scope only, also after a move; with the sums written
 * out by hand.
 */
import { DayNormReadModel } from '../../src/floor/day-norm.read-model.js';
import { ManualClock } from '../../src/platform/index.js';
import type { DayNorm } from '../../src/shared/floor.js';
import type { AgentPage } from '../../src/shared/organisation.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';

/** A Tuesday, 12:07:30 in Shanghai: the quarter hour from 12:00 is half over. */
const NOW = Date.parse('2026-05-05T04:07:30Z');
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 00:00 of that Tuesday in Shanghai. */
const TODAY = Date.parse('2026-05-04T16:00:00Z');

const clock = new ManualClock(NOW);
let app: TestServer;
let agentId: number;
let made = 0;

beforeAll(async () => {
  app = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  // Weeks ago, hour of the day, calls, seconds of talk in each.
  await dialled(1, 9, 2, 100);
  await dialled(2, 9, 4, 400);
  await dialled(2, 12, 2, 30);
  await dialled(4, 15, 6, 60);
  await dialled(5, 9, 50, 60);
  await dialled(0, 10, 1, 60);
  // Another weekday, and somebody else.
  await dialled(1 - 1 / 7, 9, 9, 60);
  await dialled(1, 9, 7, 60, 'wang.fang');
  await app.folded();
  const { agents } = await app.get<AgentPage>('/api/v1/agents?search=li.na');
  agentId = agents[0]?.id ?? 0;
});
afterAll(() => app?.close());

async function dialled(weeksAgo: number, hour: number, count: number, talk: number, agent = 'li.na'): Promise<void> {
  for (let i = 0; i < count; i++) {
    const at = TODAY - weeksAgo * 7 * DAY_MS + hour * HOUR_MS + i * 1_000;
    for (const event of softphoneCall(`norm.${made++}`, agent, at, talk))
      expect((await postSigned(app.url, '/webhooks/twilio/voice', callback(event))).status).toBe(204);
  }
}

const norm = (query = '') => app.get<DayNorm>(`/api/v1/agents/${agentId}/day-norm${query}`);

test('the mean over the days with work, up to now and of the whole day', async () => {
  const { kpis, ...rest } = await norm();
  expect(rest).toMatchObject({
    agentId,
    date: '2026-05-05',
    timeZone: 'Asia/Shanghai',
    dayStart: '2026-05-04T16:00:00.000Z',
    dayEnd: '2026-05-05T16:00:00.000Z',
    asOf: '2026-05-05T04:07:30.000Z',
    // Three weeks ago nobody worked; five weeks ago is too long ago.
    dates: ['2026-04-28', '2026-04-21', '2026-04-07'],
  });
  // By 12:07:30: 2 + 4 + half of 2, over three days; the whole day: 2 + 4 + 2 + 6.
  expect(kpis.dials).toEqual({ byNow: 7 / 3, wholeDay: 14 / 3 });
  // Effective are the four of 400 s.
  expect(kpis.effective).toEqual({ byNow: 4 / 3, wholeDay: 4 / 3 });
  // 2 × 100 + 4 × 400 + half of 2 × 30 s; and 6 × 60 s more.
  expect(kpis.talk_total_s?.byNow).toBeCloseTo(1_830 / 3, 9);
  expect(kpis.talk_total_s?.wholeDay).toBeCloseTo(2_220 / 3, 9);
  expect(kpis.connect_rate?.byNow).toBeCloseTo(1, 12);
  expect(kpis.conversion_rate).toEqual({ byNow: 0, wholeDay: 0 });
  expect(kpis.revenue).toEqual({
    byNow: { amountMinor: 0, currency: 'CNY' },
    wholeDay: { amountMinor: 0, currency: 'CNY' },
  });
});

test('by the hour, what was counted beside what is usual', async () => {
  const { hours } = await norm();
  expect(hours).toHaveLength(24);
  const at = (hour: number) => hours[hour];
  expect(at(9)).toMatchObject({ start: '2026-05-05T01:00:00.000Z', dials: 0, usualDials: 6 / 3 });
  expect(at(10)).toMatchObject({ dials: 1, connects: 1, usualDials: 0 });
  expect(at(12)?.usualDials).toBeCloseTo(2 / 3, 12);
  expect(at(15)?.usualConnects).toBeCloseTo(6 / 3, 12);
});

test('a day that is over counts whole, and before the first week nothing is usual', async () => {
  const past = await norm('?date=2026-04-28');
  // One, three and four weeks before it: 4 + 2 and 6 dials on two of them, and 50 on the third.
  expect([past.asOf, past.dates]).toEqual([past.dayEnd, ['2026-04-21', '2026-04-07', '2026-03-31']]);
  expect(past.kpis.dials?.byNow).toBeCloseTo((6 + 6 + 50) / 3, 9);
  expect(past.hours[9]?.dials).toBe(2);
  const first = await norm('?date=2026-03-31');
  expect([first.dates, first.kpis.dials, first.hours[9]]).toMatchObject([
    [],
    { byNow: null, wholeDay: null },
    { dials: 50, usualDials: null },
  ]);
});

test('wrong input is named', async () => {
  await expect(norm('?date=2026-02-30')).rejects.toThrow(/400.*"date"/);
  await expect(norm('?day=1')).rejects.toThrow(/400.*parameter_unknown/);
  await expect(app.get('/api/v1/agents/0/day-norm')).rejects.toThrow(/404/);
  await expect(app.get('/api/v1/agents/abc/day-norm')).rejects.toThrow(/404/);
});

test('a scope of teams holds what was done there, also by who has left', async () => {
  const { rows } = await app.db.pool.query<{ team: number }>(
    'SELECT team_id AS team FROM team_membership WHERE agent_id = $1 ORDER BY valid_from LIMIT 1',
    [agentId],
  );
  const scope = { kind: 'teams' as const, teams: [rows[0]?.team ?? -1] };
  const model = new DayNormReadModel(app.db, clock);
  expect((await model.of(agentId, undefined, scope)).kpis.dials).toEqual({ byNow: 7 / 3, wholeDay: 14 / 3 });
  await expect(model.of(agentId, undefined, { kind: 'teams', teams: [12_345] })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(model.of(agentId, undefined, { kind: 'agents', agents: [] })).rejects.toMatchObject({
    code: 'not_found',
  });
});
