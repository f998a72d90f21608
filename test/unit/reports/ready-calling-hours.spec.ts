/**
 * Proves how reports use the calling hours: whole hours only, a part of the week at a time without overlap, advice that names the
 * segment and the days, and no advice outside.
 */
import { callingHoursNote, daysOfHour, hoursText, insideFilters } from '../../../src/reports/ready/calling-hours.js';
import { bestHours } from '../../../src/reports/ready/reports/best-hours.js';
import { adviceSection, adviceText } from '../../../src/reports/ready/reports/best-hours-advice.js';
import { addedUp, KPIS, RATES } from '../../../src/reports/ready/reports/best-hours-questions.js';
import { type CallingHours, hoursInside, hoursOn, wholeHours } from '../../../src/shared/calling-hours.js';
import type { ReportResult, ReportRow } from '../../../src/shared/reports.js';
import { CALLING_HOURS_AT_FIRST } from '../../support/calling-hours.js';

const span = (from: number, to: number) => ({ startMinutes: from * 60, endMinutes: to * 60 });
/** Canada's rule: 09:00–21:30, at weekends 10:00–18:00. */
const CANADA: CallingHours = { weekdays: span(9, 21.5), weekends: span(10, 18) };
const WEEKDAYS_ONLY: CallingHours = { weekdays: span(9, 12), weekends: null };

describe('calling hours', () => {
  test.each([
    [span(8, 21), 8, 20],
    [span(9, 21.5), 9, 20],
    [span(9.25, 12), 10, 11],
    [span(0, 24), 0, 23],
  ])('of %j the whole hours are %i to %i', (given, first, last) => {
    const hours = wholeHours(given);
    expect([hours[0], hours.at(-1), hours.length]).toEqual([first, last, last - first + 1]);
  });

  test('less than an hour of the clock, and none at all, hold no hour', () => {
    expect([wholeHours(span(9.25, 10.75)), wholeHours(null)]).toEqual([[], []]);
  });

  test('filters cover what is inside, each hour of the week once', () => {
    for (const hours of [CALLING_HOURS_AT_FIRST, CANADA, WEEKDAYS_ONLY, { ...CANADA, weekends: span(9.25, 9.75) }]) {
      const asked = insideFilters(hours).flatMap(({ weekdays = [1, 2, 3, 4, 5, 6, 7], hoursOfDay = [] }) =>
        weekdays.flatMap((weekday) => hoursOfDay.map((hour) => `${weekday}|${hour}`)),
      );
      const inside = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => hoursOn(hours, day).map((hour) => `${day}|${hour}`));
      expect([...asked].sort()).toEqual(inside.sort());
    }
    expect(insideFilters(CALLING_HOURS_AT_FIRST)).toHaveLength(1);
    expect([hoursInside(CANADA)[0], hoursInside(CANADA).at(-1)]).toEqual([9, 20]);
    expect([daysOfHour(CANADA, 10), daysOfHour(CANADA, 20)]).toEqual([null, [1, 2, 3, 4, 5]]);
  });

  test('are said in words', () => {
    expect(hoursText(CALLING_HOURS_AT_FIRST).en).toBe('08:00–21:00');
    expect(hoursText(CANADA)).toEqual({
      en: '09:00–21:30 Monday to Friday, 10:00–18:00 at weekends',
      zh: '周一至周五 09:00–21:30，周末 10:00–18:00',
    });
    expect(callingHoursNote(WEEKDAYS_ONLY).en).toContain('09:00–12:00 Monday to Friday, not at weekends');
  });
});

const row = (keys: string[], dials: number, connects: number, sales = 0): ReportRow => ({
  keys,
  labels: keys.map((key) => ({ en: key, zh: key })),
  values: {
    dials,
    connects,
    sales,
    connect_rate: dials === 0 ? null : connects / dials,
    conversion_rate: connects === 0 ? null : sales / connects,
  },
  compared: null,
});
const result = (rows: ReportRow[]): ReportResult => ({
  asOf: '2026-05-05T00:00:00Z',
  timeZone: 'Asia/Shanghai',
  from: '2026-05-03T16:00:00Z',
  to: '2026-05-05T16:00:00Z',
  dates: { from: '2026-05-04', to: '2026-05-06' },
  compared: null,
  spec: { range: { from: '2026-05-04', to: '2026-05-06' }, kpis: [...KPIS], groupBy: [], filters: {}, compare: 'none' },
  rows,
  totals: rows.reduce(
    (all, { values }) => {
      const sum = (kpi: string) => Number(all.values[kpi]) + Number(values[kpi]);
      return row([], sum('dials'), sum('connects'), sum('sales'));
    },
    row([], 0, 0),
  ).values,
  comparedTotals: null,
});

test('parts of the week are added, and rates worked out of the sums', () => {
  const added = addedUp([result([row(['10'], 30, 10, 2), row(['20'], 4, 1)]), result([row(['10'], 10, 6, 2)])]);
  expect(added.rows.map(({ keys, values }) => [keys, values])).toEqual([
    [['10'], { dials: 40, connects: 16, sales: 4, connect_rate: 0.4, conversion_rate: 0.25 }],
    [['20'], expect.objectContaining({ dials: 4, connects: 1 })],
  ]);
  expect(added.totals).toMatchObject({ dials: 44, connects: 17, sales: 4, conversion_rate: 4 / 17 });
});

