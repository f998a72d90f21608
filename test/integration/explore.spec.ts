/**
 * Proves over HTTP, on random calls of three zones (one of them half an hour off, one with a late day start) around both
 * clock changes: every grouping and every pair of them shows what a count call by call comes to, filtered and compared; what
 * is read from facts is what the sums say; every cell opens to exactly its calls and outcomes; nobody sees beyond their scope.
 */
import { createHash } from 'node:crypto';
import { CATALOG } from '../../src/kpi/index.js';
import { ManualClock } from '../../src/platform/index.js';
import type { CallPage, KpiValue } from '../../src/shared/api.js';
import type { DispositionView, OutcomePage } from '../../src/shared/outcomes.js';
import {
  REPORT_GROUPINGS,
  type ReportDocument,
  type ReportResult,
  type TableSection,
} from '../../src/shared/reports.js';
import { startTestServer, type TestServer } from '../support/server.js';
import {
  allCalls,
  allOutcomes,
  beginningOf,
  type Counted,
  counted,
  Dice,
  keyOf,
  makeCalls,
  makeFloor,
  WINDOWS,
} from './explore-world.js';
import { type Client, clientOf } from './organisation-client.js';

const SEED = 20_261_122;
const NOW = Date.parse('2026-10-30T12:10:00Z');
let server: TestServer;
let api: Client;
let facts: Counted[];

beforeAll(async () => {
  const clock = new ManualClock(NOW);
  server = await startTestServer({
    clock,
    config: { orgTimeZone: 'Europe/Berlin', orgCurrency: 'EUR', orgCountry: 'CN' },
  });
  api = clientOf(server.url);
  await makeFloor(server);
  const made = await makeCalls(server, api, SEED, 700);
  const dispositions = (await api.get<DispositionView[]>('/dispositions')).body;
  const numbers = await server.server.core.numbers.known(
    server.db.pool,
    ['901', '902', '903'].map((ref) => `+8613800000${ref}`),
  );
  facts = counted(await allCalls(api), await allOutcomes(api), made, {
    dispositions: new Map(dispositions.map(({ key, id }) => [key, id])),
    numbers: new Map([...numbers].map(([number, id]) => [number.slice(-3), id])),
  });
});
afterAll(() => server.close());

const KPIS = [
  'dials',
  'connects',
  'connect_rate',
  'talk_s',
  'inbound',
  'sales',
  'revenue',
  'customers',
  'customers_connected',
];
const ask = async (query: string, who: Client = api): Promise<ReportResult> => {
  const { body, error } = await who.get<ReportResult>(`/reports/explore?${query}`);
  expect([query, error]).toEqual([query, '']);
  return body;
};
const within = ({ from, to }: { from: string; to: string }) => facts.filter(({ date }) => date >= from && date < to);
const BY_HOUR = ['hour', 'hour_of_day', 'interval'];

/** What a count call by call comes to. */
function figures(rows: readonly Counted[], byHour: boolean): Record<string, KpiValue> {
  const sum = (pick: (one: Counted) => number): number => rows.reduce((total, one) => total + pick(one), 0);
  const [dials, connects] = [sum((one) => one.dials), sum((one) => one.connects)];
  const amounts = new Map<string, number>();
  for (const { currency, revenueMinor } of rows) {
    if (revenueMinor !== 0) amounts.set(currency, (amounts.get(currency) ?? 0) + revenueMinor);
  }
  const revenue = [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amountMinor]) => ({ amountMinor, currency }));
  const distinct = (list: readonly Counted[]) => new Set(list.flatMap(({ customer }) => customer ?? [])).size;
  return {
    dials,
    connects,
    connect_rate: dials === 0 ? null : connects / dials,
    talk_s: sum((one) => one.talkMs) / 1000,
    inbound: sum((one) => one.inbound),
    sales: sum((one) => one.sales),
    revenue:
      revenue.length === 0
        ? { amountMinor: 0, currency: 'EUR' }
        : revenue.length === 1
          ? (revenue[0] ?? null)
          : revenue,
    customers: byHour ? null : distinct(rows),
    customers_connected: byHour ? null : distinct(rows.filter(({ connected }) => connected)),
  };
}

