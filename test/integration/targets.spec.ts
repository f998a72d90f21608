/**
 * Proves over HTTP, with the arithmetic beside it: targets are set, changed and shared out exactly, each within its scope and
 * audited; attainment, proration, pace and what is needed follow from sums, shifts and the own hour profile.
 */
import type { AuditPage } from '../../src/shared/audit.js';
import type { AgentDetail, Changed, TeamView } from '../../src/shared/organisation.js';
import type {
  CascadePart,
  CascadeProposal,
  RollupProposal,
  TargetCreate,
  TargetPreview,
  TargetProgress,
  TargetTemplate,
  TargetView,
} from '../../src/shared/targets.js';
import { TargetBook } from '../../src/targets/index.js';
import { eventually } from '../support/eventually.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { softphoneCall } from '../support/twilio.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf, postCalls } from './organisation-client.js';

let server: TestServer;
let api: Client;
let desk: number;
let ann: number;
let bo: number;
/** Tuesday 5 May 2026, noon in Shanghai. */
const clock = new JumpingClock();

const WEEK = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startMinutes: 540, endMinutes: 1080, breakMinutes: 60 }));

beforeAll(async () => {
  server = await startTestServer({ clock });
  api = clientOf(server.url);
  desk = (await api.post<Changed<TeamView>>('/teams', { name: 'Desk', siteId: 1 })).body.result.id;
  const agent = async (name: string) => {
    const addresses = [{ kind: 'client', value: name.toLowerCase() }];
    return (await api.post<Changed<AgentDetail>>('/agents', { name, teamId: desk, addresses })).body.result.id;
  };
  ann = await agent('Ann');
  bo = await agent('Bo');
  await api.put(`/teams/${desk}/shifts/2026-01-01`, { shifts: WEEK });
});
afterAll(() => server.close());

const base: TargetCreate = {
  scope: { kind: 'organisation' },
  kpi: 'dials',
  period: 'day',
  value: 50,
  validFrom: '2026-01-01',
};
const set = async (more: Partial<TargetCreate>): Promise<TargetView> => {
  const made = await api.post<TargetView>('/targets', { ...base, ...more });
  expect([made.status, made.error]).toEqual([201, '']);
  return made.body;
};
const progress = async (scope: string, date = '2026-05-05'): Promise<TargetProgress[]> =>
  (await api.get<TargetProgress[]>(`/attainment?scope=${scope}&date=${date}`)).body;
const total = (parts: readonly CascadePart[]): number => parts.reduce((sum, { value }) => sum + value, 0);

test('a rate names its denominator; values are whole; nothing is set twice', async () => {
  const wrong = async (more: object) => (await api.post('/targets', { ...base, ...more })).error;
  expect(await wrong({ kpi: 'conversion', value: 0.1 })).toBe('target_denominator_missing kpi');
  expect(await wrong({ kpi: 'success_rate', value: 0.1 })).toBe('target_denominator_missing kpi');
  expect(await wrong({ kpi: 'luck' })).toBe('target_kpi_unknown kpi');
  expect(await wrong({ kpi: 'attainment', value: 1 })).toBe('target_kpi_unknown kpi');
  expect(await wrong({ value: 2.5 })).toBe('target_value_invalid value');
  expect(await wrong({ value: 0 })).toBe('target_value_invalid value');
  expect(await wrong({ kpi: 'connect_rate', value: 40 })).toBe('target_value_invalid value');
  expect(await wrong({ kpi: 'revenue', currency: 'QQQ' })).toBe('target_currency_invalid currency');
  expect(await wrong({ validUntil: '2025-12-31' })).toBe('target_dates_reversed validUntil');
  expect(await wrong({ scope: { kind: 'team', id: 999 } })).toBe('not_found scope');
  expect(await wrong({ period: 'hour' })).toBe('choice_unknown period');
  expect(await wrong({ kpi: undefined })).toBe('request_invalid kpi');
  const made = await set({});
  expect(made).toEqual({
    ...base,
    id: made.id,
    label: '',
    currency: null,
    validUntil: null,
    locked: false,
    revision: 1,
  });
  expect((await api.post('/targets', base)).error).toBe('target_exists validFrom');
  const changed = await api.patch<TargetView>(`/targets/${made.id}`, { revision: 1, value: 60 });
  expect(changed.body).toMatchObject({ value: 60, revision: 2 });
  expect((await api.patch(`/targets/${made.id}`, { revision: 1, value: 70 })).error).toBe('target_changed');
  expect((await api.delete(`/targets/${made.id}?revision=1`)).error).toBe('target_changed');
  expect((await api.delete(`/targets/${made.id}`)).error).toBe('request_invalid revision');
  expect((await api.delete(`/targets/${made.id}?revision=2`)).status).toBe(204);
  expect((await api.get(`/targets/${made.id}`)).error).toBe('not_found');
  const { events } = (await api.get<AuditPage>(`/audit?subject=target:${made.id}`)).body;
  expect(events.map(({ action }) => action)).toEqual(['target.deleted', 'target.changed', 'target.created']);
  expect(events[1]).toMatchObject({ before: { value: 50, scope: 'organisation' }, after: { value: 60 } });
});

