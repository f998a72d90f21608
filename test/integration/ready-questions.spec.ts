/**
 * Proves over HTTP, on calls of signed webhooks: a figure of a filtered report opens exactly what it counts; what changed takes
 * another range than the one before, by preset or by dates, with the figures of GET /kpis and parts that add up; a filter under
 * which figures have no value says why; and the log tells what phone systems sent from what was entered here.
 */

import { readLog } from '../../src/reports/ready/log-figures.js';
import type { CallPage, KpiValue } from '../../src/shared/api.js';
import type { OutcomePage } from '../../src/shared/outcomes.js';
import { READY_REPORTS, type ReportDocument, type TableSection } from '../../src/shared/reports.js';
import { type ReadyWorld, readyWorld, TODAY } from './ready-reports-world.js';

let world: ReadyWorld;
beforeAll(async () => {
  world = await readyWorld(true);
});
afterAll(() => world.server.close());

const tablesOf = ({ sections }: ReportDocument) =>
  sections.filter((section): section is TableSection => section.kind === 'table');
const WEEK = 'from=2026-04-27&to=2026-05-04';
/** Lists a figure opens: all of what it counts is on one page. */
const OPENS: Record<string, (query: string) => Promise<number>> = {
  dials: async (query) => (await world.api.get<CallPage>(`/calls?${query}&measure=dials&limit=200`)).body.calls.length,
  connects: async (query) =>
    (await world.api.get<CallPage>(`/calls?${query}&measure=connects&limit=200`)).body.calls.length,
  sales: async (query) =>
    (await world.api.get<OutcomePage>(`/outcomes?${query}&measure=sales&limit=200`)).body.outcomes.length,
};

describe('a figure of a filtered report opens what it counts', () => {
  it.each(READY_REPORTS)('%s', async (id) => {
    const { agents, teams } = world;
    const filters = id === 'target_attainment' ? '' : `&agent=${agents.Ann}&team=${teams.North}`;
    const document = await world.report(id, `${WEEK}${filters}`);
    const seen = new Map<string, [KpiValue, number]>();
    for (const { id: section, columns, rows } of tablesOf(document)) {
      for (const [index, row] of rows.entries()) {
        for (const [place, { kpi }] of columns.entries()) {
          const open = kpi === undefined ? undefined : OPENS[kpi];
          const value = row.cells[place];
          if (open === undefined || row.calls === undefined || typeof value !== 'number') continue;
          seen.set(`${section} ${index} ${kpi}`, [value, await open(row.calls)]);
        }
      }
    }
    expect([...seen].filter(([, [value, opened]]) => value !== opened)).toEqual([]);
    if (['daily_floor', 'team_comparison', 'campaign_funnel', 'dispositions', 'best_hours'].includes(id)) {
      expect(seen.size).toBeGreaterThan(1);
    }
  });
});

