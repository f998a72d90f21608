/**
 * Sums whose money may be of several currencies. The currency comes with the campaign of a row; amounts of several are
 * listed, never added (kpi.md section 2). Everything else is summed over all rows. Pure.
 */
import type { KpiValue, MoneyValue } from '../../shared/api.js';
import { findDefinition } from './catalog.js';
import { evaluate, type KpiOperands } from './evaluate.js';
import {
  addMeasures,
  emptyMeasures,
  MEASURE_COLUMNS,
  type MeasureColumn,
  type Measures,
  STATE_COLUMNS,
} from './measures.js';

const AMOUNTS = ['revenue_minor', 'inbound_revenue_minor', 'other_revenue_minor'] as const;

export class CurrencySums {
  readonly total: Measures = emptyMeasures();
  private readonly byCurrency = new Map<string, Measures>();

  /** `columns`: those that are ever added; all others stay 0. */
  constructor(private readonly columns: readonly MeasureColumn[] = MEASURE_COLUMNS) {}

  /** `currency`: of the row's campaign; null for rows of no campaign, which hold no money. */
  add(currency: string | null, delta: Readonly<Measures>, sign: 1 | -1 = 1): void {
    addMeasures(this.total, delta, sign, this.columns);
    if (currency === null) return;
    const known = this.byCurrency.get(currency) ?? emptyMeasures();
    addMeasures(known, delta, sign, this.columns);
    this.byCurrency.set(currency, known);
  }

  addAll(other: CurrencySums): void {
    addMeasures(this.total, other.total);
    for (const [currency, measures] of other.byCurrency) {
      const known = this.byCurrency.get(currency) ?? emptyMeasures();
      addMeasures(known, measures);
      this.byCurrency.set(currency, known);
    }
  }

  /**
   * Value of one KPI as the API gives it: a number, or for money the amount (a list over several currencies). Without any
   * money the amount is 0 of `currency`, the organisation's own. Null = no value.
   */
  value(kpiId: string, currency: string, counts: Omit<KpiOperands, 'measures'> = {}): KpiValue {
    const unit = findDefinition(kpiId)?.unit;
    if (unit !== 'money' && unit !== 'money_per_hour') return evaluate(kpiId, { measures: this.total, ...counts });
    const amounts = this.currenciesWithMoney(currency).flatMap((own): MoneyValue[] => {
      const amountMinor = evaluate(kpiId, { measures: this.measuresOf(own), ...counts });
      return amountMinor === null ? [] : [{ amountMinor, currency: own }];
    });
    const [only] = amounts;
    if (only === undefined) return null;
    return amounts.length === 1 ? only : amounts;
  }

  private currenciesWithMoney(fallback: string): string[] {
    const found = [...this.byCurrency].flatMap(([currency, sums]) =>
      AMOUNTS.some((column) => sums[column] !== 0) ? [currency] : [],
    );
    return found.length === 0 ? [fallback] : found.sort();
  }

  private measuresOf(currency: string): Measures {
    const measures = { ...(this.byCurrency.get(currency) ?? emptyMeasures()) };
    // Time in a state belongs to no campaign: it counts for the hours under every currency.
    for (const column of STATE_COLUMNS) measures[column] = this.total[column];
    return measures;
  }
}
