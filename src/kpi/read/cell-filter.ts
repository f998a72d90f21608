/**
 * Filters that narrow a list of calls or outcomes to one cell of a report. Names and values are those of reports; local time
 * is that of the fact's own zone.
 */
import type { AddParameter } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import { CELL_PARAMETERS } from '../../shared/cell-query.js';
import { readIds } from './query-values.js';
import { readTime } from './time-bound.js';

type CellParameter = (typeof CELL_PARAMETERS)[number];

export interface CellFilter {
  /** 0: without one. */
  dispositions?: number[] | undefined;
  /** Surrogate ids of own numbers, decimal strings; '0': none. */
  callerNumbers?: string[] | undefined;
  hoursOfDay?: number[] | undefined;
  /** 1 (Monday) to 7, of the business date. */
  weekdays?: number[] | undefined;
  /** Quarter hours of the day. */
  intervals?: number[] | undefined;
  /** Business dates, half-open, beside a range of instants. */
  dateFrom?: string | undefined;
  dateTo?: string | undefined;
}

/** Expressions over the fact; `slot` is the beginning of its quarter hour. */
export interface CellColumns {
  disposition: string;
  number: string;
  slot: string;
  zone: string;
  date: string;
}

const MAX_NUMBERS = 100;

/** Checks the values; each error names the field. */
export function readCellFilter(values: { get(name: CellParameter): string | undefined }): CellFilter {
  const date = (name: 'dateFrom' | 'dateTo'): string | undefined => {
    const value = values.get(name);
    if (value === undefined) return undefined;
    const bound = readTime(name, value);
    if (bound.kind !== 'date') throw new AppError('date_only', { field: name, params: { name } });
    return bound.date;
  };
  return {
    dispositions: readIds('disposition', values.get('disposition')),
    callerNumbers: readNumberRefs('callerNumber', values.get('callerNumber')),
    hoursOfDay: readWithin('hourOfDay', values.get('hourOfDay'), 0, 23),
    weekdays: readWithin('weekday', values.get('weekday'), 1, 7),
    intervals: readWithin('interval', values.get('interval'), 0, 95),
    dateFrom: date('dateFrom'),
    dateTo: date('dateTo'),
  };
}

/** Whole numbers of a small range, separated by commas. */
export function readWithin(name: string, value: string | undefined, min: number, max: number): number[] | undefined {
  const found = readIds(name, value);
  if (found?.some((id) => id < min || id > max)) {
    throw new AppError('number_invalid', { field: name, params: { name, min, max } });
  }
  return found;
}

/** Surrogate ids of numbers, as text: they may be larger than a number holds exactly. */
export function readNumberRefs(name: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const ids = [...new Set(value.split(',').map((id) => id.trim()))];
  if (ids.length > MAX_NUMBERS || !ids.every((id) => /^(0|[1-9]\d{0,17})$/.test(id))) {
    throw new AppError('id_invalid', { field: name, params: { name, max: MAX_NUMBERS } });
  }
  return ids;
}

export function cellConditions(filter: CellFilter, columns: CellColumns, add: AddParameter): string[] {
  const { disposition, number, slot, zone, date } = columns;
  const local = `(${slot} AT TIME ZONE ${zone})`;
  const among = (sql: string, ids: readonly (number | string)[] | undefined, type = 'integer[]'): string[] =>
    ids === undefined ? [] : [`${sql} = ANY(${add([...ids], type)})`];
  return [
    ...among(`coalesce(${disposition}, 0)`, filter.dispositions),
    ...among(`coalesce(${number}, 0)`, filter.callerNumbers, 'bigint[]'),
    ...among(`extract(hour FROM ${local})::integer`, filter.hoursOfDay),
    ...among(`extract(isodow FROM ${date})::integer`, filter.weekdays),
    ...among(
      `(extract(hour FROM ${local}) * 4 + floor(extract(minute FROM ${local}) / 15))::integer`,
      filter.intervals,
    ),
    ...(filter.dateFrom === undefined ? [] : [`${date} >= ${add(filter.dateFrom, 'date')}`]),
    ...(filter.dateTo === undefined ? [] : [`${date} < ${add(filter.dateTo, 'date')}`]),
  ];
}

/**
 * Our end of the customer's leg, of a row of `call`, by the leg itself: a line of ours is no column of a call, and legs are
 * its truth. Null where it was a softphone or is not known.
 */
export const OWN_NUMBER_OF_CALL = `(SELECT CASE WHEN e.near->>'kind' = 'tel' THEN (e.near->>'ref')::bigint END
  FROM jsonb_array_elements(call.legs) l,
    LATERAL (SELECT CASE WHEN l->>'direction' = 'inbound' THEN l->'to' ELSE l->'from' END) AS e(near)
  WHERE l->>'id' = call.customer_leg)`;
