/**
 * Proves: `GET /kpis` answers with sums computed by hand and by brute force over the rows, whatever the range and the
 * grouping; customers are exact and never summed; wrong parameters are refused with the field and the fix.
 */
import { KpiReadModule } from '../../src/kpi/index.js';
import type { KpiDefinitionView, KpiReport } from '../../src/shared/api.js';
import { withDatabase } from '../support/index.js';
import { API_KEY, type ApiApp, startApi } from './access-app.js';

const test = withDatabase();
let api: ApiApp;

const SLOT = 900_000;
/** 12:00 of Sunday 22 November in Shanghai. */
const NOW = Date.parse('2026-11-22T04:00:00Z');

/** One row of the sums by quarter hour. */
interface Fact {
  slot: string;
  date: string;
  agent: number;
  team: number;
  campaign: number;
  dials: number;
  connects: number;
  ended: number;
  effective: number;
  talkMs: number;
}

const fact = (
  slot: string,
  date: string,
  [agent, team, campaign]: [number, number, number],
  [dials, connects, ended, effective, talkMs]: [number, number, number, number, number],
): Fact => ({ slot, date, agent, team, campaign, dials, connects, ended, effective, talkMs });

// Agents 1 Ann and 2 陈伟 in team 2, 3 Bob in team 3; 0 is unassigned.
const FACTS: Fact[] = [
  fact('2026-11-20T02:00Z', '2026-11-20', [1, 2, 1], [10, 4, 4, 1, 601_500]),
  fact('2026-11-20T15:45Z', '2026-11-20', [2, 2, 2], [3, 1, 1, 0, 20_000]),
  fact('2026-11-20T16:00Z', '2026-11-21', [1, 2, 1], [2, 2, 2, 1, 400_000]),
  fact('2026-11-21T01:15Z', '2026-11-21', [3, 3, 1], [8, 0, 0, 0, 0]),
  fact('2026-11-21T16:00Z', '2026-11-22', [1, 2, 1], [5, 2, 2, 2, 700_000]),
  fact('2026-11-22T01:30Z', '2026-11-22', [1, 2, 2], [4, 2, 1, 0, 100_500]),
  fact('2026-11-22T01:45Z', '2026-11-22', [2, 2, 1], [6, 3, 3, 1, 330_000]),
  fact('2026-11-22T02:00Z', '2026-11-22', [0, 0, 1], [1, 0, 0, 0, 0]),
  fact('2026-11-22T03:45Z', '2026-11-22', [3, 3, 1], [7, 1, 1, 0, 9_250]),
];

/** date, agent, team, campaign, customer, dials, connects */
const CUSTOMERS: [string, number, number, number, number, number, number][] = [
  ['2026-11-21', 1, 2, 1, 101, 2, 1],
  ['2026-11-21', 3, 3, 1, 102, 8, 0],
  ['2026-11-22', 1, 2, 1, 101, 1, 0],
  ['2026-11-22', 1, 2, 2, 103, 1, 1],
  ['2026-11-22', 2, 2, 1, 101, 3, 0],
  ['2026-11-22', 3, 3, 1, 104, 1, 1],
  ['2026-11-22', 2, 2, 1, 105, 0, 0],
];