test('of several in force the one that began last counts, and a limited one gives way again', async () => {
  const open = await set({ kpi: 'connects', value: 20 });
  const may = await set({ kpi: 'connects', value: 30, validFrom: '2026-05-01', validUntil: '2026-05-31' });
  const at = async (date: string) =>
    (await api.get<TargetView[]>(`/targets?scope=organisation&kpi=connects&at=${date}`)).body.map(({ id }) => id);
  expect([await at('2026-04-30'), await at('2026-05-05'), await at('2026-06-01')]).toEqual([
    [open.id],
    [may.id],
    [open.id],
  ]);
  expect(await at('2025-12-31')).toEqual([]);
});

test('the template of 50 calls is there, and its preview is the example of the catalog', async () => {
  const [first] = (await api.get<TargetTemplate[]>('/target-templates')).body;
  expect(first).toMatchObject({
    effectiveSeconds: 300,
    targets: [
      { kpi: 'dials', value: 50 },
      { kpi: 'conversion_rate', value: 0.1 },
    ],
  });
  const preview = await api.get<TargetPreview>('/targets/preview?kpi=dials:50,conversion_rate:0.1&connectRate=0.4');
  // 50 × 0.4 = 20 connects; × 300 s = 100 minutes; × 10 % = 2 sales; 10 % of 50 dials would be 5.
  expect(preview.body).toMatchObject({ connects: 20, talkSeconds: 6_000, sales: 2, connectRateFrom: 'given' });
  expect(preview.body.conversions.map(({ sales }) => sales)).toEqual([5, 2, null]);
  const posted = await api.post<TargetPreview>('/targets/preview', { targets: [{ kpi: 'dials', value: 50 }] });
  expect(posted.body).toMatchObject({ connectRateFrom: 'reference', connectRate: 0.4 });
  expect((await api.get('/targets/preview?kpi=dials:50,conversion:0.1')).error).toBe(
    'target_denominator_missing targets.1.kpi',
  );
  expect((await api.get('/targets/preview?kpi=dials:x')).status).toBe(400);
  const applied = await api.post<{ targets: TargetView[] }>('/targets/batch', {
    targets: first?.targets.map((one) => ({ ...one, scope: { kind: 'agent', id: bo }, validFrom: '2026-05-01' })),
  });
  expect(applied.body.targets.map(({ kpi, label }) => `${label} ${kpi}`)).toEqual(['Bo dials', 'Bo conversion_rate']);
});

