/** Proves how the wallboard writes and compares its figures, and that it knows every KPI of the catalog. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CATALOG } from '../../../src/kpi/catalog/index.js';
import { compareWithTarget, compareWithUsual } from '../../../web/src/wallboard/figure-model.js';
import { formOf, KNOWN_KPIS } from '../../../web/src/wallboard/kpi-forms.js';

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
    const measures = available.filter(({ kind }) => kind === 'measure').map(({ id }) => id);
    for (const id of KNOWN_KPIS) {
      for (const names of [en.wall.kpi, zh.wall.kpi] as Record<string, string>[]) expect(names[id]).toBeTruthy();
      const { opens } = formOf(id);
      if (opens !== null) expect(measures).toContain(opens);
    }
  });
});
