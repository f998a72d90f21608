/** Reads a page, a count or one entity of a set: one statement over closed columns, in one snapshot of the database. */
import type { PoolClient } from 'pg';
import type { AddParameter } from '../../access/index.js';
import {
  AppError,
  type Clock,
  type Database,
  eachInTurns,
  inTransaction,
  READ_SNAPSHOT,
} from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { compileFilter } from './compile-filter.js';
import { readKey } from './entity-key.js';
import type { EntitySet, Property, ReadContext } from './model/entity-set.js';
import { behindSql, orderSql, readToken, tokenColumns, wholeOrder, writeToken } from './paging.js';
import type { FeedQuery, OrderItem } from './query-options.js';
import type { Expression } from './syntax/expression.js';
import { OdataError } from './syntax/odata-error.js';

export const PAGE_SIZE_MAX = 5_000;
const TIMEOUT_SECONDS = 20;

export interface FeedPage {
  rows: Record<string, unknown>[];
  count: number | null;
  /** $skiptoken of the page behind; null at the end. */
  next: string | null;
}

export interface FeedOptions {
  scope: Scope;
  /** Rows a page. */
  pageSize: number;
  /** Numbers that JavaScript may not hold exactly as text (IEEE754Compatible). */
  asText: boolean;
}

export class Feed {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
  ) {}

  page(set: EntitySet, query: FeedQuery, options: FeedOptions): Promise<FeedPage> {
    const order = wholeOrder(set, query.order);
    const token = query.token === null ? null : readToken(query.token, order);
    const wanted = token === null ? query.top : token.left;
    const size = Math.min(options.pageSize, wanted ?? Number.POSITIVE_INFINITY);
    const shown = query.select ?? set.properties;
    const named = [...shown, ...order.map((one) => one.property)].map(({ name }) => name);
    return this.read(options.scope, [...named, ...namesIn(query.filter)], async (tx, begin) => {
      const filtered = async (part?: number): Promise<Reading> => {
        const reading = await begin(set, part);
        if (query.filter !== null) reading.where.push(compileFilter(query.filter, set, reading.context.add));
        return reading;
      };
      const count = query.count && token === null ? await countOf(await filtered()) : null;
      if (size === 0) return { rows: [], count, next: null };
      const skip = token === null ? query.skip : 0;
      // In the order of the index one part after the other, until the page is full; else all at once.
      const parts = query.order.length === 0 && skip === 0 ? (set.parts ?? 1) : 1;
      const rows: Record<string, unknown>[] = [];
      for (let part = 0; part < parts && rows.length <= size; part++) {
        const reading = await filtered(parts === 1 ? undefined : part);
        if (token !== null) reading.where.push(behindSql(order, token, reading.context.add));
        const left = size + 1 - rows.length;
        rows.push(...(await rowsOf(reading, { shown, order, limit: left, skip, asText: options.asText })));
      }
      const page = rows.slice(0, size);
      const left = wanted === null ? null : wanted - page.length;
      const last = page.at(-1);
      const more = rows.length > size && last !== undefined && left !== 0;
      const next = more ? writeToken(last, order, left) : null;
      await eachInTurns(page, (row) => tidy(row, shown, order.length));
      await set.finish?.(page, tx);
      return { rows: page, count, next };
    });
  }

  count(set: EntitySet, filter: Expression | null, scope: Scope): Promise<number> {
    return this.read(scope, namesIn(filter), async (_tx, begin) => {
      const reading = await begin(set);
      if (filter !== null) reading.where.push(compileFilter(filter, set, reading.context.add));
      return countOf(reading);
    });
  }

  /** Throws `odata_key_invalid`, and `not_found` for what is not there or not to be seen. */
  one(set: EntitySet, key: string, select: Property[] | null, options: FeedOptions): Promise<Record<string, unknown>> {
    const filter = readKey(key, set);
    const shown = select ?? set.properties;
    const named = shown.map(({ name }) => name);
    return this.read(options.scope, named, async (tx, begin) => {
      const reading = await begin(set);
      reading.where.push(compileFilter(filter, set, reading.context.add));
      const [row] = await rowsOf(reading, { shown, order: [], limit: 1, skip: 0, asText: options.asText });
      if (row === undefined) throw new AppError('not_found');
      tidy(row, shown, 0);
      await set.finish?.([row], tx);
      return row;
    });
  }

  private async read<T>(scope: Scope, named: readonly string[], work: Work<T>): Promise<T> {
    const asked = new Set(named);
    const asks = (names: readonly string[]): boolean => names.some((name) => asked.has(name));
    try {
      return await inTransaction(
        this.database.pool,
        async (tx) => {
          await tx.query(`SET LOCAL statement_timeout = '${TIMEOUT_SECONDS}s'`);
          const now = this.clock.now();
          // Each statement with parameters of its own.
          return work(tx, async (set, part) => {
            const values: unknown[] = [];
            const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
            const context: ReadContext = { tx, scope, now, add, asks };
            const { from, where } = await set.source(context, part);
            return { context, from, where: [...where], values };
          });
        },
        READ_SNAPSHOT,
      );
    } catch (error) {
      throw ofDatabase(error);
    }
  }
}