describe('sharing out', () => {
  test('a year among quarters, months, weeks and days, a month among people: to the cent', async () => {
    const year = await set({ kpi: 'revenue', period: 'year', value: 100_000_001 });
    const preview = async (body: object) =>
      (await api.post<CascadeProposal>('/targets/cascade/preview', { targetId: year.id, at: '2026-05-05', ...body }))
        .body;
    const ways = ['quarter', 'month', 'week', 'day', 'children'].map((to) => [to, 'seasonality']);
    for (const by of ['equal', 'headcount', 'working_days', 'history']) ways.push(['agents', by], ['quarter', by]);
    for (const [to, by] of ways) {
      const { parts, sum } = await preview({ to, by });
      expect([to, by, total(parts), sum]).toEqual([to, by, 100_000_001, 100_000_001]);
    }
    const months = await preview({ to: 'month', by: 'working_days' });
    // Working days of the desk in 2026: 261; February 20 of them, so 20 ÷ 261 of the year.
    expect(months.parts[1]).toMatchObject({ key: '2026-02-01', validUntil: '2026-02-28', period: 'month' });
    expect(Math.abs((months.parts[1]?.value ?? 0) - (100_000_001 * 20) / 261)).toBeLessThan(1);
    const weighted = await preview({
      to: 'agents',
      by: 'weights',
      weights: { [`agent:${ann}`]: 3, [`agent:${bo}`]: 1 },
    });
    expect(weighted.parts.map(({ value }) => value)).toEqual([75_000_001, 25_000_000]);
    const fixed = await preview({ to: 'agents', by: 'equal', fixed: { [`agent:${bo}`]: 7 } });
    expect(fixed.parts.map(({ value, fixed: own }) => [value, own])).toEqual([
      [99_999_994, false],
      [7, true],
    ]);
    const tooMuch = { targetId: year.id, to: 'agents', by: 'equal', fixed: { [`agent:${bo}`]: 100_000_002 } };
    expect((await api.post('/targets/cascade/preview', tooMuch)).error).toBe('target_locked_exceeds');
    expect((await api.post('/targets/cascade/preview', { ...tooMuch, fixed: { 'agent:999': 1 } })).error).toBe(
      'request_invalid fixed',
    );
    expect((await api.post('/targets/cascade/preview', { targetId: year.id, to: 'year', by: 'equal' })).error).toBe(
      'choice_unknown to',
    );
  });

  test('what was agreed is set at once, what is locked stays, and the sum must be right', async () => {
    const month = await set({ scope: { kind: 'team', id: desk }, kpi: 'sales', period: 'month', value: 31 });
    const mine = await set({
      scope: { kind: 'agent', id: ann },
      kpi: 'sales',
      period: 'month',
      value: 20,
      locked: true,
    });
    const proposal = (
      await api.post<CascadeProposal>('/targets/cascade/preview', { targetId: month.id, to: 'agents', by: 'headcount' })
    ).body;
    expect(proposal.parts.map(({ label, value, locked }) => [label, value, locked])).toEqual([
      ['Ann', 20, true],
      ['Bo', 11, false],
    ]);
    const parts = proposal.parts.map(({ scope, period, validFrom, validUntil, value }) => ({
      scope,
      period,
      validFrom,
      validUntil,
      value,
    }));
    const less = parts.map((part) => ({ ...part, value: part.value - 1 }));
    const apply = (body: object) =>
      api.post<{ targets: TargetView[] }>('/targets/cascade', { targetId: month.id, ...body });
    expect((await apply({ revision: 1, parts: less })).error).toBe('target_sum_differs parts');
    expect((await apply({ revision: 2, parts })).error).toBe('target_changed');
    // Ann's is locked at 20: moving one from her to Bo comes from a preview of before that.
    const outdated = parts.map((part, i) => ({ ...part, value: part.value + (i === 0 ? -1 : 1) }));
    expect((await apply({ revision: 1, parts: outdated })).error).toBe('target_changed parts.0');
    const applied = await apply({ revision: 1, parts });
    expect(applied.body.targets).toMatchObject([{ label: 'Bo', value: 11, period: 'month' }]);
    expect((await api.get<TargetView>(`/targets/${mine.id}`)).body).toMatchObject({ value: 20, revision: 1 });
    const rollup = await api.post<RollupProposal>('/targets/rollup', {
      scope: { kind: 'team', id: desk },
      kpi: 'sales',
      period: 'month',
      from: 'agents',
      at: '2026-05-05',
    });
    expect(rollup.body).toMatchObject({ value: 31, missing: [], existing: { id: month.id } });
    const rate = await set({ scope: { kind: 'team', id: desk }, kpi: 'conversion_rate', value: 0.2 });
    const same = await api.post<CascadeProposal>('/targets/cascade/preview', {
      targetId: rate.id,
      to: 'agents',
      by: 'equal',
    });
    expect([same.body.sum, same.body.parts.map(({ value }) => value)]).toEqual([null, [0.2, 0.2]]);
    const customers = await set({ kpi: 'customers', value: 40 });
    const refused = { targetId: customers.id, to: 'agents', by: 'equal' };
    expect((await api.post('/targets/cascade/preview', refused)).error).toBe('target_not_additive kpi');
  });
});

