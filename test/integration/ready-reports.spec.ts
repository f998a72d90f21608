/**
 * Proves over HTTP, on calls of signed webhooks: every ready-made report is a whole document in both languages, empty and
 * full, whose figures are those of GET /kpis, GET /attainment and the lists behind them, and whose links open; what changed
 * adds up; who may not open a report, or asks wrongly, is told so by code and field.
 */
import type { CallPage, Localised } from '../../src/shared/api.js';
import {
  type ChartSection,
  READY_REPORTS,
  type ReadyReportId,
  type ReadyReportView,
  type ReportDocument,
  type TableSection,
} from '../../src/shared/reports.js';
import type { TargetProgress } from '../../src/shared/targets.js';
import { OF_TIME } from './live-client.js';
import type { Client } from './organisation-client.js';
import { type ReadyWorld, readyWorld, TODAY } from './ready-reports-world.js';

let world: ReadyWorld;
let empty: ReadyWorld;
const people: Record<string, Client> = {};
const RANGES: Record<ReadyReportId, string> = {
  daily_floor: 'from=2026-05-04&to=2026-05-05',
  agent_scorecard: 'from=2026-04-27&to=2026-05-04',
  target_attainment: 'range=this_month',
  team_comparison: 'from=2026-04-27&to=2026-05-04',
  campaign_funnel: 'from=2026-04-27&to=2026-05-04',
  best_hours: 'from=2026-04-13&to=2026-05-06',
  dispositions: 'from=2026-04-27&to=2026-05-04',
  callbacks: 'from=2026-04-13&to=2026-05-05',
  data_quality: 'from=2026-05-04&to=2026-05-06',
  what_changed: 'from=2026-04-27&to=2026-05-04',
};

beforeAll(async () => {
  [world, empty] = await Promise.all([readyWorld(true), readyWorld(false)]);
  const { agents, teams } = world;
  people.Ann = await world.person('agent', agents.Ann ?? 0, null);
  people.North = await world.person('supervisor', null, teams.North ?? 0);
  for (const [scope, kpi, value] of [
    ['organisation', 'dials', 500],
    ['team', 'dials', 300],
    ['agent', 'conversion_rate', 0.2],
  ] as const) {
    const id = scope === 'team' ? teams.North : agents.Ann;
    const whose = scope === 'organisation' ? { kind: scope } : { kind: scope, id };
    const { error } = await world.api.post('/targets', {
      scope: whose,
      kpi,
      period: 'month',
      value,
      validFrom: '2026-04-01',
    });
    expect(error).toBe('');
  }
});
afterAll(() => Promise.all([world.server.close(), empty.server.close()]));

const queryOf = (id: ReadyReportId, { agents }: ReadyWorld): string =>
  id === 'agent_scorecard' ? `${RANGES[id]}&agent=${agents.Ann}` : RANGES[id];

const tablesOf = ({ sections }: ReportDocument) =>
  sections.filter((section): section is TableSection => section.kind === 'table');
const table = (document: ReportDocument, id: string): TableSection => {
  const found = tablesOf(document).find((one) => one.id === id);
  if (found === undefined) throw new Error(`${document.id} has no table ${id}: ${document.sections.map((s) => s.id)}`);
  return found;
};
const chart = (document: ReportDocument, id: string): ChartSection => {
  const found = document.sections.find((one) => one.kind === 'chart' && one.id === id);
  if (found?.kind !== 'chart') throw new Error(`${document.id} has no chart ${id}`);
  return found;
};

/** Every text in a document. */
function textsOf(value: unknown): Localised[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'zh' in value) return [value as Localised];
  return Object.values(value).flatMap(textsOf);
}