type Work<T> = (tx: PoolClient, begin: (set: EntitySet, part?: number) => Promise<Reading>) => Promise<T>;

interface Reading {
  context: ReadContext;
  from: string;
  where: string[];
  values: unknown[];
}

interface Wanted {
  shown: readonly Property[];
  /** Empty: as they come. */
  order: readonly OrderItem[];
  limit: number;
  skip: number;
  asText: boolean;
}

async function rowsOf({ context, from, where, values }: Reading, wanted: Wanted): Promise<Record<string, unknown>[]> {
  const { shown, order, limit, skip, asText } = wanted;
  const columns = shown.map((one) => valueSql(one, asText)).join(', ');
  const sorted = order.length === 0 ? '' : ` ORDER BY ${orderSql(order)}`;
  const offset = skip > 0 ? ` OFFSET ${context.add(skip, 'bigint')}` : '';
  const { rows } = await context.tx.query<Record<string, unknown>>(
    `SELECT ${columns}${order.length === 0 ? '' : `, ${tokenColumns(order)}`} FROM ${from}${whereSql(where)}${sorted}
     LIMIT ${context.add(limit, 'bigint')}${offset}`,
    values,
  );
  return rows;
}

async function countOf({ context, from, where, values }: Reading): Promise<number> {
  const text = `SELECT count(*)::float8 AS n FROM ${from}${whereSql(where)}`;
  const { rows } = await context.tx.query<{ n: number }>(text, values);
  return rows[0]?.n ?? 0;
}

const whereSql = (where: readonly string[]): string => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);

/** As JSON has it. Names are ours: they need no escaping. */
function valueSql({ name, type, sql }: Property, asText: boolean): string {
  switch (type) {
    case 'Int64':
      return `(${sql})::${asText ? 'text' : 'float8'} AS "${name}"`;
    case 'Decimal':
      return asText ? `round(${sql}, 3)::text AS "${name}"` : `(${sql})::float8 AS "${name}"`;
    case 'Double':
      return `(${sql})::float8 AS "${name}"`;
    case 'Date':
      return `(${sql})::text AS "${name}"`;
    case 'DateTimeOffset':
      return `to_char((${sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS "${name}"`;
    case 'String':
    case 'Boolean':
      return `(${sql}) AS "${name}"`;
  }
}

/** Instants without zeros behind the point; without the columns that only pages need. */
function tidy(row: Record<string, unknown>, shown: readonly Property[], order: number): void {
  for (let n = 0; n < order; n++) delete row[`o${n}`];
  for (const { name, type } of shown) {
    const value = row[name];
    if (type === 'DateTimeOffset' && typeof value === 'string') row[name] = `${value.replace(/\.?0+$/, '')}Z`;
  }
}

function namesIn(expression: Expression | null): string[] {
  switch (expression?.kind) {
    case 'property':
      return [expression.name];
    case 'not':
      return namesIn(expression.of);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'in':
      return namesIn(expression.left);
    case 'call':
      return expression.args.flatMap(namesIn);
    default:
      return [];
  }
}

/** What the database says of values somebody sent; anything else is thrown on as it is. */
function ofDatabase(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (error instanceof AppError || typeof code !== 'string') return error;
  if (code === '57014') {
    return new OdataError('odata_too_slow', null, { params: { seconds: TIMEOUT_SECONDS }, cause: error });
  }
  return code.startsWith('22') ? new OdataError('odata_value_out_of_range', null, { cause: error }) : error;
}
