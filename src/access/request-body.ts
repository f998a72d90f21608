import type { z } from 'zod';
import { AppError } from '../platform/index.js';

/**
 * What a request carries, checked. Throws `parameter_unknown` for a key that does not belong, `choice_unknown` for a
 * value outside a closed list, else `request_invalid`; the field is named whenever there is one.
 */
export function parseInput<S extends z.ZodObject>(schema: S, given: unknown): z.infer<S> {
  // Nothing sent at all is an empty object: what is missing is then named.
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const allowed = Object.keys(schema.shape).join(', ');
  if (issue?.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    throw new AppError('parameter_unknown', { field: name.slice(0, 60), params: { name: name.slice(0, 60), allowed } });
  }
  const field = issue?.path[0];
  if (typeof field !== 'string') {
    throw new AppError('request_invalid', { params: { reason: `send an object with ${allowed}` } });
  }
  if (issue?.code === 'invalid_value') {
    throw new AppError('choice_unknown', { field, params: { name: field, allowed: issue.values.join(', ') } });
  }
  // Sentences of the schema speak of the rule, never of the value.
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${issue?.message ?? 'not usable'}` } });
}

/** An id in the path; what cannot be one is not found. */
export function idOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new AppError('not_found');
  return Number(text);
}