describe('progress', () => {
  test('a day at noon: flat over the shift while nothing is learned', async () => {
    await set({ scope: { kind: 'agent', id: ann }, value: 40 });
    const morning = Date.parse('2026-05-05T01:30:00Z');
    for (let i = 0; i < 10; i++) await postCalls(server, softphoneCall(`n${i}`, 'ann', morning + i * 120_000, 30));
    const [day] = await progress(`agent:${ann}`);
    // From nine to six at noon: a little over 3 of 9 hours.
    const share = day?.expectedShare ?? 0;
    expect(share).toBeGreaterThan(1 / 3);
    expect(share).toBeLessThan(0.36);
    expect(day).toMatchObject({ kpi: 'dials', target: 40, fullTarget: 40, actual: 10, attainment: 0.25 });
    expect(day?.proration).toMatchObject({ ownMinutes: 480, fullMinutes: 480, factor: 1, fromCalendar: true });
    expect(day?.expectedNow).toBeCloseTo(40 * share, 9);
    expect(day?.pace).toBeCloseTo(10 / (40 * share), 9);
    // 30 to go in (1 − share) of 8 working hours.
    expect(day?.neededPerHour).toBeCloseTo(30 / (8 * (1 - share)), 6);
    expect(day?.projection?.low).toBeGreaterThanOrEqual(10);
    // A team counts what was done in it, the organisation everything.
    await set({ scope: { kind: 'team', id: desk }, value: 100 });
    expect((await progress(`team:${desk}`))[0]).toMatchObject({ actual: 10, attainment: 0.1, proration: null });
    expect((await progress('organisation', '2026-05-04')).find(({ kpi }) => kpi === 'connects')).toMatchObject({
      actual: 0,
      expectedShare: 1,
      neededPerHour: null,
    });
    // Not begun yet.
    expect((await progress(`agent:${ann}`, '2026-05-06'))[0]).toMatchObject({
      actual: 0,
      expectedShare: null,
      pace: null,
    });
  });

  test('a month: days before today count, leave takes its part of the target away', async () => {
    await set({ scope: { kind: 'agent', id: ann }, period: 'month', value: 840 });
    const earlier = Date.parse('2026-05-04T02:00:00Z');
    for (let i = 0; i < 5; i++) await postCalls(server, softphoneCall(`m${i}`, 'ann', earlier + i * 120_000, 30));
    // Weekdays of May 2026: 21. Of 10 to 16: five.
    const leave = { kind: 'leave', from: '2026-05-11', until: '2026-05-15' };
    expect((await api.post(`/agents/${ann}/leave`, leave)).status).toBe(201);
    const month = (await progress(`agent:${ann}`)).find(({ period, kpi }) => period === 'month' && kpi === 'dials');
    expect(month).toMatchObject({ from: '2026-05-01', until: '2026-06-01', fullTarget: 840, actual: 15 });
    expect(month?.target).toBeCloseTo((840 * 16) / 21, 9);
    expect(month?.proration).toMatchObject({ ownMinutes: 16 * 480, fullMinutes: 21 * 480, leaveDays: 5 });
    // Friday and Monday are over, and about a third of Tuesday: 2⅓ of 16 days.
    expect(month?.expectedShare).toBeGreaterThan((2 + 1 / 3) / 16);
    expect(month?.expectedShare).toBeLessThan((2 + 0.36) / 16);
    // A rate has no share; its pace is its attainment.
    await set({ scope: { kind: 'agent', id: ann }, kpi: 'connect_rate', value: 0.5 });
    const rate = (await progress(`agent:${ann}`)).find(({ kpi }) => kpi === 'connect_rate');
    expect(rate).toMatchObject({ actual: 1, attainment: 2, pace: 2, expectedShare: null, neededPerHour: null });
    const onLeave = (await progress(`agent:${ann}`, '2026-05-12'))[0];
    expect(onLeave).toMatchObject({ period: 'day', fullTarget: 40, target: 0, attainment: null, pace: null });
  });

  test('the book of the day says the same, and is told of changes', async () => {
    const core = server.server.core;
    const zone = { timeZone: 'Asia/Shanghai', dayStartMinutes: 0 };
    const day = await core.targetBook.load('2026-05-05', zone);
    const told = day.of({ kind: 'agent', id: ann }).map(({ kpi, period }) => `${kpi} ${period}`);
    expect(told).toEqual((await progress(`agent:${ann}`)).map(({ kpi, period }) => `${kpi} ${period}`));
    const elsewhere = new TargetBook(core.database.pool, clock, core.log);
    let changes = 0;
    elsewhere.onChanged(() => changes++);
    elsewhere.start(core.signals);
    await eventually(async () => {
      elsewhere.look();
      if (changes === 0) await api.put(`/teams/${desk}/shifts/2026-01-01`, { shifts: WEEK });
      return changes > 0;
    });
    elsewhere.stop();
  });
});
