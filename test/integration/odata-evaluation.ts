/** An evaluation of OData queries of its own, over rows in memory: what the feed is held against. Imports nothing of it. */
import fc from 'fast-check';
import type { Row } from './odata-world.js';

export interface Field {
  name: string;
  type: string;
  nullable: boolean;
}

export type Test = { text: string; holds(row: Row): boolean | null };
/** Three values: null is neither. */
const not = (value: boolean | null): boolean | null => (value === null ? null : !value);
const and = (a: boolean | null, b: boolean | null) =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const or = (a: boolean | null, b: boolean | null) =>
  a === true || b === true ? true : a === null || b === null ? null : false;
const order = (a: Row[string], b: Row[string]): number => {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
};
const COMPARE: Record<string, (a: Row[string], b: Row[string]) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && order(a, b) > 0,
  ge: (a, b) => a !== null && b !== null && order(a, b) >= 0,
  lt: (a, b) => a !== null && b !== null && order(a, b) < 0,
  le: (a, b) => a !== null && b !== null && order(a, b) <= 0,
};
const TEXT: Record<string, (a: string, b: string) => boolean> = {
  contains: (a, b) => a.includes(b),
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
};
const PARTS: Record<string, (at: Date) => number> = {
  year: (at) => at.getUTCFullYear(),
  month: (at) => at.getUTCMonth() + 1,
  day: (at) => at.getUTCDate(),
  hour: (at) => at.getUTCHours(),
  minute: (at) => at.getUTCMinutes(),
};
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export function literalOf(value: Row[string], type: string): string {
  if (value === null) return 'null';
  return type === 'Edm.String' ? quoted(String(value)) : String(value);
}

/** Queries about these rows that the rows themselves answer. */
export function tests(all: Field[], rows: Row[]): fc.Arbitrary<Test> {
  const fields = all.filter(({ name }) => name !== 'customer');
  const valuesOf = (field: Field) => fc.constantFrom(...rows.map((row) => row[field.name] ?? null));
  const leaf = fc.constantFrom(...fields).chain((field): fc.Arbitrary<Test> => {
    const { name, type } = field;
    const compared = fc
      .tuple(fc.constantFrom(...Object.keys(COMPARE)), valuesOf(field))
      .map(([operator, value]): Test => {
        // Of booleans and null there is no more and less.
        const own = type === 'Edm.Boolean' ? (operator === 'ne' ? 'ne' : 'eq') : operator;
        return {
          text: `${name} ${own} ${literalOf(value, type)}`,
          holds: (row) => COMPARE[own]?.(row[name] ?? null, value) ?? false,
        };
      });
    const listed = fc.array(valuesOf(field), { minLength: 1, maxLength: 3 }).map(
      (list): Test => ({
        text: `${name} in (${list.map((value) => literalOf(value, type)).join(',')})`,
        holds: (row) => list.includes(row[name] ?? null),
      }),
    );
    if (type === 'Edm.String') return fc.oneof(compared, listed, textual(field, valuesOf(field)));
    if (type === 'Edm.DateTimeOffset' || type === 'Edm.Date')
      return fc.oneof(compared, listed, dated(field, valuesOf(field)));
    return fc.oneof(compared, listed);
  });
  return fc.letrec<{ node: Test }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie('node').map((one): Test => ({ text: `not (${one.text})`, holds: (row) => not(one.holds(row)) })),
      fc
        .tuple(tie('node'), tie('node'))
        .map(
          ([a, b]): Test => ({ text: `(${a.text}) and (${b.text})`, holds: (row) => and(a.holds(row), b.holds(row)) }),
        ),
      fc
        .tuple(tie('node'), tie('node'))
        .map(
          ([a, b]): Test => ({ text: `(${a.text}) or (${b.text})`, holds: (row) => or(a.holds(row), b.holds(row)) }),
        ),
    ),
  })).node;
}

function textual({ name }: Field, values: fc.Arbitrary<Row[string]>): fc.Arbitrary<Test> {
  const part = fc
    .tuple(values, fc.nat(5), fc.nat(6))
    .map(([value, from, size]) => String(value ?? '').slice(from, from + size));
  const called = fc
    .tuple(fc.constantFrom(...Object.keys(TEXT)), part, fc.boolean())
    .map(([call, text, lower]): Test => {
      const read = (value: string) => (lower ? value.toLowerCase() : value);
      return {
        text: `${call}(${lower ? `tolower(${name})` : name},${quoted(read(text))})`,
        holds: (row) => (row[name] === null ? null : (TEXT[call]?.(read(String(row[name])), read(text)) ?? null)),
      };
    });
  const length = fc.nat(40).map(
    (size): Test => ({
      text: `length(${name}) gt ${size}`,
      holds: (row) => row[name] !== null && [...String(row[name])].length > size,
    }),
  );
  return fc.oneof(called, length);
}

function dated({ name, type }: Field, values: fc.Arbitrary<Row[string]>): fc.Arbitrary<Test> {
  const calls = type === 'Edm.Date' ? ['year', 'month', 'day'] : Object.keys(PARTS);
  return fc.tuple(fc.constantFrom(...calls), values).map(([call, value]): Test => {
    const read = (at: Row[string]): number | null =>
      at === null ? null : (PARTS[call]?.(new Date(String(at))) ?? null);
    const wanted = read(value) ?? 1;
    return { text: `${call}(${name}) eq ${wanted}`, holds: (row) => read(row[name] ?? null) === wanted };
  });
}

/** Null is the smallest. */
export function compareRows(a: Row, b: Row, by: [string, boolean][]): number {
  for (const [name, down] of by) {
    const [left, right] = [a[name] ?? null, b[name] ?? null];
    const found = left === right ? 0 : left === null ? -1 : right === null ? 1 : order(left, right);
    if (found !== 0) return down ? -found : found;
  }
  return 0;
}

export function pick(row: Row, names: string[] | null): Row {
  return names === null ? row : Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}