beforeAll(async () => {
  const { pool } = test.db;
  await pool.query(`
    INSERT INTO organisation (country, currency) VALUES ('CN', 'CNY');
    INSERT INTO site_version (site_id, valid_from, time_zone) VALUES (1, '-infinity', 'Asia/Shanghai');
    INSERT INTO team (id, name, site_id) VALUES (2, '二队', 1), (3, 'Alpha', 1);
    INSERT INTO agent (id, name, status) VALUES (1, 'Ann', 'active'), (2, '陈伟', 'active'), (3, 'Bob', 'active');
    INSERT INTO campaign (id, name, currency) VALUES (1, 'default', 'CNY'), (2, '车险', 'CNY')`);
  for (const f of FACTS) {
    await pool.query(
      `INSERT INTO rollup_slot (slot_start, business_date, agent_id, team_id, campaign_id, dials, connects, connects_ended, effective, talk_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [f.slot, f.date, f.agent, f.team, f.campaign, f.dials, f.connects, f.ended, f.effective, f.talkMs],
    );
  }
  await pool.query(
    `INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials, connects, connects_ended, effective, talk_ms)
     SELECT business_date, agent_id, team_id, campaign_id, sum(dials), sum(connects), sum(connects_ended), sum(effective), sum(talk_ms)
     FROM rollup_slot GROUP BY 1, 2, 3, 4`,
  );
  for (const row of CUSTOMERS) {
    await pool.query('INSERT INTO customer_day VALUES ($1, $2, $3, $4, $5, $6, $7)', row);
  }
  api = await startApi(test.db, [KpiReadModule], { now: NOW });
});
afterAll(() => api.close());

async function report(query: string): Promise<KpiReport> {
  const { status, body } = await api.get(`/api/v1/kpis?${query}`);
  expect([query, status, body]).toEqual([query, 200, expect.anything()]);
  return body as KpiReport;
}

const table = ({ rows }: KpiReport, ...kpis: string[]) =>
  rows.map((row) => [row.key, row.label, ...kpis.map((kpi) => row.values[kpi])]);

describe('figures computed by hand', () => {
  it('today, the organisation, everything with data, when nothing is asked', async () => {
    const today = await report('');
    // Today: 5 + 4 + 6 + 1 + 7 = 23 dials, 2 + 2 + 3 + 0 + 1 = 8 connects, 7 of them ended, 3 effective,
    // talk 700 + 100.5 + 330 + 0 + 9.25 = 1139.75 s. Customers 101, 103 and 104; 103 and 104 were connected.
    expect(today).toMatchObject({
      asOf: '2026-11-22T04:00:00.000Z',
      timeZone: 'Asia/Shanghai',
      from: '2026-11-21T16:00:00.000Z',
      to: '2026-11-22T16:00:00.000Z',
      groupBy: 'organisation',
    });
    expect(today.timeZones).toBeUndefined();
    expect(today.totals).toMatchObject({
      dials: 23,
      connects: 8,
      connects_ended: 7,
      talk_s: 1139.75,
      connect_rate: 8 / 23,
      effective_rate: 3 / 7,
      avg_talk_s: 1139.75 / 7,
      inbound_answer_rate: null,
      customers: 3,
      customers_connected: 2,
      customer_connect_rate: 2 / 3,
    });
    expect(today.rows).toEqual([{ key: 'organisation', label: 'Organisation', values: today.totals }]);
    expect(today.totals).toMatchObject({ sales: 0, contacts: 0, touch_rate: null });
    expect(today.totals).not.toHaveProperty('attainment');
  });

  it('by agent: by name, unassigned last, customers each by themselves and the total not their sum', async () => {
    const byAgent = await report('groupBy=agent&kpis=dials,customers,connect_rate,sales,hold_s');
    // Ann: 5 + 4 dials, customers 101 and 103. 陈伟: 101 only, as 105 was corrected away. Together 101, 103, 104.
    expect(table(byAgent, 'dials', 'customers', 'connect_rate', 'sales', 'hold_s')).toEqual(
      expect.arrayContaining([
        ['1', 'Ann', 9, 2, 4 / 9, 0, null],
        ['2', '陈伟', 6, 1, 0.5, 0, null],
        ['3', 'Bob', 7, 1, 1 / 7, 0, null],
        ['0', 'Unassigned', 1, 0, 0, 0, null],
      ]),
    );
    expect(byAgent.rows.map((row) => row.label)).toEqual(expect.arrayContaining(['Ann', 'Bob']));
    expect(byAgent.rows.findIndex((row) => row.key === '1')).toBeLessThan(
      byAgent.rows.findIndex((row) => row.key === '3'),
    );
    expect(byAgent.rows.at(-1)?.key).toBe('0');
    expect(byAgent.totals).toEqual({ dials: 23, customers: 3, connect_rate: 8 / 23, sales: 0, hold_s: null });
  });

  it('by team and by campaign', async () => {
    const byTeam = await report('groupBy=team&kpis=dials,customers');
    // Team 2: 5 + 4 + 6 dials to customers 101 and 103.
    expect(table(byTeam, 'dials', 'customers')).toEqual(
      expect.arrayContaining([
        ['2', '二队', 15, 2],
        ['3', 'Alpha', 7, 1],
        ['0', 'Unassigned', 1, 0],
      ]),
    );
    const byCampaign = await report('groupBy=campaign&kpis=dials,customers');
    expect(table(byCampaign, 'dials', 'customers')).toEqual(
      expect.arrayContaining([
        ['1', 'default', 19, 2],
        ['2', '车险', 4, 1],
      ]),
    );
  });

  it('by campaign nothing is made of time in states, which belongs to none: no handling time without its wrap-up', async () => {
    const byCampaign = await report('groupBy=campaign&kpis=dials,aht_s,logged_in_s');
    expect(byCampaign.rows.length).toBeGreaterThan(1);
    for (const { values } of byCampaign.rows) expect(values).toMatchObject({ aht_s: null, logged_in_s: null });
    expect(byCampaign.totals.aht_s).toEqual(expect.any(Number));
  });

  it('by day: every day of the range, also empty ones; customers of the range counted once', async () => {
    const byDay = await report('groupBy=day&from=2026-11-19&to=2026-11-23&kpis=dials,connect_rate,customers');
    expect(table(byDay, 'dials', 'connect_rate', 'customers')).toEqual([
      ['2026-11-19', '2026-11-19', 0, null, 0],
      ['2026-11-20', '2026-11-20', 13, 5 / 13, 0],
      ['2026-11-21', '2026-11-21', 10, 0.2, 2],
      ['2026-11-22', '2026-11-22', 23, 8 / 23, 3],
    ]);
    // 101 on both days is one customer: 101, 102, 103, 104.
    expect(byDay.totals).toEqual({ dials: 46, connect_rate: 15 / 46, customers: 4 });
  });

  it('a customer connected on one of the days is connected, by agent too', async () => {
    const both = await report('groupBy=agent&from=2026-11-21&to=2026-11-23&kpis=customers,customers_connected');
    // Ann reached 101 on the 21st only, and 103; 陈伟 never reached 101; of 101 … 104 all but 102 were reached.
    expect(table(both, 'customers', 'customers_connected')).toEqual(
      expect.arrayContaining([
        ['1', 'Ann', 2, 2],
        ['2', '陈伟', 1, 0],
        ['3', 'Bob', 2, 1],
      ]),
    );
    expect(both.totals).toEqual({ customers: 4, customers_connected: 3 });
  });

  it('by hour: every hour of the day, customers only in the total', async () => {
    const byHour = await report('groupBy=hour&kpis=dials,customers');
    expect(byHour.rows).toHaveLength(24);
    expect(table(byHour, 'dials', 'customers').filter((row) => row[2] !== 0)).toEqual([
      ['2026-11-21T16:00:00.000Z', '00:00', 5, null],
      ['2026-11-22T01:00:00.000Z', '09:00', 10, null],
      ['2026-11-22T02:00:00.000Z', '10:00', 1, null],
      ['2026-11-22T03:00:00.000Z', '11:00', 7, null],
    ]);
    expect(byHour.totals).toEqual({ dials: 23, customers: 3 });
  });

  it('with filters', async () => {
    const one = await report('agent=1&kpis=dials,customers&from=2026-11-21&to=2026-11-23');
    // Ann: 2 + 5 + 4 dials to 101 and 103.
    expect(one.totals).toEqual({ dials: 11, customers: 2 });
    expect((await report('team=3,0&kpis=dials')).totals).toEqual({ dials: 8 });
    expect((await report('team=2&campaign=2&kpis=dials,customers')).totals).toEqual({ dials: 4, customers: 1 });
    expect((await report('agent=77&groupBy=agent&kpis=dials,connect_rate')).rows).toEqual([]);
  });

  it('part of a day is counted to the quarter hour, without customers', async () => {
    const part = await report(
      'from=2026-11-22T01:45:00Z&to=2026-11-22T02:15:00Z&kpis=dials,customers,customers_connected',
    );
    expect(part.totals).toEqual({ dials: 7, customers: null, customers_connected: null });
  });
});

describe('any range', () => {
  it('equals brute force over the rows, by every grouping', async () => {
    const first = Date.parse('2026-11-19T00:00Z') / SLOT;
    // A fixed walk over starts and lengths, from one quarter hour to four days.
    const ranges = Array.from({ length: 24 }, (_, n) => {
      const from = first + ((n * 53) % 260);
      return [from * SLOT, (from + 1 + ((n * n * 17) % 380)) * SLOT] as const;
    });
    const keyOf = {
      organisation: () => 'organisation',
      agent: (f: Fact) => `${f.agent}`,
      team: (f: Fact) => `${f.team}`,
      campaign: (f: Fact) => `${f.campaign}`,
      day: (f: Fact) => f.date,
    } as const;
    for (const [from, to] of ranges) {
      const inside = FACTS.filter((f) => Date.parse(f.slot) >= from && Date.parse(f.slot) < to);
      const range = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&kpis=dials,talk_s`;
      for (const [groupBy, key] of Object.entries(keyOf)) {
        const expected = new Map<string, number>();
        for (const f of inside) expected.set(key(f), (expected.get(key(f)) ?? 0) + f.dials);
        const { rows, totals } = await report(`${range}&groupBy=${groupBy}`);
        const got = new Map(rows.filter((row) => row.values.dials !== 0).map((row) => [row.key, row.values.dials]));
        expect(new Map([...got].sort())).toEqual(new Map([...expected].sort()));
        expect(totals.dials).toBe(inside.reduce((sum, f) => sum + f.dials, 0));
        expect(totals.talk_s).toBe(inside.reduce((sum, f) => sum + f.talkMs, 0) / 1000);
      }
    }
  });

  it('reads whole days from the sums by day and only the edges by quarter hour', async () => {
    await test.db.pool.query(`INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials) VALUES
      ('2026-10-05', 1, 2, 1, 1000), ('2026-10-06', 1, 2, 1, 100)`);
    const mixed = await report('from=2026-10-04T16:00:00Z&to=2026-10-06T01:00:00Z&kpis=dials');
    // The 5th is whole and comes from the day, the 6th is not and has no quarter hours.
    expect(mixed.totals).toEqual({ dials: 1000 });
    await test.db.pool.query(`DELETE FROM rollup_day WHERE business_date < '2026-11-01'`);
  });
});

