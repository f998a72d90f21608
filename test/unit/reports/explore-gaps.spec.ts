/**
 * Proves which figures of a question are said to have no value, where and why, and that a question without such says nothing;
 * and that what calls and time in states are made of together is not worked out from one half of it.
 */
import { emptyMeasures } from '../../../src/kpi/index.js';
import { emptyCell, valuesOf } from '../../../src/reports/explore/cells.js';
import { gapsOf } from '../../../src/reports/explore/gaps.js';
import type { ReportFilters, ReportGrouping } from '../../../src/shared/reports.js';

const KPIS = ['dials', 'connect_rate', 'occupancy', 'aht_s', 'customers', 'conversion_customer', 'touch_rate'];
const STATES = 'occupancy,aht_s';
const CUSTOMERS = 'customers,conversion_customer';
const DATES = { from: '2026-05-04', to: '2026-05-06' };

it.each([
  ['agent', {}, DATES, []],
  ['agent,team', { teams: [1] }, DATES, []],
  ['agent,week', { agents: [1] }, DATES, []],
  ['weekday', {}, DATES, ['ownership rows touch_rate']],
  ['campaign', {}, DATES, [`states_of_no_campaign rows ${STATES}`, 'ownership rows touch_rate']],
  ['', { campaigns: [1] }, DATES, [`states_of_no_campaign everywhere ${STATES}`, 'ownership everywhere touch_rate']],
  ['', { campaigns: [0] }, DATES, ['states_of_no_campaign everywhere aht_s', 'ownership everywhere touch_rate']],
  ['', { campaigns: [0, 1] }, DATES, [`states_of_no_campaign everywhere ${STATES}`, 'ownership everywhere touch_rate']],
  ['disposition', {}, DATES, [`states_of_no_call everywhere ${STATES}`, 'ownership rows touch_rate']],
  ['', { callerNumbers: ['1'] }, DATES, [`states_of_no_call everywhere ${STATES}`, 'ownership everywhere touch_rate']],
  ['hour_of_day', {}, DATES, [`customers_by_day rows ${CUSTOMERS}`, 'ownership rows touch_rate']],
  ['agent', { intervals: [1] }, DATES, [`customers_by_day everywhere ${CUSTOMERS}`, 'ownership everywhere touch_rate']],
  ['agent', {}, null, [`customers_by_day everywhere ${CUSTOMERS}`, 'ownership everywhere touch_rate']],
] satisfies [string, ReportFilters, typeof DATES | null, string[]][])(
  'by "%s", filtered by %j, of %j',
  (groupings, filters, dates, expected) => {
    const groupBy = groupings.split(',').filter((one): one is ReportGrouping => one !== '');
    const spec = { range: { preset: 'today' as const }, kpis: KPIS, groupBy, filters, compare: 'none' as const };
    const gaps = gapsOf({ spec, dates });
    expect(gaps.map(({ code, where, kpis }) => `${code} ${where} ${kpis.join()}`)).toEqual(expected);
    for (const { text } of gaps) expect([text.en.length > 20, /[\u4e00-\u9fff]/.test(text.zh)]).toEqual([true, true]);
    // Nothing is missing of what is not asked for.
    expect(gapsOf({ spec: { ...spec, kpis: ['dials', 'connect_rate'] }, dates })).toEqual([]);
  },
);

it.each([
  [null, 130, 130],
  ['rows', null, 130],
  ['everywhere', null, null],
] as const)(
  'time in states missing %s: handling time is not that without the wrap-up',
  (withoutStates, inRows, inTotal) => {
    const cell = emptyCell(['1']);
    cell.sums.add(null, { ...emptyMeasures(), connects_ended: 1, talk_ms: 100_000, wrap_up_ms: 30_000 });
    const missing = { rows: false, total: false };
    const reading = { cells: new Map(), total: cell, customers: missing, owned: missing, withoutStates };
    const kpis = ['aht_s', 'talk_s', 'wrap_up_s'];
    const shown = (value: number | null) => ({ aht_s: value, talk_s: 100, wrap_up_s: value === null ? null : 30 });
    expect(valuesOf(cell, kpis, reading, 'rows', 'CNY')).toEqual(shown(inRows));
    expect(valuesOf(cell, kpis, reading, 'total', 'CNY')).toEqual(shown(inTotal));
  },
);