function expected(
  rows: readonly Counted[],
  groupBy: readonly string[],
  from = '2026-01-01',
): Record<string, Record<string, KpiValue>> {
  const groups = new Map<string, Counted[]>();
  const begins = beginningOf(from);
  for (const one of rows) {
    const key = groupBy.map((grouping) => keyOf(grouping, one, begins)).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const byHour = groupBy.some((grouping) => BY_HOUR.includes(grouping));
  return Object.fromEntries([...groups].map(([key, own]) => [key, figures(own, byHour)]));
}

const isNothing = (values: Record<string, KpiValue>): boolean =>
  ['dials', 'inbound', 'sales'].every((kpi) => values[kpi] === 0);

/** Rows of nothing are shown along an axis of time; a count call by call has none. */
const shown = ({ rows }: ReportResult): Record<string, Record<string, KpiValue>> =>
  Object.fromEntries(
    rows.filter(({ values }) => !isNothing(values)).map(({ keys, values }) => [keys.join(' '), values]),
  );

const PAIRS = REPORT_GROUPINGS.flatMap((first, index) => [
  [first],
  ...REPORT_GROUPINGS.slice(index + 1).map((second, n) => (n % 2 === 0 ? [first, second] : [second, first])),
]);

it('has something of everything', () => {
  const places = REPORT_GROUPINGS.map((grouping) => new Set(facts.map((one) => keyOf(grouping, one))).size);
  expect(Math.min(...places)).toBeGreaterThan(1);
  expect(facts.length).toBeGreaterThan(700);
});

describe.each(WINDOWS)('the days around $from', (window) => {
  // Each grouping around both clock changes, each pair around one of them.
  const half = WINDOWS.findIndex(({ from }) => from === window.from);
  const pairs = PAIRS.filter((groupBy, index) => groupBy.length === 1 || index % 2 === half);
  const range = `from=${window.from}&to=${window.to}`;

  it.each(pairs.map((groupBy) => [groupBy.join(',')]))('by %s', async (groupBy) => {
    const result = await ask(`${range}&kpis=${KPIS}&groupBy=${groupBy}`);
    expect(shown(result)).toEqual(expected(within(window), groupBy.split(','), window.from));
    expect(result.totals).toEqual(figures(within(window), false));
  });

  it('as one row', async () => {
    const result = await ask(`${range}&kpis=${KPIS}`);
    expect(result.rows.map(({ keys, values }) => [keys, values])).toEqual([[[], figures(within(window), false)]]);
  });
});

const FILTERS: [name: string, grouping: string][] = [
  ['agent', 'agent'],
  ['team', 'team'],
  ['campaign', 'campaign'],
  ['disposition', 'disposition'],
  ['callerNumber', 'caller_number'],
  ['hourOfDay', 'hour_of_day'],
  ['weekday', 'weekday'],
  ['interval', 'interval'],
];

it('filtered by any of them, alone and together', async () => {
  const dice = new Dice(SEED + 1);
  for (let round = 0; round < 60; round++) {
    const window = dice.pick(WINDOWS);
    const chosen = new Map([0, 1].slice(0, 1 + dice.below(2)).map(() => dice.pick(FILTERS)));
    const wanted = new Map(
      [...chosen].map(([name, grouping]) => {
        const all = [...new Set(within(window).map((one) => keyOf(grouping, one)))].sort();
        return [name, { grouping, keys: [dice.pick(all), dice.pick(all), dice.pick(all)] }];
      }),
    );
    const filters = [...wanted].map(
      ([name, { keys }]) => `&${name}=${keys.map((key) => (/^0\d$/.test(key) ? Number(key) : key))}`,
    );
    const groupBy = dice.pick(PAIRS);
    const result = await ask(`from=${window.from}&to=${window.to}&kpis=${KPIS}&groupBy=${groupBy}${filters.join('')}`);
    const rows = within(window).filter((one) =>
      [...wanted.values()].every(({ grouping, keys }) => keys.includes(keyOf(grouping, one))),
    );
    const byHour = wanted.has('hourOfDay') || wanted.has('interval');
    const hourless = (values: Record<string, KpiValue>) =>
      byHour ? { ...values, customers: null, customers_connected: null } : values;
    const found = expected(rows, groupBy, window.from);
    expect([filters, groupBy, shown(result)]).toEqual([
      filters,
      groupBy,
      Object.fromEntries(Object.entries(found).map(([key, values]) => [key, hourless(values)])),
    ]);
    expect(result.totals).toEqual(hourless(figures(rows, false)));
  }
});

describe('compared', () => {
  const window = { from: '2026-10-25', to: '2026-10-27' };
  const before = { from: '2026-10-23', to: '2026-10-25' };

  it.each(['agent', 'team', 'campaign', 'disposition', 'caller_number', 'hour_of_day', 'interval'])(
    'with the range before, by %s',
    async (groupBy) => {
      const result = await ask(`from=${window.from}&to=${window.to}&kpis=${KPIS}&groupBy=${groupBy}&compare=previous`);
      const compared = Object.fromEntries(
        result.rows.flatMap(({ keys, compared: then }) =>
          then === null || isNothing(then) ? [] : [[keys.join(' '), then]],
        ),
      );
      expect(compared).toEqual(expected(within(before), [groupBy]));
      expect(result.comparedTotals).toEqual(figures(within(before), false));
      expect(shown(result)).toEqual(expected(within(window), [groupBy]));
    },
  );

  it('day by day with the day at the same place', async () => {
    const result = await ask(`from=${window.from}&to=${window.to}&kpis=${KPIS}&groupBy=day&compare=previous`);
    const days = expected(within(before), ['day']);
    expect(result.rows.map(({ keys, compared }) => [keys[0], compared])).toEqual([
      ['2026-10-25', days['2026-10-23']],
      ['2026-10-26', days['2026-10-24']],
    ]);
  });

  it('each agent with the team they are in at the end', async () => {
    const result = await ask(
      `from=${window.from}&to=${window.to}&kpis=dials,connect_rate&groupBy=agent&compare=team&agent=21,26,22`,
    );
    const teams = expected(within(window), ['team']);
    // Flo (26) went to Berlin in March.
    const pick = (team: number) => ({ dials: teams[team]?.dials, connect_rate: teams[team]?.connect_rate });
    expect(Object.fromEntries(result.rows.map(({ keys, compared }) => [keys[0], compared]))).toEqual({
      21: pick(11),
      22: pick(12),
      26: pick(11),
    });
  });
});

describe('facts and sums', () => {
  const ADDITIVE = CATALOG.filter(
    ({ kind, id, available }) =>
      kind === 'measure' && available && !/^(available|on_call|wrap_up|paused|logged_in)_s$/.test(id),
  ).map(({ id }) => id);
  const PLACES = ['agent', 'team', 'campaign', 'day', 'weekday,hour_of_day', 'agent,hour', 'interval'];

  it.each(PLACES)('say the same of every measure by %s', async (groupBy) => {
    // With every disposition there is, nothing is left out, and facts are read.
    const all = `0,${(await api.get<DispositionView[]>('/dispositions')).body.map(({ id }) => id)}`;
    for (const window of WINDOWS) {
      for (let at = 0; at < ADDITIVE.length; at += 20) {
        const query = `from=${window.from}&to=${window.to}&kpis=${ADDITIVE.slice(at, at + 20)}&groupBy=${groupBy}`;
        const [sums, read] = [await ask(query), await ask(`${query}&disposition=${all}`)];
        const values = ({ rows }: ReportResult) =>
          Object.fromEntries(
            rows
              .filter(({ values }) =>
                Object.values(values).some(
                  (value) => (typeof value === 'number' && value !== 0) || Array.isArray(value),
                ),
              )
              .map((row) => [row.keys.join(' '), row.values]),
          );
        expect([query, values(read)]).toEqual([query, values(sums)]);
        expect(read.totals).toEqual(sums.totals);
      }
    }
  });
});

describe('every cell opens', () => {
  const SINGLES = REPORT_GROUPINGS.filter((one) => one !== 'hour' && one !== 'month');

  it.each([
    ...SINGLES.map((one) => one as string),
    'agent,day',
    'weekday,hour_of_day',
    'disposition,caller_number',
    'team,interval',
  ])('by %s, to its calls and its sales', async (groupBy) => {
    const [window] = [WINDOWS[1]];
    const query = `from=${window.from}&to=${window.to}&kpis=dials,sales,connects&groupBy=${groupBy}`;
    const { body } = await api.get<ReportDocument>(`/reports/explore/document?${query}`);
    const table = body.sections.find((section): section is TableSection => section.kind === 'table');
    const dice = new Dice(SEED + groupBy.length);
    const rows = table?.rows ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of [...rows.slice(0, 3), dice.pick(rows), dice.pick(rows)]) {
      const [dials, sales, connects] = row.cells.slice(-3);
      const calls = (measure: string) => api.get<CallPage>(`/calls?${row.calls}&measure=${measure}&limit=200`);
      expect([row.calls, (await calls('dials')).body.calls?.length]).toEqual([row.calls, dials]);
      expect([row.calls, (await calls('connects')).body.calls?.length]).toEqual([row.calls, connects]);
      const sold = await api.get<OutcomePage>(`/outcomes?${row.calls}&measure=sales&limit=200`);
      expect([row.calls, sold.body.outcomes?.length]).toEqual([row.calls, sales]);
    }
  });

  it('by the hour, also of instants', async () => {
    const query = 'from=2026-10-25T00:30:00Z&to=2026-10-25T09:15:00Z&kpis=dials&groupBy=hour,weekday';
    const { body } = await api.get<ReportDocument>(`/reports/explore/document?${query}`);
    const table = body.sections.find((section): section is TableSection => section.kind === 'table');
    for (const row of table?.rows ?? []) {
      const { body: page } = await api.get<CallPage>(`/calls?${row.calls}&measure=dials&limit=200`);
      expect([row.calls, page.calls?.length]).toEqual([row.calls, row.cells[2]]);
    }
    expect(table?.rows.length).toBeGreaterThan(3);
  });
});

