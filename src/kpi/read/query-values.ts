import { AppError } from '../../platform/index.js';

/** Query parameters as the HTTP layer hands them over: text, or a list where a name was repeated. */
export type RawQuery = Readonly<Record<string, unknown>>;

/** Checks the names (unknown ones are refused) and that each is given once; empty values count as absent. */
export function readParameters<Name extends string>(query: RawQuery, allowed: readonly Name[]): Map<Name, string> {
  const values = new Map<Name, string>();
  for (const [given, value] of Object.entries(query)) {
    const name = allowed.find((candidate) => candidate === given);
    if (name === undefined) {
      throw new AppError('parameter_unknown', { field: given, params: { name: given, allowed: allowed.join(', ') } });
    }
    if (typeof value !== 'string') throw new AppError('parameter_repeated', { field: name, params: { name } });
    if (value !== '') values.set(name, value);
  }
  return values;
}

/** One of a closed list; undefined when absent. */
export function readChoice<Choice extends string>(
  name: string,
  value: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new AppError('choice_unknown', { field: name, params: { name, allowed: choices.join(', ') } });
  }
  return found;
}

export function readInteger(name: string, value: string | undefined, min: number, max: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max))
    throw new AppError('number_invalid', { field: name, params: { name, min, max } });
  return number;
}

const MAX_IDS = 100;
const MAX_ID = 2_147_483_647;

/** `3` or `3,5,8`: ids of settings. */
export function readIds(name: string, value: string | undefined): number[] | undefined {
  if (value === undefined) return undefined;
  const ids = value.split(',').map((part) => (/^\d{1,10}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (ids.length > MAX_IDS || !ids.every((id) => id <= MAX_ID)) {
    throw new AppError('id_invalid', { field: name, params: { name, max: MAX_IDS } });
  }
  return [...new Set(ids)];
}

/** One surrogate id of a customer, as text: it may be larger than a number holds exactly. */
export function readSurrogate(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^[1-9]\d{0,17}$/.test(value)) {
    throw new AppError('id_invalid', { field: name, params: { name, max: 1 } });
  }
  return value;
}
