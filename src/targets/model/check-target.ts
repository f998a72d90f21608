/** A target somebody sent, held against every rule that needs no database. Pure. */
import { z } from 'zod';
import { findDefinition } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import { TARGET_PERIODS, type TargetCreate } from '../../shared/targets.js';
import { type Figure, figureOf } from '../figures.js';

const ID_MAX = 2_147_483_647;
const VALUE_MAX = 1e14;

const scopeId = z.int().min(1).max(ID_MAX);
export const ScopeBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('organisation') }),
  z.strictObject({ kind: z.literal('team'), id: scopeId }),
  z.strictObject({ kind: z.literal('agent'), id: scopeId }),
]);
export const dateField = z.iso
  .date('must be a date such as 2026-03-14')
  .refine((day) => day >= '2000-01-01' && day < '2200-01-01', 'must lie between 2000 and 2199');
const kpi = z.string().min(1).max(60);

export const TargetBody = z.strictObject({
  scope: ScopeBody,
  kpi,
  period: z.enum(TARGET_PERIODS),
  value: z.number(),
  currency: z.string().length(3).nullable().optional(),
  validFrom: dateField,
  validUntil: dateField.nullable().optional(),
  locked: z.boolean().optional(),
});
export const TargetPatchBody = z.strictObject({
  revision: z.int().min(1).max(ID_MAX),
  value: z.number().optional(),
  validFrom: dateField.optional(),
  validUntil: dateField.nullable().optional(),
  locked: z.boolean().optional(),
});
export const BatchBody = z.strictObject({ targets: z.array(TargetBody).min(1).max(500) });

/** Rates of sales in their usual short form: which of them is what the number stands or falls with. */
const BARE: Record<string, readonly string[]> = {
  conversion: ['conversion_dial', 'conversion_rate', 'conversion_contact', 'conversion_handled', 'conversion_customer'],
  connect: ['connect_rate', 'connect_rate_valid', 'customer_connect_rate'],
  rate: ['connect_rate', 'contact_rate', 'conversion_dial', 'conversion_rate', 'conversion_contact'],
};
const SHORT: Record<string, string> = {
  close_rate: 'conversion',
  sales_rate: 'conversion',
  success_rate: 'conversion',
  conversions: 'conversion',
  percent: 'rate',
  answer_rate: 'connect',
};

/** Throws `target_denominator_missing` or `target_kpi_unknown`. */
export function requireFigure(id: string, field = 'kpi'): Figure {
  const figure = figureOf(id);
  if (figure !== null) return figure;
  const bare = BARE[SHORT[id] ?? id];
  if (bare !== undefined) {
    throw new AppError('target_denominator_missing', { field, params: { kpi: id, allowed: bare.join(', ') } });
  }
  throw new AppError('target_kpi_unknown', { field, params: { kpi: id.slice(0, 60) } });
}

/** Throws `target_value_invalid`. */
export function requireValue(figure: Figure, value: number, field = 'value'): void {
  const rule = ruleOf(figure, value);
  if (rule === null) return;
  throw new AppError('target_value_invalid', { field, params: { kpi: figure.id, rule } });
}

function ruleOf(figure: Figure, value: number): string | null {
  if (!Number.isFinite(value) || value <= 0) return 'above 0';
  if (value > VALUE_MAX) return `at most ${VALUE_MAX}`;
  if (figure.kind !== 'ratio' && !Number.isInteger(value)) return 'a whole number';
  // 40 is a slip for 0.4; per day a conversion can pass 1, but no target does.
  if (findDefinition(figure.id)?.unit === 'fraction' && value > 1) return 'a fraction up to 1 (40 % is 0.4)';
  return null;
}

export function requireOrder({ validFrom, validUntil }: Pick<TargetCreate, 'validFrom' | 'validUntil'>): void {
  if (validUntil != null && validUntil < validFrom)
    throw new AppError('target_dates_reversed', { field: 'validUntil' });
}