describe('several zones', () => {
  it('rows use each team’s own business date, and the report says so', async () => {
    const { pool } = test.db;
    await pool.query(`
      INSERT INTO site (id, name) VALUES (2, 'Berlin');
      INSERT INTO site_version (site_id, valid_from, time_zone) VALUES (2, '-infinity', 'Europe/Berlin');
      INSERT INTO team (id, name, site_id) VALUES (9, 'Berlin', 2);
      INSERT INTO rollup_slot (slot_start, business_date, agent_id, team_id, campaign_id, dials)
        VALUES ('2026-11-22T22:45Z', '2026-11-22', 1, 9, 1, 50);
      INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials) VALUES ('2026-11-22', 1, 9, 1, 50)`);
    try {
      const today = await report('groupBy=team&kpis=dials');
      expect(today.timeZones).toEqual(['Asia/Shanghai', 'Europe/Berlin']);
      expect(today.totals).toEqual({ dials: 73 });
      // 23:45 in Berlin is after the end of the day in Shanghai, and still today's hour there.
      const byHour = await report('groupBy=hour&kpis=dials');
      expect(byHour.rows.find((row) => row.key === '2026-11-22T22:00:00.000Z')?.values).toEqual({ dials: 50 });
      expect(byHour.totals).toEqual({ dials: 73 });
      // The same instants, asked for as instants, end with the day of Shanghai.
      const instants = await report('from=2026-11-21T16:00:00Z&to=2026-11-22T16:00:00Z&kpis=dials,customers');
      expect(instants.totals).toEqual({ dials: 23, customers: null });
    } finally {
      await pool.query(`DELETE FROM rollup_slot WHERE team_id = 9; DELETE FROM rollup_day WHERE team_id = 9;
        DELETE FROM team WHERE id = 9; DELETE FROM site_version WHERE site_id = 2; DELETE FROM site WHERE id = 2`);
    }
  });
});

