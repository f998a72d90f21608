/**
 * A $filter as a condition in SQL, parameterised, over the closed columns of a set. Checks every type. Three-valued as the
 * protocol has it: `eq` and `ne` are true or false also with null, `gt` and its like are false with null. Pure.
 */
import type { AddParameter } from '../../access/index.js';
import { type EdmType, type EntitySet, findProperty, type Property } from './model/entity-set.js';
import type { Expression, FunctionName, Literal } from './syntax/expression.js';
import { OdataError } from './syntax/odata-error.js';

type ValueType = EdmType | 'null';

interface Compiled {
  sql: string;
  type: ValueType;
  nullable: boolean;
}

const BIGINT_MAX = 9_223_372_036_854_775_807n;
const NUMBERS: ReadonlySet<ValueType> = new Set(['Int64', 'Decimal', 'Double']);
const OPERATOR = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

export function compileFilter(expression: Expression, set: EntitySet, add: AddParameter): string {
  const compiler = new Compiler(set, add);
  const { sql, type } = compiler.compile(expression);
  if (type !== 'Boolean' && type !== 'null') throw mismatch('$filter', expression.at, [type]);
  return type === 'null' ? 'false' : sql;
}

/** Throws `odata_property_unknown`, `odata_property_unfilterable`. */
export function requireProperty(set: EntitySet, name: string, option: string, at: number): Property {
  const found = findProperty(set, name);
  const params = { set: set.name, name: name.slice(0, 60), option };
  if (found === undefined) throw new OdataError('odata_property_unknown', at, { field: option, params });
  if (!found.filterable && option !== '$select') {
    throw new OdataError('odata_property_unfilterable', at, { field: option, params });
  }
  return found;
}

class Compiler {
  constructor(
    private readonly set: EntitySet,
    private readonly add: AddParameter,
  ) {}

  compile(expression: Expression): Compiled {
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'property': {
        const { sql, type, nullable } = requireProperty(this.set, expression.name, '$filter', expression.at);
        return { sql: `(${sql})`, type, nullable };
      }
      case 'not': {
        const of = this.boolean(expression.of, 'not', expression.at);
        return { ...of, sql: `(NOT ${of.sql})` };
      }
      case 'in':
        return this.membership(expression);
      case 'call':
        return this.call(expression.name, expression.args, expression.at);
      case 'binary':
        return this.binary(expression);
    }
  }

  private binary({ operator, left, right, at }: Extract<Expression, { kind: 'binary' }>): Compiled {
    if (operator === 'and' || operator === 'or') {
      const [a, b] = [this.boolean(left, operator, at), this.boolean(right, operator, at)];
      const sql = `(${a.sql} ${operator.toUpperCase()} ${b.sql})`;
      return { sql, type: 'Boolean', nullable: a.nullable || b.nullable };
    }
    return compare(operator, this.compile(left), this.compile(right), at);
  }

  /** As a chain of `eq`, or for what is never null a list that an index can answer. */
  private membership({ left, list, at }: Extract<Expression, { kind: 'in' }>): Compiled {
    const parts = list.map((item) => compare('eq', this.compile(left), this.literal(item), at).sql);
    return { sql: `(${parts.join(' OR ')})`, type: 'Boolean', nullable: false };
  }

  private boolean(expression: Expression, operation: string, at: number): Compiled {
    const found = this.compile(expression);
    if (found.type === 'null') return { sql: 'NULL::boolean', type: 'Boolean', nullable: true };
    if (found.type !== 'Boolean') throw mismatch(operation, at, [found.type]);
    return found;
  }

  private literal({ type, text, at }: Literal): Compiled {
    const given = (edm: EdmType, sqlType: string) => ({ sql: this.add(text, sqlType), type: edm, nullable: false });
    switch (type) {
      case 'null':
        return { sql: 'NULL', type: 'null', nullable: true };
      case 'boolean':
        return { sql: text, type: 'Boolean', nullable: false };
      case 'integer':
        return isBigint(text) ? given('Int64', 'bigint') : given('Decimal', 'numeric');
      case 'decimal':
        return given('Decimal', 'numeric');
      case 'double':
        return { sql: this.add(text.replace('INF', 'Infinity'), 'float8'), type: 'Double', nullable: false };
      case 'string':
        return given('String', 'text');
      case 'date':
        return given('Date', 'date');
      case 'dateTimeOffset':
        return given('DateTimeOffset', 'timestamptz');
      case 'timeOfDay':
      case 'duration':
      case 'guid':
        // Nothing here is of these types, so nothing can be compared with them.
        throw mismatch('value', at, [type]);
    }
  }

  private call(name: FunctionName, args: Expression[], at: number): Compiled {
    const values = args.map((arg) => this.compile(arg));
    const [a = NOTHING, b = NOTHING] = values;
    const nullable = values.some((value) => value.nullable);
    const allow = (...types: EdmType[]) => {
      const wrong = values.filter(({ type }) => type !== 'null' && !types.some((one) => one === type));
      if (wrong.length > 0)
        throw mismatch(
          name,
          at,
          values.map(({ type }) => type),
        );
    };
    if (name === 'year' || name === 'month' || name === 'day' || name === 'date') allow('Date', 'DateTimeOffset');
    else if (name === 'hour' || name === 'minute' || name === 'second') allow('DateTimeOffset');
    else allow('String');
    if (values.some(({ type }) => type === 'null')) return { sql: 'NULL', type: 'null', nullable: true };
    const utc = a.type === 'DateTimeOffset' ? `(${a.sql} AT TIME ZONE 'UTC')` : a.sql;
    return { ...CALLS[name](a.sql, b.sql, utc), nullable };
  }
}

