/** What somebody sends to keep a report, checked; and what was kept, as this version reads it. Pure. */
import { z } from 'zod';
import { findDefinition } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import { ReportSourceSchema } from '../../shared/report-schema.js';
import type { ReportSource } from '../../shared/reports.js';
import {
  SAVED_REPORT_LIMITS,
  SAVED_REPORT_VISIBILITIES,
  type SavedReportCopy,
  type SavedReportCreate,
  type SavedReportPatch,
  type SavedReportProblem,
} from '../../shared/saved-reports.js';

const Name = z
  .string()
  .trim()
  .min(1)
  .max(SAVED_REPORT_LIMITS.nameLength)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
const TeamId = z.int().min(1).max(2_147_483_647).nullable().optional();

export const SavedReportCreateSchema = z.strictObject({
  name: Name,
  visibility: z.enum(SAVED_REPORT_VISIBILITIES),
  teamId: TeamId,
  source: ReportSourceSchema,
});
export const SavedReportPatchSchema = SavedReportCreateSchema.partial();
export const SavedReportCopySchema = z.strictObject({ name: Name });

export function readCreate(body: unknown): SavedReportCreate {
  const wish = parse(SavedReportCreateSchema, body);
  requireKpis(wish.source);
  return wish;
}

export function readPatch(body: unknown): SavedReportPatch {
  const wish = parse(SavedReportPatchSchema, body);
  if (wish.source !== undefined) requireKpis(wish.source);
  return wish;
}

export const readCopy = (body: unknown): SavedReportCopy => parse(SavedReportCopySchema, body);

/** Throws `saved_report_invalid`, naming the field by its path. */
function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(extra === undefined ? [] : [extra])].join('.').slice(0, 80) || 'body';
  const reason = extra === undefined ? (issue?.message ?? 'not valid') : 'there is no such field';
  throw new AppError('saved_report_invalid', { field, params: { field, reason } });
}

/** Throws `kpi_unknown`. */
function requireKpis(source: ReportSource): void {
  const [unknown] = unknownKpis(source);
  if (unknown !== undefined) throw new AppError('kpi_unknown', { field: 'source.spec.kpis', params: { id: unknown } });
}

const unknownKpis = (source: ReportSource): string[] =>
  source.kind === 'explore' ? source.spec.kpis.filter((id) => findDefinition(id) === undefined) : [];

/** A question another version may have written: what is unknown in it is named, and what cannot be read is null. */
export function readKept(kept: unknown): { source: ReportSource | null; problems: SavedReportProblem[] } {
  const parsed = ReportSourceSchema.safeParse(kept);
  if (!parsed.success) return { source: null, problems: [{ kind: 'unreadable' }] };
  return { source: parsed.data, problems: unknownKpis(parsed.data).map((id) => ({ kind: 'kpi_unknown', id })) };
}
