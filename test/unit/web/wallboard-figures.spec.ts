/** Proves how the wallboard writes and compares its figures, and that it knows every KPI of the catalog. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CATALOG } from '../../../src/kpi/catalog/index.js';
import { COUNTED_CALLS } from '../../../src/kpi/read/measure-filter.js';
import { OUTCOME_MEASURE_IDS } from '../../../src/shared/outcomes.js';
import { compareWithTarget, compareWithUsual } from '../../../web/src/wallboard/figure-model.js';
import { countsNothing, formOf, KNOWN_KPIS } from '../../../web/src/wallboard/kpi-forms.js';

const en = messages('en');
const zh = messages('zh');

function messages(language: string): { wall: { kpi: Record<string, string> } } {
  const file = join(import.meta.dirname, `../../../web/src/i18n/${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as { wall: { kpi: Record<string, string> } };
}

const figure = formOf;

describe('comparison with what is usual', () => {
  test('counts in percent of the usual value', () => {
    expect(compareWithUsual(figure('dials'), 450, 412, 'en')).toMatchObject({ trend: 'up', size: '9%', unit: 'none' });
    expect(compareWithUsual(figure('dials'), 400, 500, 'zh')).toMatchObject({ trend: 'down', size: '20%' });
  });
  test('rates in points, averages in time', () => {
    expect(compareWithUsual(figure('connect_rate'), 0.412, 0.4, 'en')).toMatchObject({
      trend: 'up',
      size: '1.2',
      unit: 'points',
    });
    expect(compareWithUsual(figure('avg_talk_s'), 173, 185, 'zh')).toMatchObject({ trend: 'down', size: '12秒' });
  });
  test('a difference that rounds to nothing is none', () => {
    expect(compareWithUsual(figure('dials'), 1_001, 1_000, 'en')?.trend).toBe('same');
    expect(compareWithUsual(figure('connect_rate'), 0.4004, 0.4, 'en')?.trend).toBe('same');
  });
  test('there is none without a value, without history, or against nothing', () => {
    expect(compareWithUsual(figure('dials'), null, 4, 'en')).toBeNull();
    expect(compareWithUsual(figure('dials'), 4, null, 'en')).toBeNull();
    expect(compareWithUsual(figure('dials'), 4, 0, 'en')).toBeNull();
  });
  test('both marks stay on the bar', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_KPIS.map(formOf)), amount, amount, (some, value, usual) => {
        const comparison = compareWithUsual(some, value, usual, 'en');
        if (!comparison) return;
        for (const share of [comparison.share, comparison.usualShare]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('comparison with a target', () => {
  test('by the share of the day that has usually passed, else by what is reached', () => {
    expect(compareWithTarget(figure('dials'), 60, 100, 0.5, 'en')).toMatchObject({
      comparison: { trend: 'up', size: '20%' },
      share: 0.6,
      markShare: 0.5,
      reached: 0.6,
    });
    expect(compareWithTarget(figure('dials'), 60, 100, null, 'en')).toEqual({
      comparison: null,
      share: 0.6,
      markShare: 1,
      reached: 0.6,
    });
    expect(compareWithTarget(figure('dials'), 150, 100, 1, 'en')).toMatchObject({ share: 1, reached: 1.5 });
  });
  test('rates by the difference itself, whatever the time of day', () => {
    expect(compareWithTarget(figure('connect_rate'), 0.38, 0.4, 0.5, 'zh')).toMatchObject({
      comparison: { trend: 'down', size: '2', unit: 'points' },
      reached: null,
    });
    expect(compareWithTarget(figure('connect_rate'), null, 0.4, null, 'zh')).toBeNull();
  });
});

describe('what the wall knows of each KPI', () => {
  // What is evaluated elsewhere (targets, ownership) is no sum of a day: boards cannot count it.
  const available = CATALOG.filter(({ available, expression }) => available && expression.type !== 'elsewhere');
  const kinds = {
    count: 'count',
    seconds: 'duration',
    fraction: 'fraction',
    money: 'money',
    per_hour: 'per_hour',
    money_per_hour: 'money_per_hour',
  };
  test('is what the catalog says', () => {
    expect([...KNOWN_KPIS].sort()).toEqual(available.map(({ id }) => id).sort());
    for (const { id, unit, kind, goodDirection } of available) {
      const form = formOf(id);
      expect([id, form.kind, form.compare, form.isLessBetter]).toEqual([
        id,
        kinds[unit],
        kind === 'ratio' ? 'difference' : 'relative',
        goodDirection === 'down',
      ]);
    }
  });
  test('includes a name in both languages, and something to open', () => {
    const listed: string[] = [...COUNTED_CALLS.keys(), ...OUTCOME_MEASURE_IDS];
    for (const id of KNOWN_KPIS) {
      for (const names of [en.wall.kpi, zh.wall.kpi] as Record<string, string>[]) expect(names[id]).toBeTruthy();
      const { opens } = formOf(id);
      if (opens !== null) expect(listed).toContain(opens);
    }
  });
  test('opens all a figure is made of: talk and sales of either direction', () => {
    for (const { id, expression } of available) {
      if (expression.type === 'sum' && expression.terms.length > 1) expect([id, null]).toContain(formOf(id).opens);
    }
    for (const id of ['aht_s', 'sales_per_hour', 'revenue_per_hour']) expect(formOf(id).opens).toBe(id);
  });
  test('a count of nothing opens nothing, a rate of 0 what it is a rate of; per hour nothing again', () => {
    const none = { amountMinor: 0, currency: 'CNY' };
    for (const id of ['dials', 'talk_total_s', 'dials_per_hour', 'sales_per_hour'])
      expect([id, countsNothing(id, 0)]).toEqual([id, true]);
    for (const id of ['connect_rate', 'conversion_rate', 'callback_kept_rate', 'aht_s'])
      expect([id, countsNothing(id, 0), countsNothing(id, null)]).toEqual([id, false, true]);
    expect([countsNothing('revenue', none), countsNothing('revenue_per_hour', [none])]).toEqual([true, true]);
    expect([countsNothing('revenue', { ...none, amountMinor: 5 }), countsNothing('dials', 1)]).toEqual([false, false]);
  });
});