describe('what changed against another range', () => {
  const changed = (query: string) => world.report('what_changed', query);
  const figures = (document: ReportDocument, of: 'value' | 'compared') =>
    Object.fromEntries(document.headline.map((one) => [one.kpi, one[of]]));

  it.each([
    ['from=2026-05-04&to=2026-05-05', 'from=2026-05-03&to=2026-05-04'],
    ['from=2026-05-04&to=2026-05-05&compare=previous', 'from=2026-05-03&to=2026-05-04'],
    ['from=2026-05-04&to=2026-05-05&compare=same_weekdays', 'from=2026-04-27&to=2026-04-28'],
    ['from=2026-04-20&to=2026-05-05&compare=same_weekdays', 'from=2026-03-30&to=2026-04-14'],
    ['from=2026-05-01&to=2026-05-05&compare=same_dates', 'from=2026-04-01&to=2026-04-05'],
    ['from=2026-04-27&to=2026-05-04&compareFrom=2026-04-13&compareTo=2026-04-15', 'from=2026-04-13&to=2026-04-15'],
  ])('%s is compared with %s', async (query, other) => {
    const document = await changed(query);
    const before = (await world.server.kpis(`${other}&kpis=sales,conversion_rate,connects,dials`)).totals;
    expect(figures(document, 'compared')).toEqual(before);
    expect(document.compared).toEqual({
      from: new Date(Date.parse(`${other.slice(5, 15)}T00:00+08:00`)).toISOString(),
      to: new Date(Date.parse(`${other.slice(-10)}T00:00+08:00`)).toISOString(),
    });
    for (const section of document.sections) {
      if (section.kind !== 'chart') continue;
      const values = section.series[0]?.points.map(({ value }) => value ?? 0) ?? [];
      const end = values.pop() ?? 0;
      const sum = values.reduce((all, value) => all + value, 0);
      expect([section.id, Math.abs(sum - end) <= (section.series[0]?.unit === 'count' ? 0 : 1e-12)]).toEqual([
        section.id,
        true,
      ]);
    }
  });

  it('sales say how many more or fewer as a difference, which is read with its sign', async () => {
    const document = await changed('from=2026-05-04&to=2026-05-05&compareFrom=2026-04-13&compareTo=2026-04-15');
    const sales = tablesOf(document).filter(({ id }) => id.startsWith('sales_'));
    expect(sales.map(({ columns }) => columns.map(({ type }) => type))).toEqual(
      ['team', 'agent', 'hour_of_day'].map(() => ['text', 'count', 'count', 'difference']),
    );
  });

  it('of today as much of the other day as has passed, of dates of one’s own all', async () => {
    // It is noon in Shanghai.
    expect((await changed('range=today&compare=same_weekdays')).compared?.to).toBe('2026-04-28T04:00:00.000Z');
    const own = await changed('range=today&compareFrom=2026-04-28&compareTo=2026-04-29');
    expect(own.compared?.to).toBe('2026-04-28T16:00:00.000Z');
  });

  it.each([
    ['daily_floor', 'compare=same_weekdays', 'parameter_unknown compare'],
    ['what_changed', 'compare=last_year', 'choice_unknown compare'],
    ['what_changed', 'compareFrom=2026-04-01', 'report_compare_invalid compareTo'],
    ['what_changed', 'compare=previous&compareFrom=2026-04-01&compareTo=2026-04-02', 'report_compare_invalid compare'],
    ['what_changed', 'compareFrom=2026-04-02&compareTo=2026-04-01', 'range_empty compareTo'],
    ['what_changed', 'compareFrom=2026-04-02T00:00:00Z&compareTo=2026-04-03', 'date_only compareFrom'],
    ['what_changed', 'compareFrom=2020-01-01&compareTo=2026-01-01', 'range_too_long compareTo'],
  ])('%s?%s is 400 %s', async (id, query, error) => {
    const answer = await world.api.get(`/reports/ready/${id}?${query}`);
    expect([answer.status, answer.error]).toEqual([400, error]);
  });
});

it('a filter by campaign says why time in states has no value', async () => {
  const query = `${WEEK}&agent=${world.agents.Ann}`;
  const why = /Time in states belongs to no campaign/;
  const card = await world.report('agent_scorecard', `${query}&campaign=1`);
  expect(card.notes.map(({ en }) => en)).toContainEqual(expect.stringMatching(why));
  const states = card.sections.find(({ id }) => id === 'states');
  expect(JSON.stringify(states)).toMatch(why);
  expect(JSON.stringify(await world.report('agent_scorecard', query))).not.toMatch(why);
});

it('what was entered here is no sign of life of a phone system', async () => {
  const from = Date.parse(`${TODAY}T00:00+08:00`);
  const { events, heard } = await readLog(world.server.db.pool, from, from + 86_400_000);
  const { rows } = await world.server.db.pool.query<{ own: number; all: number }>(
    `SELECT count(*) FILTER (WHERE provider = 'tallyboard')::integer AS own, count(*)::integer AS all FROM call_event`,
  );
  expect(rows[0]?.own).toBeGreaterThan(0);
  expect([events, heard.map(({ provider }) => provider)]).toEqual([rows[0]?.all, ['twilio']]);
});
