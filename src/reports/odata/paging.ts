/**
 * Pages by keyset: the token of a page holds the values of its last row in the order asked for, so that rows added or
 * changed meanwhile neither repeat nor hide another. Pure.
 */
import { z } from 'zod';
import type { AddParameter } from '../../access/index.js';
import { type EdmType, type EntitySet, findProperty, SQL_TYPE } from './model/entity-set.js';
import type { OrderItem } from './query-options.js';
import { OdataError } from './syntax/odata-error.js';

export interface PageToken {
  /** Of the order, as the database writes them. */
  values: (string | null)[];
  /** Rows still wanted ($top); null: all. */
  left: number | null;
}

const TokenShape = z.strictObject({
  v: z.array(z.string().max(2_000).nullable()).min(1).max(20),
  l: z.int().min(0).nullable(),
});
const LONGEST = 8_000;

/** Each value as text of its type: what is none is no token of ours. */
const SHAPE: Record<EdmType, RegExp> = {
  Int64: /^-?\d{1,18}$/,
  Decimal: /^-?\d{1,30}(\.\d{1,30})?$/,
  Double: /^(-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?|-?Infinity|NaN)$/,
  String: /^[^\0]*$/,
  Boolean: /^(true|false)$/,
  Date: /^\d{4}-\d{2}-\d{2}$/,
  DateTimeOffset: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/,
};

/** With the key behind what was asked for: no two rows are alike in it. */
export function wholeOrder(set: EntitySet, asked: readonly OrderItem[]): OrderItem[] {
  const rest = (asked.length === 0 ? set.order : set.key).flatMap((name): OrderItem[] => {
    const property = findProperty(set, name);
    const known = asked.some((one) => one.property === property);
    return property === undefined || known ? [] : [{ property, descending: false }];
  });
  return [...asked, ...rest];
}

const sortable = ({ property }: OrderItem): string =>
  property.type === 'String' ? `(${property.sql}) COLLATE "C"` : `(${property.sql})`;

/** Nulls are the smallest, as the protocol has it. Without nulls nothing is said of them, so that an index can serve. */
export function orderSql(order: readonly OrderItem[]): string {
  return order
    .map((item) => {
      const nulls = item.property.nullable ? (item.descending ? ' NULLS LAST' : ' NULLS FIRST') : '';
      return `${sortable(item)}${item.descending ? ' DESC' : ''}${nulls}`;
    })
    .join(', ');
}

/** Columns `o0`, `o1` …: the values of a token. */
export function tokenColumns(order: readonly OrderItem[]): string {
  return order.map((item, n) => `(${item.property.sql})::text AS o${n}`).join(', ');
}

export function writeToken(row: Record<string, unknown>, order: readonly OrderItem[], left: number | null): string {
  const v = order.map((_, n) => row[`o${n}`] ?? null);
  return Buffer.from(JSON.stringify({ v, l: left }), 'utf8').toString('base64url');
}

/** Throws `odata_skiptoken_invalid`. */
export function readToken(text: string, order: readonly OrderItem[]): PageToken {
  try {
    const decoded: unknown = text.length > LONGEST ? null : JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const { v, l } = TokenShape.parse(decoded);
    const fits = order.every(({ property }, n) => {
      const value = v[n] ?? null;
      return value === null ? property.nullable : SHAPE[property.type].test(value);
    });
    if (fits && v.length === order.length) return { values: v, left: l };
  } catch {
    // Not ours: answered below.
  }
  throw new OdataError('odata_skiptoken_invalid', null, { field: '$skiptoken' });
}

/** Rows behind the one of the token. */
export function behindSql(order: readonly OrderItem[], { values }: PageToken, add: AddParameter): string {
  const places = order.map(({ property }, n) => {
    const value = values[n] ?? null;
    return value === null ? null : add(value, SQL_TYPE[property.type]);
  });
  const [first] = order;
  const simple = order.every((one) => !one.property.nullable && one.descending === first?.descending);
  if (simple) {
    const sign = first?.descending ? '<' : '>';
    return `(${order.map(sortable).join(', ')}) ${sign} (${places.join(', ')})`;
  }
  const alike: string[] = [];
  const ways = order.map((item, n) => {
    const place = places[n] ?? null;
    const way = [...alike, after(item, place)].join(' AND ');
    alike.push(place === null ? `${sortable(item)} IS NULL` : `${sortable(item)} = ${place}`);
    return `(${way})`;
  });
  return `(${ways.join(' OR ')})`;
}

function after(item: OrderItem, place: string | null): string {
  const column = sortable(item);
  if (!item.descending) return place === null ? `${column} IS NOT NULL` : `${column} > ${place}`;
  if (place === null) return 'false';
  return item.property.nullable ? `(${column} < ${place} OR ${column} IS NULL)` : `${column} < ${place}`;
}
