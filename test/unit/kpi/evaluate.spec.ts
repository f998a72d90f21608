/**
 * Proves: a KPI is a ratio of sums with no value on an empty denominator, seconds keep their decimals, splitting
 * the rows in any way changes nothing, and values equal arithmetic done by hand.
 */
import fc from 'fast-check';
import {
  AVAILABLE_KPI_IDS,
  addMeasures,
  CATALOG,
  emptyMeasures,
  evaluate,
  MEASURE_COLUMNS,
  type Measures,
} from '../../../src/kpi/catalog/index.js';

const measuresOf = (some: Partial<Measures>): Measures => ({ ...emptyMeasures(), ...some });
const anyMeasures: fc.Arbitrary<Measures> = fc
  .array(fc.nat(100_000), { minLength: MEASURE_COLUMNS.length, maxLength: MEASURE_COLUMNS.length })
  .map((values) => Object.fromEntries(MEASURE_COLUMNS.map((column, i) => [column, values[i]])) as Measures);

describe('evaluate, golden values', () => {
  const day = measuresOf({
    dials: 50,
    invalid: 10,
    connects: 20,
    connects_ended: 19,
    humans: 16,
    effective: 4,
    talk_ms: 2_417_500,
    inbound: 8,
    inbound_answered: 6,
    inbound_talk_ms: 600_250,
  });
  const golden: [id: string, arithmetic: string, value: number][] = [
    ['dials', 'the count itself', 50],
    ['connect_rate', '20 ÷ 50', 0.4],
    ['connect_rate_valid', '20 ÷ (50 − 10)', 0.5],
    ['human_rate', '16 ÷ 50', 0.32],
    ['effective_rate', '4 ÷ 19', 4 / 19],
    ['talk_s', '2,417,500 ms', 2417.5],
    ['avg_talk_s', '2,417.5 s ÷ 19 = 127.2368…', 2417.5 / 19],
    ['talk_total_s', '2,417.5 + 600.25', 3017.75],
    ['inbound_answer_rate', '6 ÷ 8', 0.75],
  ];
  it.each(golden)('%s: %s', (id, _arithmetic, value) => {
    expect(evaluate(id, { measures: day })).toBe(value);
  });

  it('customer_connect_rate: 12 of 30 customers', () => {
    const operands = { measures: day, customers: 30, customersConnected: 12 };
    expect(evaluate('customer_connect_rate', operands)).toBe(0.4);
    expect(evaluate('customers', operands)).toBe(30);
    expect(evaluate('customers_connected', operands)).toBe(12);
  });

  it('has no value, rather than 0, on an empty denominator', () => {
    const measures = emptyMeasures();
    const ratios = CATALOG.filter((definition) => definition.kind === 'ratio');
    for (const { id } of ratios) expect(evaluate(id, { measures, customers: 0, customersConnected: 0 })).toBeNull();
    expect(evaluate('connect_rate_valid', { measures: measuresOf({ dials: 3, invalid: 3 }) })).toBeNull();
    expect(evaluate('dials', { measures })).toBe(0);
  });

  it('has no value where customers cannot be counted, nor for an unknown id', () => {
    expect(evaluate('customers', { measures: day })).toBeNull();
    expect(evaluate('customer_connect_rate', { measures: day, customers: null, customersConnected: null })).toBeNull();
    expect(evaluate('__proto__', { measures: day })).toBeNull();
  });
});

describe('evaluate, properties', () => {
  it('whatever waits for data has no value, whatever is available is finite or none', () => {
    fc.assert(
      fc.property(anyMeasures, fc.nat(1000), fc.nat(1000), (measures, customers, customersConnected) => {
        for (const { id, available } of CATALOG) {
          const value = evaluate(id, { measures, customers, customersConnected });
          if (!available) expect(value).toBeNull();
          else expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('splitting rows in any way and adding them again changes no figure', () => {
    fc.assert(
      fc.property(fc.array(anyMeasures, { maxLength: 8 }), fc.nat(8), (rows, cut) => {
        const sumOf = (some: Measures[]) => {
          const total = emptyMeasures();
          for (const row of some) addMeasures(total, row);
          return total;
        };
        const whole = sumOf(rows);
        const halves = sumOf([sumOf(rows.slice(0, cut)), sumOf(rows.slice(cut))]);
        for (const id of AVAILABLE_KPI_IDS) {
          expect(evaluate(id, { measures: halves })).toBe(evaluate(id, { measures: whole }));
        }
      }),
    );
  });

  it('taking away what was added leaves nothing', () => {
    fc.assert(
      fc.property(anyMeasures, anyMeasures, (first, second) => {
        const total = { ...first };
        addMeasures(total, second, 1);
        addMeasures(total, second, -1);
        expect(total).toEqual(first);
      }),
    );
  });

  it('a ratio of sums lies between the smallest and the largest ratio of its rows', () => {
    fc.assert(
      fc.property(fc.array(anyMeasures, { minLength: 1, maxLength: 6 }), (rows) => {
        const total = emptyMeasures();
        for (const row of rows) addMeasures(total, row);
        const all = rows.filter((row) => row.dials > 0).map((row) => row.connects / row.dials);
        const free = rows.some((row) => row.dials === 0 && row.connects > 0);
        const rate = evaluate('connect_rate', { measures: total });
        if (rate === null) expect(all).toHaveLength(0);
        else if (!free) {
          expect(rate).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
          expect(rate).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        }
      }),
    );
  });
});
