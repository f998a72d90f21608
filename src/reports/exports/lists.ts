/** What an export is made of, checked when it is asked for: a report's question, or the query of a list. */
import { z } from 'zod';
import { type RawQuery, readCallsQuery } from '../../kpi/read/index.js';
import { readOutcomesQuery } from '../../outcomes/index.js';
import { AppError } from '../../platform/index.js';
import type { ExportSource } from '../../shared/exports.js';
import { ReportSourceSchema } from '../../shared/report-schema.js';
import type { RowCell, RowColumn } from '../files/index.js';

/** A long list that is read while it is written. */
export interface List {
  /** Counted beforehand, up to one more than the most that is allowed. */
  count: number;
  columns: RowColumn[];
  rows: AsyncIterable<RowCell[]>;
}

const Query = z.string().max(4_000, 'is too long');
const ListSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calls'), query: Query }),
  z.strictObject({ kind: z.literal('outcomes'), query: Query }),
]);
const PeriodSchema = z.strictObject({
  kind: z.literal('period'),
  month: z.string().regex(/^(20|21)\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-04'),
});
const SourceSchema = z.union([ListSchema, PeriodSchema, ReportSourceSchema]);

/** Throws `request_invalid`, and for the query of a list what the list itself throws. */
export function readExportSource(given: unknown): ExportSource {
  const kind = (given as { kind?: unknown } | null)?.kind;
  const isList = kind === 'calls' || kind === 'outcomes';
  const schema = isList ? ListSchema : kind === 'period' ? PeriodSchema : ReportSourceSchema;
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = ['source', ...(issue?.path ?? [])].join('.');
    throw new AppError('request_invalid', { field, params: { reason: `${field}: ${issue?.message ?? 'not usable'}` } });
  }
  const source = parsed.data as ExportSource;
  if (source.kind === 'calls') callsQueryOf(source.query);
  if (source.kind === 'outcomes') outcomesQueryOf(source.query);
  return source;
}

/** One kept in a row; it was checked when it got there. */
export function keptSource(kept: unknown): ExportSource {
  return SourceSchema.parse(kept) as ExportSource;
}

export function callsQueryOf(query: string): ReturnType<typeof readCallsQuery> {
  return readCallsQuery(rawQuery(query));
}

export function outcomesQueryOf(query: string): ReturnType<typeof readOutcomesQuery> {
  return readOutcomesQuery(rawQuery(query));
}

/** As Fastify hands a query to a route: what is there twice is a list. */
function rawQuery(text: string): RawQuery {
  const parameters = new URLSearchParams(text);
  const raw: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    raw[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  for (const name of ['limit', 'cursor']) {
    if (name in raw) {
      const allowed = 'the query of the list without limit and cursor';
      throw new AppError('parameter_unknown', { field: 'source.query', params: { name, allowed } });
    }
  }
  return raw as RawQuery;
}
