/** What kind of figure a KPI is, and from how much on it may be compared. Pure; told by the catalog's own formula. */
import { findDefinition, type KpiDefinition } from '../kpi/catalog/index.js';
import { AppError } from '../platform/index.js';
import type { KpiValue } from '../shared/api.js';
import type { FigureKind } from '../shared/comparison.js';
import type { Counts } from './statistics/index.js';

/** Least denominators for a place. Below them a figure says more about chance than about the person. */
export const MINIMUM = {
  /** Calls behind a rate. */
  rate: 20,
  /** Things behind an average … */
  average: 10,
  /** … sales, of which there are few … */
  averageOfSales: 5,
  /** … or an hour of time, in seconds. */
  time: 3_600,
} as const;

export interface Figure {
  id: string;
  definition: KpiDefinition;
  kind: FigureKind;
  /** Ids of operands; those taken away begin with a minus. */
  over: readonly string[];
  under: readonly string[];
  minimum: number | null;
  minimumIsTime: boolean;
}

/** Throws `kpi_unknown`, and `kpi_not_comparable` for what is a comparison already. */
export function figureOf(id: string): Figure {
  const definition = findDefinition(id);
  if (definition === undefined) {
    throw new AppError('kpi_unknown', { field: 'kpi', params: { id: id.slice(0, 60) || '(empty)' } });
  }
  const { expression } = definition;
  if (!definition.available || id === 'attainment' || id === 'pace') {
    throw new AppError('kpi_not_comparable', { field: 'kpi', params: { id } });
  }
  // What is divided by what must be figures themselves, or nobody could look at how many there are (touch rate).
  const isPlain =
    expression.type !== 'ratio' ||
    [...expression.over, ...expression.under].some((term) => findDefinition(bare(term)) === undefined);
  if (isPlain) {
    return { id, definition, kind: 'sum', over: [], under: [], minimum: null, minimumIsTime: false };
  }
  const { over, under } = expression;
  const counted = [...over, ...under].every((term) => !isTime(term) && !isMoney(term));
  const kind = definition.unit === 'fraction' && counted ? 'rate' : 'average';
  const minimumIsTime = under.some(isTime);
  return { id, definition, kind, over, under, minimumIsTime, minimum: minimumOf(kind, minimumIsTime, under) };
}

function minimumOf(kind: FigureKind, isOfTime: boolean, under: readonly string[]): number {
  if (isOfTime) return MINIMUM.time;
  if (kind === 'rate') return MINIMUM.rate;
  return under.includes('sales') ? MINIMUM.averageOfSales : MINIMUM.average;
}

/** What has to be read for a figure: itself and what it is made of. */
export function operandsOf({ id, over, under }: Figure): string[] {
  return [...new Set([id, ...[...over, ...under].map(bare)])];
}

export interface Parts {
  numerator: number | null;
  denominator: number | null;
}

/** Numerator and denominator of a row of figures; null where one of them has no value there. */
export function partsOf({ over, under }: Figure, values: Readonly<Record<string, KpiValue>>): Parts {
  return { numerator: total(over, values), denominator: total(under, values) };
}

function total(terms: readonly string[], values: Readonly<Record<string, KpiValue>>): number | null {
  if (terms.length === 0) return null;
  let sum = 0;
  for (const term of terms) {
    const value = values[bare(term)];
    if (typeof value !== 'number') return null;
    sum += term.startsWith('-') ? -value : value;
  }
  return sum;
}

/** Null where they cannot be counted. */
export function countsOf({ numerator, denominator }: Parts): Counts | null {
  return numerator === null || denominator === null ? null : { successes: numerator, trials: denominator };
}

/** Of amounts the one in `currency`; an amount in another currency cannot be compared with it. */
export function numberOf(value: KpiValue | undefined, currency: string | null): number | null {
  if (value === null || value === undefined || typeof value === 'number') return value ?? null;
  const amounts = Array.isArray(value) ? value : [value];
  return amounts.find((amount) => amount.currency === currency)?.amountMinor ?? null;
}

export function isMoneyFigure({ definition }: Figure): boolean {
  return definition.unit === 'money' || definition.unit === 'money_per_hour';
}

function bare(term: string): string {
  return term.startsWith('-') ? term.slice(1) : term;
}

function isTime(term: string): boolean {
  return bare(term).endsWith('_s');
}

function isMoney(term: string): boolean {
  return findDefinition(bare(term))?.unit === 'money';
}

/** Currencies of the amounts among rows of figures, in alphabetical order. */
export function currenciesOf(
  { id }: Figure,
  rows: readonly { values: Readonly<Record<string, KpiValue>> }[],
): string[] {
  const found = rows.flatMap(({ values }) => {
    const value = values[id];
    if (value === null || value === undefined || typeof value === 'number') return [];
    return (Array.isArray(value) ? value : [value]).map(({ currency }) => currency);
  });
  return [...new Set(found)].sort();
}
