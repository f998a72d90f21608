/**
 * The rules of a report's question as a zod schema, for whatever keeps one: saved reports, exports, schedules. Kept apart
 * from reports.ts so that pages that only show reports do not load zod. Whether KPIs, people and teams exist the server
 * checks when it answers the question.
 */
import { z } from 'zod';
import {
  READY_COMPARISONS,
  READY_REPORTS,
  REPORT_COMPARISONS,
  REPORT_GROUPINGS,
  REPORT_RANGES,
  type ReportFilters,
  type ReportSource,
} from './reports.js';

/** Of one filter: as many as an address can carry. */
const FILTERED_MAX = 200;

const unique = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;
const NO_TWICE = 'must not hold the same twice';
/** A list of nothing is no filter, as in an address: else some would read "nobody" and others "everybody". */
const filtered = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .max(FILTERED_MAX)
    .refine(unique, NO_TWICE)
    .transform((list) => (list.length === 0 ? undefined : list))
    .optional();
const wholes = (min: number, max: number) => filtered(z.int().min(min).max(max));
const ids = wholes(0, 2_147_483_647);
const Kpi = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be the id of a KPI');

/** A business date or an instant. */
const Bound = z
  .string()
  .max(40)
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
    'must be a date (YYYY-MM-DD) or an instant (ISO 8601)',
  );

const RangeSchema = z.union([
  z.strictObject({ preset: z.enum(REPORT_RANGES) }),
  z.strictObject({ from: Bound, to: Bound }),
]);

const FILTERS = {
  agents: ids,
  teams: ids,
  campaigns: ids,
  dispositions: ids,
  callerNumbers: filtered(z.string().regex(/^\d{1,18}$/, 'must be the id of a number')),
  hoursOfDay: wholes(0, 23),
  weekdays: wholes(1, 7),
  intervals: wholes(0, 95),
} as const satisfies Record<keyof ReportFilters, z.ZodType>;

export const ReportSpecSchema = z.strictObject({
  range: RangeSchema,
  kpis: z.array(Kpi).min(1).max(20).refine(unique, NO_TWICE),
  groupBy: z.array(z.enum(REPORT_GROUPINGS)).max(2).refine(unique, NO_TWICE),
  filters: z.strictObject(FILTERS),
  compare: z.enum(REPORT_COMPARISONS),
});

export const ReadyQuerySchema = z.strictObject({
  range: RangeSchema,
  filters: z.strictObject({ agents: ids, teams: ids, campaigns: ids }),
  compare: z
    .union([z.strictObject({ preset: z.enum(READY_COMPARISONS) }), z.strictObject({ from: Bound, to: Bound })])
    .optional(),
});

/** A `ReportSource`; lists that were left out stay out. */
export const ReportSourceSchema: z.ZodType<ReportSource> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('explore'), spec: ReportSpecSchema }),
  z.strictObject({ kind: z.literal('ready'), report: z.enum(READY_REPORTS), query: ReadyQuerySchema }),
]) as z.ZodType<ReportSource>;
