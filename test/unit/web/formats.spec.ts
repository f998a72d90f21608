/** Proves that figures, durations and times are written as readers of each language write them, and "no value" as "—". */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addDays,
  countParts,
  dateInZone,
  formatBusinessDate,
  formatClock,
  formatCount,
  formatDuration,
  formatFraction,
  formatHour,
  formatKpi,
  formatMinutes,
  formatMoney,
  formatStopwatch,
} from '../../../web/src/format/index.js';

describe('counts', () => {
  test.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [12_345, '12,345', '12,345'],
    [99_999, '99,999', '99,999'],
    [100_000, '100,000', '10万'],
    [123_456, '123,456', '12.35万'],
    [99_994_999, '99,994,999', '9,999.5万'],
    // 9,999.99 万 and a half more would be 10,000 万, which people write 1 亿.
    [99_999_999, '99,999,999', '1亿'],
    [1_234_567_890, '1,234,567,890', '12.35亿'],
  ])('%d', (value, en, zh) => {
    expect(formatCount(value, 'en')).toBe(en);
    expect(formatCount(value, 'zh')).toBe(zh);
  });

  test('a missing value is never 0', () => {
    for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(formatCount(missing, 'en')).toBe('—');
      expect(formatFraction(missing, 'zh')).toBe('—');
      expect(formatDuration(missing, 'en')).toBe('—');
    }
  });

  test('the unit is a piece of its own', () => {
    expect(countParts(250_000, 'zh')).toEqual([
      { kind: 'digits', text: '25' },
      { kind: 'unit', text: '万' },
    ]);
  });

  test('English keeps every digit of any count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (value) => {
        expect(Number(formatCount(value, 'en').replaceAll(',', ''))).toBe(value);
      }),
    );
  });
});

describe('fractions', () => {
  test.each([
    [0, '0.0%'],
    [0.4, '40.0%'],
    [0.41249, '41.2%'],
    // 0.0625 is exact in binary: half goes up.
    [0.4125, '41.3%'],
    [1.25, '125.0%'],
  ])('%d → %s', (value, text) => {
    expect(formatFraction(value, 'en')).toBe(text);
  });
});

describe('durations', () => {
  test.each([
    [0, '0 s', '0秒'],
    [42.4, '42 s', '42秒'],
    [59.5, '1 m 00 s', '1分00秒'],
    [185, '3 m 05 s', '3分05秒'],
    [3_599.4, '59 m 59 s', '59分59秒'],
    // 59 min 59.5 s is an hour when rounded to seconds; the minute it then shows is 0.
    [3_599.5, '1 h 00 m', '1小时00分'],
    [7_500, '2 h 05 m', '2小时05分'],
    // 2 h 59 min 30 s: half a minute goes up, with its carry.
    [10_770, '3 h 00 m', '3小时00分'],
    [367_500, '102 h 05 m', '102小时05分'],
  ])('%d s', (value, en, zh) => {
    expect(formatDuration(value, 'en')).toBe(en);
    expect(formatDuration(value, 'zh')).toBe(zh);
  });

  test.each([
    [-500, '0:00'],
    [7_999, '0:07'],
    [247_000, '4:07'],
    [7_513_000, '2:05:13'],
    [93_600_000, '26:00:00'],
  ])('stopwatch %d ms → %s', (value, text) => {
    expect(formatStopwatch(value)).toBe(text);
  });

  test('whole minutes', () => {
    expect(formatMinutes(1_259_999, 'en')).toBe('20 m');
    expect(formatMinutes(1_259_999, 'zh')).toBe('20分钟');
    expect(formatMinutes(7_500_000, 'zh')).toBe('2小时05分');
  });

  test('minutes and seconds never reach 60', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (seconds) => {
        const numbers = (formatDuration(seconds, 'en').match(/\d+/g) ?? []).map(Number);
        expect(numbers.at(-1)).toBeLessThan(60);
      }),
    );
  });
});

describe('times', () => {
  const instant = Date.UTC(2026, 10, 22, 6, 3, 7);

  test('are those of the board’s zone, 24 h in both languages', () => {
    expect(formatClock(instant, 'Asia/Shanghai', 'zh')).toBe('14:03:07');
    expect(formatClock(instant, 'Asia/Shanghai', 'en')).toBe('14:03:07');
    expect(formatClock(Date.UTC(2026, 10, 22, 16, 0, 0), 'Asia/Shanghai', 'en')).toBe('00:00:00');
    expect(formatHour(instant, 'America/New_York')).toBe('1');
  });

  test('business dates are local already and do not shift', () => {
    expect(formatBusinessDate('2026-11-22', 'en')).toBe('Sunday, November 22');
    expect(formatBusinessDate('2026-11-22', 'zh')).toBe('11月22日星期日');
  });

  test('a date in a zone, and the days around it', () => {
    expect(dateInZone(Date.UTC(2026, 11, 31, 17, 0), 'Asia/Shanghai')).toBe('2027-01-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});

describe('KPI values', () => {
  test('follow their unit', () => {
    expect(formatKpi(0.4, 'fraction', 'en')).toBe('40.0%');
    expect(formatKpi(185, 'seconds', 'zh')).toBe('3分05秒');
    expect(formatKpi(12.34, 'per_hour', 'en')).toBe('12.3/h');
    expect(formatKpi(null, 'money', 'en')).toBe('—');
    expect(formatKpi([], 'money', 'en')).toBe('—');
  });

  test('several currencies stand side by side and are not added', () => {
    const value = [
      { amountMinor: 123_456, currency: 'CNY' },
      { amountMinor: 500, currency: 'JPY' },
    ];
    expect(formatKpi(value, 'money', 'en')).toBe('CN¥1,234.56 + ¥500');
  });

  test('large Chinese amounts in 万', () => {
    expect(formatMoney(12_345_600, 'CNY', 'zh')).toBe('¥12.35万');
  });
});