describe('the scope', () => {
  const range = `from=${WINDOWS[1].from}&to=${WINDOWS[1].to}`;

  it.each(['', 'agent', 'day', 'disposition', 'campaign,hour_of_day'])('holds by "%s"', async (groupBy) => {
    const [supervisor, agent] = [await person('supervisor', null, 12), await person('agent', 23, null)];
    const grouped = groupBy === '' ? '' : `&groupBy=${groupBy}`;
    const teams = within(WINDOWS[1]).filter(({ team }) => team === 12);
    const own = within(WINDOWS[1]).filter((one) => one.agent === 23);
    for (const [who, rows] of [
      [supervisor, teams],
      [agent, own],
    ] as const) {
      const result = await ask(`${range}&kpis=${KPIS}${grouped}`, who);
      expect(result.totals).toEqual(figures(rows, false));
      if (groupBy !== '') expect(shown(result)).toEqual(expected(rows, groupBy.split(','), WINDOWS[1].from));
    }
  });
});

async function person(role: string, agent: number | null, team: number | null): Promise<Client> {
  const { pool } = server.db;
  const name = `${role}-${createHash('sha256')
    .update(String(Math.imul(agent ?? 1, team ?? 1)))
    .digest('hex')
    .slice(0, 6)}`;
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO app_user (email, name, role, agent_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT ((lower(email))) DO UPDATE SET name = excluded.name RETURNING id`,
    [`${name}@example.com`, name, role, agent],
  );
  if (team !== null)
    await pool.query('INSERT INTO user_team VALUES ($1, $2) ON CONFLICT DO NOTHING', [rows[0]?.id, team]);
  const secret = name.padEnd(43, 'x');
  await pool.query(
    `INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)
     ON CONFLICT DO NOTHING`,
    [createHash('sha256').update(secret).digest(), rows[0]?.id, new Date(NOW), new Date(NOW + 3_600_000)],
  );
  return clientOf(server.url, { cookie: `tallyboard=${secret}` });
}

it.each([
  ['kpis=dials&group=agent', '400 parameter_unknown group'],
  ['kpis=dials&groupBy=agent,agents', '400 choice_unknown groupBy'],
  ['kpis=dials&groupBy=agent,team,day', '400 report_groupings_invalid groupBy'],
  ['groupBy=agent', '400 report_kpis_missing kpis'],
  ['kpis=dials,dial', '400 kpi_unknown kpis'],
  ['kpis=dials,attainment', '400 kpi_unknown kpis'],
  [`kpis=${CATALOG.slice(0, 21).map(({ id }) => id)}`, '400 report_too_many_kpis kpis'],
  ['kpis=dials&range=fortnight', '400 choice_unknown range'],
  ['kpis=dials&from=2026-10-01', '400 report_range_invalid to'],
  ['kpis=dials&range=today&from=2026-10-01&to=2026-10-02', '400 report_range_invalid range'],
  ['kpis=dials&from=2026-10-02&to=2026-10-01', '400 range_empty to'],
  ['kpis=dials&from=2026-10-02T00:01Z&to=2026-10-03', '400 time_off_slot from'],
  ['kpis=dials&from=2020-10-02&to=2026-10-01', '400 range_too_long to'],
  ['kpis=dials&from=2026-06-01&to=2026-10-01&groupBy=hour', '400 range_too_long to'],
  ['kpis=dials&from=2026-06-01&to=2026-10-01&groupBy=disposition', '400 report_facts_too_long to'],
  ['kpis=dials&compare=team', '400 report_team_needs_agent compare'],
  ['kpis=dials&compare=last', '400 choice_unknown compare'],
  ['kpis=dials&hourOfDay=24', '400 number_invalid hourOfDay'],
  ['kpis=dials&weekday=0', '400 number_invalid weekday'],
  ['kpis=dials&interval=96', '400 number_invalid interval'],
  ['kpis=dials&callerNumber=01', '400 id_invalid callerNumber'],
  ['kpis=dials&agent=x', '400 id_invalid agent'],
  ['kpis=dials&kpis=connects', '400 parameter_repeated kpis'],
])('refuses %s', async (query, refusal) => {
  const { status, error } = await api.get(`/reports/explore?${query}`);
  expect(`${status} ${error}`).toBe(refusal);
});