function proveWhole(document: ReportDocument): void {
  for (const text of textsOf(document)) {
    expect(text.en).not.toBe('');
    expect(text.zh).not.toBe('');
    expect(`${text.en}${text.zh}`).not.toMatch(/[{}]|undefined|NaN/);
  }
  const ids = document.sections.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.sections.length).toBeGreaterThan(0);
  for (const { columns, rows, totals, id } of tablesOf(document)) {
    for (const row of [...rows, ...(totals === null ? [] : [totals])])
      expect([id, row.cells.length]).toEqual([id, columns.length]);
  }
  for (const section of document.sections) {
    if (section.kind !== 'chart') continue;
    for (const { points } of section.series)
      expect([section.id, points.length]).toEqual([section.id, section.categories.length]);
  }
  const defined = new Set(document.definitions.map(({ id }) => id));
  const used = [
    ...document.headline.map(({ kpi }) => kpi),
    ...tablesOf(document).flatMap(({ columns }) => columns.flatMap(({ kpi }) => kpi ?? [])),
  ];
  expect(used.filter((id) => !defined.has(id))).toEqual([]);
}

describe('every report', () => {
  it.each(READY_REPORTS)('%s is a whole document, full and empty, by its own range and by another', async (id) => {
    for (const one of [world, empty]) {
      proveWhole(await one.report(id, queryOf(id, one)));
      proveWhole(await one.report(id, id === 'agent_scorecard' ? `agent=${one.agents.Ann}` : ''));
    }
  });

  it.each(READY_REPORTS)('%s has the figures of GET /kpis', async (id) => {
    if (id === 'target_attainment' || id === 'best_hours') return;
    const document = await world.report(id, queryOf(id, world));
    const { dates } = document;
    const agent = id === 'agent_scorecard' ? `&agent=${world.agents.Ann}` : '';
    const { totals } = await world.server.kpis(`from=${dates?.from}&to=${dates?.to}${agent}`);
    const shown = document.headline.filter(({ kpi }) => !OF_TIME.has(kpi));
    expect(shown.map(({ kpi, value }) => [kpi, value])).toEqual(shown.map(({ kpi }) => [kpi, totals[kpi]]));
    expect(shown.length).toBeGreaterThan(2);
  });

  it.each(READY_REPORTS)('%s links to lists that open', async (id) => {
    const document = await world.report(id, queryOf(id, world));
    const rows = tablesOf(document).flatMap((one) => one.rows);
    const links = [...rows, ...document.headline].flatMap(({ calls }) => calls ?? []);
    for (const query of new Set(links)) {
      const { status, error } = await world.api.get<CallPage>(`/calls?${query}&limit=1`);
      expect([query, status, error]).toEqual([query, 200, '']);
    }
  });
});