const NOTHING: Compiled = { sql: 'NULL', type: 'null', nullable: true };
const part = (field: string) => (_a: string, _b: string, utc: string) => ({
  sql: `trunc(extract(${field} FROM ${utc}))::bigint`,
  type: 'Int64' as const,
});
const text = (made: (a: string, b: string) => string) => (a: string, b: string) => ({
  sql: made(a, b),
  type: 'String' as const,
});
const test = (made: (a: string, b: string) => string) => (a: string, b: string) => ({
  sql: made(a, b),
  type: 'Boolean' as const,
});

const CALLS: Record<FunctionName, (a: string, b: string, utc: string) => { sql: string; type: EdmType }> = {
  contains: test((a, b) => `(strpos(${a}, ${b}) > 0)`),
  startswith: test((a, b) => `starts_with(${a}, ${b})`),
  endswith: test((a, b) => `(right(${a}, length(${b})) = ${b})`),
  concat: text((a, b) => `(${a} || ${b})`),
  tolower: text((a) => `lower(${a})`),
  toupper: text((a) => `upper(${a})`),
  trim: text((a) => `btrim(${a}, E' \\t\\n\\r')`),
  length: (a) => ({ sql: `length(${a})::bigint`, type: 'Int64' }),
  year: part('year'),
  month: part('month'),
  day: part('day'),
  hour: part('hour'),
  minute: part('minute'),
  second: part('second'),
  date: (_a, _b, utc) => ({ sql: `(${utc})::date`, type: 'Date' }),
};

function compare(operator: keyof typeof OPERATOR, a: Compiled, b: Compiled, at: number): Compiled {
  const isEquality = operator === 'eq' || operator === 'ne';
  const alike = a.type === b.type || (NUMBERS.has(a.type) && NUMBERS.has(b.type));
  const withNull = a.type === 'null' || b.type === 'null';
  if (!alike && !withNull) throw mismatch(operator, at, [a.type, b.type]);
  if (!isEquality && (withNull || a.type === 'Boolean')) {
    if (withNull) return { sql: 'false', type: 'Boolean', nullable: false };
    throw mismatch(operator, at, [a.type, b.type]);
  }
  return { sql: `(${comparison(operator, a, b)})`, type: 'Boolean', nullable: false };
}

function comparison(operator: keyof typeof OPERATOR, a: Compiled, b: Compiled): string {
  if (a.type === 'null' && b.type === 'null') return operator === 'eq' ? 'true' : 'false';
  // Text by its characters, the same in every database.
  const [left, right] = a.type === 'String' && b.type === 'String' ? [`${a.sql} COLLATE "C"`, b.sql] : [a.sql, b.sql];
  const plain = `${left} ${OPERATOR[operator]} ${right}`;
  if (!a.nullable && !b.nullable) return plain;
  if (operator === 'eq') return `${left} IS NOT DISTINCT FROM ${right}`;
  if (operator === 'ne') return `${left} IS DISTINCT FROM ${right}`;
  return `coalesce(${plain}, false)`;
}

function isBigint(text: string): boolean {
  const value = BigInt(text.replace('+', ''));
  return value <= BIGINT_MAX && value >= -BIGINT_MAX;
}

function mismatch(operation: string, at: number, types: readonly string[]): OdataError {
  return new OdataError('odata_type_mismatch', at, {
    field: '$filter',
    params: { operation, option: '$filter', types: types.join(', ') },
  });
}