describe('the age of a report', () => {
  it('is the receipt of the oldest event that is not in the sums yet', async () => {
    const { pool } = test.db;
    await pool.query(`WITH e AS (
        INSERT INTO call_event (dedup_key, provider, account, type, leg_id, partition, occurred_at, received_at, fields)
        VALUES ('x', 'twilio', 'AC', 'leg.initiated', 'CA1', 0, '2026-11-22T03:59Z', '2026-11-22T03:59:30Z', '{}') RETURNING id)
      INSERT INTO call_event_pending SELECT 0, id FROM e`);
    expect((await report('kpis=dials')).asOf).toBe('2026-11-22T03:59:30.000Z');
    await pool.query('DELETE FROM call_event_pending');
    expect((await report('kpis=dials')).asOf).toBe('2026-11-22T04:00:00.000Z');
  });
});

describe('wrong parameters', () => {
  it.each([
    ['from=2026-11-22T00:07:00Z', 'time_off_slot', 'from'],
    ['to=yesterday', 'time_invalid', 'to'],
    ['from=2026-11-22T00:15:00', 'time_invalid', 'from'],
    ['from=2026-11-23&to=2026-11-22', 'range_empty', 'to'],
    ['from=2019-01-01&to=2026-11-22', 'range_too_long', 'to'],
    ['groupBy=hour&from=2026-01-01&to=2026-11-22', 'range_too_long', 'to'],
    ['groupBy=agent_id', 'choice_unknown', 'groupBy'],
    ['groupBy=agent;drop', 'choice_unknown', 'groupBy'],
    ['kpis=dials,nonsense', 'kpi_unknown', 'kpis'],
    ['kpis=__proto__', 'kpi_unknown', 'kpis'],
    ['agent=1,x', 'id_invalid', 'agent'],
    ['agent=99999999999', 'id_invalid', 'agent'],
    ['team=-1', 'id_invalid', 'team'],
    ['form=2026-11-22', 'parameter_unknown', 'form'],
    ['__proto__=1', 'parameter_unknown', '__proto__'],
    ['from=2026-11-22&from=2026-11-23', 'parameter_repeated', 'from'],
    ['from[a]=1', 'parameter_unknown', 'from[a]'],
  ])('%s → %s', async (query, code, field) => {
    const { status, body } = await api.get(`/api/v1/kpis?${query}`);
    expect([status, body]).toMatchObject([400, { error: { code, field, message: { zh: expect.any(String) } } }]);
  });

  it('CVE-2026-44238 (FreePBX): nothing of a request becomes SQL', async () => {
    const hostile = `dials,(SELECT password_hash FROM app_user)`;
    for (const name of ['groupBy', 'kpis', 'agent', 'team', 'campaign', 'from', 'to', 'orderBy']) {
      expect((await api.get(`/api/v1/kpis?${name}=${encodeURIComponent(hostile)}`)).status).toBe(400);
    }
  });
});

describe('the catalog', () => {
  it('is kept in no cache, as everything behind the guard', async () => {
    const headers = { authorization: `Bearer ${API_KEY}` };
    expect((await fetch(`${api.url}/api/v1/kpis/catalog`, { headers })).headers.get('cache-control')).toBe('no-store');
  });

  it('is served with formulas and both languages', async () => {
    const { status, body } = await api.get('/api/v1/kpis/catalog');
    const definition = (body as KpiDefinitionView[]).find(({ id }) => id === 'connect_rate');
    expect(status).toBe(200);
    expect(definition).toMatchObject({
      kind: 'ratio',
      formula: 'connects ÷ dials',
      name: { en: 'Connect rate', zh: '接通率' },
      unit: 'fraction',
      thresholds: { warn: 0.4, bad: 0.3 },
      available: true,
    });
    expect(definition).not.toHaveProperty('expression');
  });
});