describe('figures', () => {
  it('a day against its target, the day before, and by team', async () => {
    const day = await world.report('daily_floor', RANGES.daily_floor);
    // 3 people × 6 calls; answered 5 + 4 + 3; one sale each of 129.50.
    expect(Object.fromEntries(day.headline.map(({ kpi, value }) => [kpi, value]))).toMatchObject({
      dials: 18,
      connects: 12,
      connect_rate: 12 / 18,
      sales: 3,
      conversion_rate: 3 / 12,
    });
    expect(table(day, 'teams').rows.map(({ cells }) => [(cells[0] as Localised).en, cells[1]])).toEqual([
      ['North', 12],
      ['South', 6],
    ]);
    // On 27 April it was the same; on 20 and 13 April one connect less each, the same dials: half hours from 09:00 on.
    const hours = chart(day, 'hours');
    expect(hours.categories.map(({ en }) => en)).toEqual(['09:00', '10:00', '11:00']);
    expect(hours.series.map(({ points }) => points.map(({ value }) => value))).toEqual([
      [6, 6, 6],
      [6, 6, 6],
    ]);
    expect(hours.series[1]?.usual).toBe(true);
  });

  it('targets as GET /attainment has them', async () => {
    const document = await world.report('target_attainment', RANGES.target_attainment);
    for (const [scope, who] of [
      ['organisation', 'Organisation'],
      [`team:${world.teams.North}`, 'North'],
    ] as const) {
      const [asked] = await world.server.get<TargetProgress[]>(`/api/v1/attainment?scope=${scope}`);
      const row = table(document, 'dials').rows.find(({ cells }) => (cells[0] as Localised).en === who);
      expect(row?.cells.slice(3, 6)).toEqual([asked?.target, asked?.actual, asked?.attainment]);
      expect(asked?.actual).toBeGreaterThan(0);
    }
    expect(table(document, 'conversion_rate').rows).toHaveLength(1);
    const own = await world.report('target_attainment', RANGES.target_attainment, people.North);
    expect(table(own, 'dials').rows.map(({ cells }) => (cells[0] as Localised).en)).toEqual(['North']);
    const ofTeam = await world.report('target_attainment', `${RANGES.target_attainment}&team=${world.teams.North}`);
    const whose = tablesOf(ofTeam).flatMap(({ rows }) => rows.map(({ cells }) => (cells[0] as Localised).en));
    // The team's own, and that of somebody in it; not the organisation's.
    expect(whose).toEqual(['North', 'Ann']);
  });

  it('the headline of a whole period against its target, of whom it is about', async () => {
    const { agents, teams } = world;
    for (const [id, query, kpi, target] of [
      ['daily_floor', '', 'dials', 500],
      ['daily_floor', `&team=${teams.North}`, 'dials', 300],
      ['daily_floor', `&team=${teams.South}`, 'dials', null],
      ['daily_floor', `&team=${teams.North}&campaign=1`, 'dials', null],
      ['agent_scorecard', `&agent=${agents.Ann}`, 'conversion_rate', 0.2],
    ] as const) {
      const { headline } = await world.report(id, `range=this_month${query}`);
      expect([query, headline.find((one) => one.kpi === kpi)?.target]).toEqual([query, target]);
    }
    // Of the month there is a target, of a week there is none.
    const week = await world.report('daily_floor', 'range=this_week');
    expect(week.headline.map((one) => one.target)).toEqual(week.headline.map(() => null));
    // Attainment shows the month's then, and says so.
    const names = async (range: string) =>
      (await world.report('target_attainment', `range=${range}`)).headline
        .filter(({ kpi }) => kpi === 'dials')
        .map(({ name }) => name.en);
    expect(await names('this_month')).toEqual(['Dials']);
    expect(await names('this_week')).toEqual([expect.stringMatching(/^Dials \(Month from \d{4}-\d{2}-01\)$/)]);
  });

  it('a headline that shows the target of another period opens what was counted in that one', async () => {
    const { teams } = world;
    for (const [query, of] of [
      ['range=this_week', {}],
      ['range=this_month', {}],
      ['range=this_week&campaign=1', {}],
      [`range=this_week&team=${teams.North}`, { team: String(teams.North) }],
    ] as const) {
      const { headline } = await world.report('target_attainment', query);
      const dials = headline.find(({ kpi }) => kpi === 'dials');
      const calls = Object.fromEntries(new URLSearchParams(dials?.calls));
      const month = { from: '2026-05-01', to: '2026-06-01' };
      expect([query, calls]).toEqual([query, { ...month, ...of }]);
      const { totals } = await world.server.kpis(`${dials?.calls}&kpis=dials`);
      expect([query, totals.dials]).toEqual([query, dials?.value]);
    }
  });

  it('what changed adds up, for a sum and for a ratio', async () => {
    const document = await world.report('what_changed', RANGES.what_changed);
    for (const id of ['sales_agent', 'sales_team', 'sales_hour_of_day'] as const) {
      const found = document.sections.find((one) => one.id === id);
      if (found?.kind === 'chart') proveWaterfall(found, 0);
    }
    for (const id of ['conversion_rate_agent', 'conversion_rate_team', 'conversion_rate_hour_of_day']) {
      proveWaterfall(chart(document, id), 1e-12);
      const { rows, totals } = table(document, `${id}_table`);
      for (const column of [3, 4, 5, 6, 7]) {
        const sum = rows.reduce((all, { cells }) => all + (cells[column] as number), 0);
        expect(sum).toBeCloseTo(totals?.cells[column] as number, 12);
      }
    }
    const { totals, rows } = table(document, 'conversion_rate_agent_table');
    expect(rows.length).toBeGreaterThan(0);
    expect(totals?.cells.slice(1, 3)).toEqual([
      document.headline.find(({ kpi }) => kpi === 'conversion_rate')?.compared,
      document.headline.find(({ kpi }) => kpi === 'conversion_rate')?.value,
    ]);
  });

  function proveWaterfall({ series }: ChartSection, tolerance: number): void {
    const values = (series[0]?.points ?? []).map(({ value }) => value ?? 0);
    const last = values.at(-1) ?? 0;
    const sum = values.slice(0, -1).reduce((all, value) => all + value, 0);
    expect(Math.abs(sum - last)).toBeLessThanOrEqual(tolerance);
  }

  it('a step of the funnel is the count of the step before times its rate, and the table is the chart', async () => {
    const document = await world.report('campaign_funnel', RANGES.campaign_funnel);
    const points = chart(document, 'funnel_all').series[0]?.points.map(({ value }) => value) ?? [];
    const steps = table(document, 'steps_all').rows.map(({ cells }) => cells);
    expect(steps.map((cells) => cells[1])).toEqual(points.slice(0, -1));
    expect(steps.map((cells) => cells[2])).toEqual(points.slice(1));
    for (const cells of steps) expect(cells[3]).toBe((cells[2] as number) / (cells[1] as number));
  });

  it('missed callbacks are those due less those kept, one by one', async () => {
    const document = await world.report('callbacks', RANGES.callbacks);
    const value = (kpi: string) => document.headline.find((one) => one.kpi === kpi)?.value as number;
    expect(value('callbacks_due')).toBeGreaterThan(10);
    expect(table(document, 'missed').rows).toHaveLength(value('callbacks_due') - value('callbacks_kept'));
    const { totals } = table(document, 'late');
    expect(totals?.cells[1]).toBe(value('callbacks_due') - value('callbacks_kept'));
    const [newest] = table(document, 'missed').rows;
    expect(newest?.cells[0]).toEqual({ en: expect.stringMatching(/^\d{0,5}\*{4}\d{4}$/), zh: expect.anything() });
    expect(newest?.cells[4]).toEqual({ en: 'Callback', zh: expect.stringMatching(/回访|回拨/) });
    expect(newest?.calls).toMatch(/^customer=\d+$/);
    // Nobody sees a whole number in it.
    expect(JSON.stringify(document)).not.toMatch(/\+?86\d{6,}|138\d{8}/);
  });

  it('dispositions: shares are of all dials', async () => {
    const document = await world.report('dispositions', RANGES.dispositions);
    const { rows, totals } = table(document, 'dispositions');
    const dials = rows.reduce((sum, { cells }) => sum + (cells[1] as number), 0);
    expect(dials).toBe(totals?.cells[1]);
    for (const { cells } of rows) expect(cells[5]).toBe((cells[1] as number) / dials);
    for (const { cells } of table(document, 'by_agent').rows) {
      const shares = cells.slice(2).reduce<number>((sum, share) => sum + (share as number), 0);
      expect(shares).toBeCloseTo(1, 12);
    }
  });

  it('best hours: cells of the map are GET /kpis of that hour, with their sample', async () => {
    const document = await world.report('best_hours', RANGES.best_hours);
    const map = chart(document, 'connect_rate_map');
    const hours = map.categories.findIndex(({ en }) => en === '09:00');
    // Mondays: 13, 20, 27 April and 4 May, two calls of each of three people from 09:00 to 10:00.
    expect(map.series[0]?.points[hours]?.sample).toBe(24);
    const { rows } = await world.server.kpis('from=2026-04-13&to=2026-05-06&kpis=dials,connects');
    const all = map.series.flatMap(({ points }) => points.map(({ sample }) => sample ?? 0));
    expect(all.reduce((sum, one) => sum + one, 0)).toBe(rows[0]?.values.dials);
    for (const { points } of map.series) {
      for (const { value, low, high } of points) {
        if (value !== null) expect((low ?? 1) <= value && value <= (high ?? 0)).toBe(true);
      }
    }
  });

  it('data quality: what was parked, with its reason', async () => {
    const document = await world.report('data_quality', RANGES.data_quality);
    expect(table(document, 'parked').rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ['twilio', expect.objectContaining({ en: 'AccountSid is missing.' }), 1],
    ]);
    expect(table(document, 'days').rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ['2026-05-04', 18],
      [TODAY, 18],
    ]);
  });
});

