/** What is joined to rows `r` of sums where it is asked for: a look at each row that is shown. */
import { MONEY_COLUMNS } from './kpi-properties.js';

export interface SumTable {
  table: 'rollup_day' | 'rollup_slot';
  /** Of a row, the front of the table's primary key. */
  keys: readonly string[];
}

const sameRow = (alias: string, keys: readonly string[]): string =>
  keys.map((key) => `${alias}.${key} = r.${key}`).join(' AND ');

/** `c`: distinct customers of a day. Two grouped steps, as in the API: somebody dialled for two campaigns is one. */
export function customersOfRow(keys: readonly string[]): string {
  return `LEFT JOIN LATERAL (
    SELECT count(*) AS customers, count(*) FILTER (WHERE one.connected) AS connected FROM (
      SELECT bool_or(d.connects > 0) AS connected FROM customer_day d
      WHERE ${sameRow('d', keys)} AND d.dials > 0 GROUP BY d.customer_id) one) c ON true`;
}

/**
 * `m`: the currency of a row over all campaigns and the sums in it. With amounts in one currency that one, without any the
 * organisation's own (amounts of 0), in several none: they are listed, never added.
 */
export function moneyOfRow({ table, keys }: SumTable): string {
  const paid = 'count(*) FILTER (WHERE one.paid)';
  const own = '(SELECT currency FROM organisation)';
  const chosen = (of: string, nothing: string): string =>
    `CASE ${paid} WHEN 0 THEN ${nothing} WHEN 1 THEN ${of} FILTER (WHERE one.paid) END`;
  const sums = MONEY_COLUMNS.map((column) => {
    const ofOwn = `coalesce(sum(one.${column}) FILTER (WHERE one.currency = ${own}), 0)`;
    return `(${chosen(`sum(one.${column})`, ofOwn)})::bigint AS ${column}`;
  });
  const columns = MONEY_COLUMNS.map((column) => `sum(d.${column}) AS ${column}`);
  const anyAmount = MONEY_COLUMNS.filter((column) => column.endsWith('_minor'));
  return `LEFT JOIN LATERAL (
    SELECT ${chosen('min(one.currency)', own)} AS currency, ${sums.join(', ')} FROM (
      SELECT k.currency, ${columns.join(', ')}, ${anyAmount.map((column) => `sum(d.${column}) <> 0`).join(' OR ')} AS paid
      FROM ${table} d JOIN campaign k ON k.id = d.campaign_id WHERE ${sameRow('d', keys)} GROUP BY k.currency) one) m ON true`;
}
