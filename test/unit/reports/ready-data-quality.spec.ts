/** Proves what data quality says of an outage: when, by the report's clock, and of which phone system when there are several. */
import { dataQuality, type QualityFigures } from '../../../src/reports/ready/reports/data-quality.js';
import type { ReportResult } from '../../../src/shared/reports.js';

const MINUTE = 60_000;
const DATES = { from: '2026-05-04', to: '2026-05-05' };
const HOURS = { weekdays: { startMinutes: 540, endMinutes: 660 }, weekends: null };
const result: ReportResult = {
  asOf: '2026-05-05T00:00:00Z',
  timeZone: 'Asia/Shanghai',
  from: '2026-05-03T16:00:00Z',
  to: '2026-05-04T16:00:00Z',
  dates: DATES,
  compared: null,
  spec: { range: DATES, kpis: ['dials'], groupBy: [], filters: {}, compare: 'none' },
  rows: [],
  totals: { dials: 0 },
  comparedTotals: null,
};
/** 09:00 to 11:00 in Shanghai. */
const start = Date.parse('2026-05-04T01:00Z');
const stretches = [{ from: start, to: start + 120 * MINUTE }];
const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => start + (from + n) * MINUTE);

function said(heard: QualityFigures['log']['heard']): { en: string; zh: string }[] {
  const late = { overMinute: 0, overQuarter: 0, overDay: 0, maxSeconds: 0 };
  const log = { events: 500, late, heard, parked: [] };
  const same = { main: result, agents: result, days: result, hours: result, past: result, pastDays: result };
  const expected = { stretches, fromHistory: false };
  const { sections } = dataQuality({ dates: DATES, callingHours: HOURS }, { ...same, log, expected });
  const found = sections.find(({ id }) => id === 'silence');
  return found?.kind === 'text' ? found.paragraphs : [];
}

it('a gap is told by the clock of the report', () => {
  const [answer] = said([{ provider: 'twilio', minutes: [...minutes(0, 30), ...minutes(75, 120)] }]);
  expect(answer?.en).toBe(
    'No: nothing came in for 45 min, from 2026-05-04 09:30 to 2026-05-04 10:15 (Asia/Shanghai), while calls are expected.',
  );
  expect(answer?.zh).toContain('2026-05-04 09:30 至 2026-05-04 10:15（Asia/Shanghai）共 45 分钟');
});

it('of several systems the gap of each is named: one hides that of another', () => {
  const [answer, bySource] = said([
    { provider: 'asterisk', minutes: minutes(0, 120) },
    { provider: 'twilio', minutes: minutes(0, 60) },
  ]);
  expect(answer?.en).toMatch(/^Yes: /);
  expect(bySource?.en).toContain('twilio 60 min (2026-05-04 10:00 to 2026-05-04 11:00)');
  expect(bySource?.en).toContain('asterisk 1 min');
});

it('without any system heard there is no answer but to look, whatever was entered here', () => {
  expect(said([])[0]?.en).toMatch(/^No event of a phone system was received/);
});