describe('who may open what', () => {
  it('an agent: their own scorecard and best hours', async () => {
    const views = await people.Ann?.get<ReadyReportView[]>('/reports/ready');
    expect(views?.body.map(({ id }) => id)).toEqual(['agent_scorecard', 'best_hours']);
    const own = await world.report('agent_scorecard', RANGES.agent_scorecard, people.Ann);
    const asAdmin = await world.report('agent_scorecard', queryOf('agent_scorecard', world));
    expect(own.headline).toEqual(asAdmin.headline);
    expect(own.title.en).toContain('Ann');
    // A place among others says nothing of who they are.
    expect(JSON.stringify(own)).not.toMatch(/Bea|Cy|South/);
    const hours = await world.report('best_hours', RANGES.best_hours, people.Ann);
    const { rows } = await world.server.kpis(`from=2026-04-13&to=2026-05-06&agent=${world.agents.Ann}&kpis=dials`);
    expect(hours.headline[0]?.value).toBe(rows[0]?.values.dials);
    expect(JSON.stringify(hours)).not.toMatch(/North|South|Bea|Cy/);
    const other = await people.Ann?.get(`/reports/ready/agent_scorecard?agent=${world.agents.Bea}`);
    expect([other?.status, other?.error]).toEqual([403, 'outside_scope agent']);
    const closed = await people.Ann?.get('/reports/ready/daily_floor');
    expect([closed?.status, closed?.error]).toEqual([403, 'ready_report_closed']);
  });

  it.each(READY_REPORTS.filter((id) => id !== 'data_quality'))(
    'a supervisor sees nobody of another team in %s',
    async (id) => {
      const document = await world.report(id, queryOf(id, world), people.North);
      expect(JSON.stringify(document)).not.toMatch(/\bCy\b|South/);
      expect(document.sections.length).toBeGreaterThan(0);
    },
  );

  it('a supervisor: all but data quality, of their teams', async () => {
    const views = await people.North?.get<ReadyReportView[]>('/reports/ready');
    expect(views?.body.map(({ id }) => id)).toEqual(READY_REPORTS.filter((id) => id !== 'data_quality'));
    const day = await world.report('daily_floor', RANGES.daily_floor, people.North);
    expect(table(day, 'teams').rows.map(({ cells }) => (cells[0] as Localised).en)).toEqual(['North']);
    expect(JSON.stringify(day)).not.toMatch(/South|Cy/);
    const other = await people.North?.get(`/reports/ready/agent_scorecard?agent=${world.agents.Cy}`);
    expect([other?.status, other?.error]).toEqual([403, 'outside_scope agent']);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['nonsense', '', 404, 'not_found report'],
    ['daily_floor', 'color=red', 400, 'parameter_unknown color'],
    ['daily_floor', 'range=ever', 400, 'choice_unknown range'],
    ['daily_floor', 'range=today&from=2026-05-01&to=2026-05-02', 400, 'report_range_invalid range'],
    ['daily_floor', 'from=2026-05-01', 400, 'report_range_invalid to'],
    ['daily_floor', 'from=2026-05-02&to=2026-05-01', 400, 'range_empty to'],
    ['daily_floor', 'from=2026-05-01T00:00:00Z&to=2026-05-02', 400, 'date_only from'],
    ['daily_floor', 'agent=x', 400, 'id_invalid agent'],
    ['data_quality', 'from=2026-01-01&to=2026-05-01', 400, 'range_too_long to'],
    ['agent_scorecard', '', 400, 'report_agent_required agent'],
    ['agent_scorecard', 'agent=1,2', 400, 'report_agent_required agent'],
    ['agent_scorecard', 'agent=999999', 404, 'not_found agent'],
  ])('%s?%s is %s %s', async (id, query, status, error) => {
    const answer = await world.api.get(`/reports/ready/${id}?${query}`);
    expect([answer.status, answer.error]).toEqual([status, error]);
  });
});
