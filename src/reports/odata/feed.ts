/** Reads a page, a count or one entity of a set: one statement over closed columns, in one snapshot of the database. */
import type { PoolClient } from 'pg';
import { AppError, type Clock, type Database, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { compileFilter } from './compile-filter.js';
import { readKey } from './entity-key.js';
import type { EntitySet, Property, ReadContext } from './model/entity-set.js';
import { behindSql, orderSql, readToken, tokenColumns, wholeOrder, writeToken } from './paging.js';
import type { FeedQuery } from './query-options.js';
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
    const named = [...(query.select ?? set.properties).map(({ name }) => name), ...namesIn(query.filter)];
    return this.read(set, options.scope, [...named, ...order.map((one) => one.property.name)], async (reading) => {
      const { context, from, where, values } = reading;
      if (query.filter !== null) where.push(compileFilter(query.filter, set, context.add));
      const count = query.count && token === null ? await countOf(reading) : null;
      if (size === 0) return { rows: [], count, next: null };
      if (token !== null) where.push(behindSql(order, token, context.add));
      const shown = query.select ?? set.properties;
      const skip = token === null && query.skip > 0 ? ` OFFSET ${context.add(query.skip, 'bigint')}` : '';
      const { rows } = await context.tx.query<Record<string, unknown>>(
        `SELECT ${shown.map((one) => valueSql(one, options.asText)).join(', ')}, ${tokenColumns(order)}
         FROM ${from}${whereSql(where)} ORDER BY ${orderSql(order)} LIMIT ${context.add(size + 1, 'bigint')}${skip}`,
        values,
      );
      const page = rows.slice(0, size);
      const left = wanted === null ? null : wanted - page.length;
      const last = page.at(-1);
      const more = rows.length > size && last !== undefined && left !== 0;
      const next = more ? writeToken(last, order, left) : null;
      for (const row of page) tidy(row, shown, order.length);
      await set.finish?.(page, context);
      return { rows: page, count, next };
    });
  }

  count(set: EntitySet, filter: Expression | null, scope: Scope): Promise<number> {
    return this.read(set, scope, namesIn(filter), async (reading) => {
      if (filter !== null) reading.where.push(compileFilter(filter, set, reading.context.add));
      return countOf(reading);
    });
  }

  /** Throws `odata_key_invalid`, and `not_found` for what is not there or not to be seen. */
  one(set: EntitySet, key: string, select: Property[] | null, options: FeedOptions): Promise<Record<string, unknown>> {
    const filter = readKey(key, set);
    const shown = select ?? set.properties;
    return this.read(
      set,
      options.scope,
      shown.map(({ name }) => name),
      async ({ context, from, where, values }) => {
        where.push(compileFilter(filter, set, context.add));
        const { rows } = await context.tx.query<Record<string, unknown>>(
          `SELECT ${shown.map((one) => valueSql(one, options.asText)).join(', ')} FROM ${from}${whereSql(where)} LIMIT 1`,
          values,
        );
        const [row] = rows;
        if (row === undefined) throw new AppError('not_found');
        tidy(row, shown, 0);
        await set.finish?.([row], context);
        return row;
      },
    );
  }

  private async read<T>(
    set: EntitySet,
    scope: Scope,
    named: readonly string[],
    work: (reading: Reading) => Promise<T>,
  ): Promise<T> {
    const asked = new Set(named);
    try {
      return await inTransaction(
        this.database.pool,
        async (tx) => {
          await tx.query(`SET LOCAL statement_timeout = '${TIMEOUT_SECONDS}s'`);
          const values: unknown[] = [];
          const context: ReadContext = {
            tx,
            scope,
            now: this.clock.now(),
            add: (value, type) => `$${values.push(value)}::${type}`,
            asks: (names) => names.some((name) => asked.has(name)),
          };
          const { from, where } = await set.source(context);
          return work({ context, from, where: [...where], values });
        },
        READ_SNAPSHOT,
      );
    } catch (error) {
      throw ofDatabase(error);
    }
  }
}

interface Reading {
  context: ReadContext & { tx: PoolClient };
  from: string;
  where: string[];
  values: unknown[];
}

async function countOf({ context, from, where, values }: Reading): Promise<number> {
  const text = `SELECT count(*)::float8 AS n FROM ${from}${whereSql(where)}`;
  const { rows } = await context.tx.query<{ n: number }>(text, [...values]);
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