describe('advice', () => {
  const [connectRate] = RATES;
  const clear = {
    kind: 'clear',
    hour: 20,
    value: 0.5,
    low: 0.45,
    high: 0.55,
    others: 0.4,
    trials: 300,
    share: 0.1,
  } as const;

  test('names the segment, the days it holds for, the interval and how much of all it is', () => {
    const { en, zh } = adviceText({ en: 'Team North', zh: '团队“北”' }, connectRate, clear, CANADA);
    expect(en).toBe(
      'Team North: the connect rate is best between 20:00 and 21:00, Monday to Friday: about 50.0% (nine times out of ten 45.0% to 55.0%) against 40.0% at other hours. That is more than chance. 300 dials, 10.0% of all, fall into it.',
    );
    expect(zh).toContain('团队“北”：20:00–21:00（周一至周五）接通率最高');
  });

  test('of segments without a clear hour only the names are given, in one sentence', () => {
    const bySegment = (key: string, rates: [number, number]) => [
      row([key, '10'], 1_000, rates[0]),
      row([key, '11'], 1_000, rates[1]),
    ];
    const { paragraphs } = adviceSection(
      {
        hours: [row(['10'], 3_000, 1_300, 200), row(['11'], 3_000, 900, 200)],
        campaigns: [...bySegment('Clear', [500, 300]), ...bySegment('Even', [400, 400])],
        teams: [row(['Few', '10'], 10, 9)],
      },
      CALLING_HOURS_AT_FIRST,
    );
    expect(paragraphs.map(({ en }) => en.split(/[:.]/)[0])).toEqual([
      ...Array(4).fill('All calls'),
      'Campaign Clear',
      'Campaign Even',
      'Team Few',
    ]);
    expect(paragraphs.at(-2)?.en).toContain('no hour whose connect rate is better');
    expect(paragraphs.at(-1)?.en).toContain('too few calls');
  });

  test('conversion is told of segments with enough connects, and nothing of the others', () => {
    const rows = [
      row(['Sells', '10'], 2_000, 1_000, 200),
      row(['Sells', '11'], 2_000, 1_000, 100),
      row(['Dials', '10'], 2_000, 100, 20),
      row(['Dials', '11'], 2_000, 90, 0),
    ];
    const hours = result([row(['10'], 4_000, 1_100, 220), row(['11'], 4_000, 1_090, 100)]);
    const main = result([row(['1', '10'], 4_000, 1_100, 220), row(['1', '11'], 4_000, 1_090, 100)]);
    const frame = { dates: { from: '2026-05-04', to: '2026-05-06' }, scope: { kind: 'all' as const } };
    const { sections } = bestHours(
      { ...frame, callingHours: CALLING_HOURS_AT_FIRST },
      { main, campaigns: result(rows), teams: result([row(['Few', '10'], 4_000, 30, 3)]), hours, allDials: 8_000 },
    );
    const advice = sections.find(({ id }) => id === 'advice');
    const told = (advice?.kind === 'text' ? advice.paragraphs : []).map(({ en }) => en);
    expect(told).toContainEqual(
      expect.stringMatching(/^Campaign Sells: the conversion per connect is best between 10:00 and 11:00: /),
    );
    expect(told.filter((text) => /conversion/.test(text) && /Dials|Few/.test(text))).toEqual([]);
    expect(sections.map(({ id }) => id).filter((id) => id.startsWith('advice_'))).toEqual([
      'advice_campaign',
      'advice_campaign_sales',
      'advice_team',
    ]);
    const table = sections.find(({ id }) => id === 'advice_campaign_sales');
    if (table?.kind !== 'table') throw new Error('There is no table of conversion');
    expect(table.columns.map(({ name }) => name.en).filter((name) => /estimate|then/.test(name))).toEqual([
      'Conversion per connect (estimate)',
      'Connects then',
    ]);
    expect(table.rows.map(({ cells, emphasis }) => [cells[1], (cells[8] as { en: string }).en, emphasis])).toEqual([
      [2_000, 'More than chance', 'good'],
      [190, 'Too few calls', undefined],
    ]);
  });

  test('the headline is the total of the table, and what lies outside is counted beside it', () => {
    const hours = result([row(['11'], 0, 0, 3), row(['10'], 300, 120, 9)]);
    const main = { ...result([row(['1', '10'], 300, 120, 9), row(['1', '11'], 0, 0, 3)]) };
    const none = result([]);
    const { headline, sections, notes } = bestHours(
      { dates: { from: '2026-05-04', to: '2026-05-06' }, scope: { kind: 'all' }, callingHours: WEEKDAYS_ONLY },
      { main, campaigns: none, teams: none, hours, allDials: 307 },
    );
    const table = sections.find(({ id }) => id === 'hours');
    if (table?.kind !== 'table') throw new Error('There is no table of hours');
    expect(table.rows.map(({ cells }) => cells[0])).toEqual(['10:00', '11:00']);
    expect(table.totals?.cells.slice(1, 6)).toEqual(headline.map(({ value }) => value));
    expect(table.rows[0]?.calls).toContain('weekday=1%2C2%2C3%2C4%2C5');
    expect(notes.map(({ en }) => en)).toContainEqual(expect.stringContaining('7 dials outside'));
  });
});
