/** What requests about targets bring, checked; errors name the field. */
import { z } from 'zod';
import { parseInput } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import { CASCADE_BY, CASCADE_TO, readScopeKey, TARGET_PERIODS, type TargetScope } from '../../shared/targets.js';
import { dateField, ScopeBody, TargetBody } from '../model/check-target.js';

const text = z.string().max(400).optional();
const value = z.number().min(0).max(1e14);

export const ListQuery = z.strictObject({
  scope: text,
  kpi: text,
  period: z.enum(TARGET_PERIODS).optional(),
  at: dateField.optional(),
});
export const AttainmentQuery = z.strictObject({ scope: text, date: dateField.optional() });
export const RevisionQuery = z.strictObject({ revision: z.string().regex(/^[1-9]\d{0,8}$/, 'must be its revision') });
export const PreviewQuery = z.strictObject({ kpi: text, connectRate: text, effectiveSeconds: text });

export const PreviewBody = z.strictObject({
  targets: z.array(z.strictObject({ kpi: z.string().min(1).max(60), value: z.number() })).max(20),
  connectRate: z.number().min(0.001).max(1).optional(),
  effectiveSeconds: z.number().min(0).max(86_400).optional(),
});
export const CascadeBody = z.strictObject({
  targetId: z.int().min(1).max(2_147_483_647),
  to: z.enum(CASCADE_TO),
  by: z.enum(CASCADE_BY),
  weights: z.record(z.string().max(40), value).optional(),
  fixed: z.record(z.string().max(40), value).optional(),
  at: dateField.optional(),
});
export const CascadeApplyBody = z.strictObject({
  targetId: z.int().min(1).max(2_147_483_647),
  revision: z.int().min(1).max(2_147_483_647),
  parts: z
    .array(
      TargetBody.pick({ scope: true, period: true, validFrom: true, locked: true }).extend({
        value,
        validUntil: dateField.nullable(),
      }),
    )
    .min(1)
    .max(2_000),
});
export const RollupBody = z.strictObject({
  scope: ScopeBody,
  kpi: z.string().min(1).max(60),
  period: z.enum(TARGET_PERIODS),
  from: z.enum(['children', 'agents']),
  at: dateField,
});

/** `organisation`, `team:3`, `agent:7`; undefined when absent. Throws `choice_unknown`. */
export function readScope(given: string | undefined): TargetScope | undefined {
  if (given === undefined || given === '') return undefined;
  const scope = readScopeKey(given);
  if (scope !== null) return scope;
  const allowed = 'organisation, team:3, agent:7';
  throw new AppError('choice_unknown', { field: 'scope', params: { name: 'scope', allowed } });
}

/** `kpi=dials:50,conversion_rate:0.1` and numbers, as the body has them. */
export function readPreviewQuery(raw: unknown): z.infer<typeof PreviewBody> {
  const { kpi = '', connectRate, effectiveSeconds } = parseInput(PreviewQuery, raw);
  const targets = kpi
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', number = ''] = part.split(':');
      return { kpi: id, value: number === '' ? Number.NaN : Number(number) };
    });
  const number = (given: string | undefined) => (given === undefined || given === '' ? undefined : Number(given));
  return parseInput(PreviewBody, {
    targets,
    connectRate: number(connectRate),
    effectiveSeconds: number(effectiveSeconds),
  });
}
