/** What requests bring: bodies, ids and lists, checked before anything is read or written. */
import { z } from 'zod';
import { AppError } from '../platform/index.js';

const ID_MAX = 2_147_483_647;

/** Text PostgreSQL can keep and people can read: no control characters, no lone surrogates. */
function isPlainText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

export const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .refine(isPlainText, 'must not hold control characters');
export const plainText = (max: number) =>
  z.string().trim().max(max).refine(isPlainText, 'must not hold control characters');
export const id = z.int().min(0).max(ID_MAX);
export const date = z.iso
  .date('must be a date such as 2026-03-14')
  .refine((day) => day >= '1970-01-01' && day < '2200-01-01', 'must lie between 1970 and 2199');
export const validFrom = z.string().max(40).optional();

/** Checks a body; throws `request_invalid` with the field and what it must be. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? (issue?.path.join('.') || 'body');
  const reason = unknown === undefined ? (issue?.message ?? 'not valid') : 'there is no such field';
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${reason}` } });
}

/** An id of a path; what is no id is a thing that does not exist. */
export function pathId(text: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= ID_MAX)) throw new AppError('not_found');
  return value;
}

const IDS_MAX = 100;

/** `3` or `3,5,8`; undefined when absent. */
export function readIdList(field: string, value: string | undefined): number[] | undefined {
  if (value === undefined || value === '') return undefined;
  const ids = value.split(',').map((part) => (/^\d{1,10}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (ids.length > IDS_MAX || !ids.every((one) => one <= ID_MAX)) {
    throw new AppError('id_invalid', { field, params: { name: field, max: IDS_MAX } });
  }
  return [...new Set(ids)];
}

/** A date of a path. */
export function pathDate(text: string): string {
  const parsed = date.safeParse(text);
  if (!parsed.success) throw new AppError('time_invalid', { field: 'date', params: { name: 'date' } });
  return parsed.data;
}

/** Two patches of one thing: only the fields that are given and differ. */
export function changedFields<T extends object>(before: T, patch: Partial<T>): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(patch) as (keyof T)[]) {
    if (patch[key] !== undefined && patch[key] !== before[key]) changed[key] = patch[key];
  }
  return changed;
}

/** The same fields as they were before, for the audit log: what did not change is no change. */
export function asBefore<T extends object>(before: T, changed: Partial<T>): Partial<T> {
  const was: Partial<T> = {};
  for (const key of Object.keys(changed) as (keyof T)[]) was[key] = before[key];
  return was;
}
