/** The query of a request, read and checked. Pure. */

import { requireProperty } from './compile-filter.js';
import type { EntitySet, Property } from './model/entity-set.js';
import type { Expression } from './syntax/expression.js';
import { OdataError } from './syntax/odata-error.js';
import { parseFilter } from './syntax/parse-filter.js';

export interface OrderItem {
  property: Property;
  descending: boolean;
}

export interface FeedQuery {
  filter: Expression | null;
  /** Null: every property. */
  select: Property[] | null;
  /** As asked, without what makes it unique. */
  order: OrderItem[];
  top: number | null;
  skip: number;
  /** Say how many there are in all. */
  count: boolean;
  token: string | null;
}

export type RawOptions = Readonly<Record<string, unknown>>;

const OF_LISTS = ['$filter', '$select', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$format'] as const;
const OF_COUNTS = ['$filter', '$format'] as const;
const OF_ONE = ['$select', '$format'] as const;
/** Of the protocol, and not answered. */
const NOT_ANSWERED = ['$expand', '$apply', '$search', '$compute', '$deltatoken', '$levels', '$index', '$id', '$value'];
const LONGEST = 8_000;
const ORDER_MAX = 10;
const NUMBER_MAX = 2_147_483_647;

export function readListOptions(raw: RawOptions, set: EntitySet): FeedQuery {
  const given = known(raw, OF_LISTS);
  const filter = given.get('$filter');
  const count = given.get('$count');
  if (count !== undefined && count !== 'true' && count !== 'false') throw invalid('$count', 'true, false');
  return {
    filter: filter === undefined ? null : parseFilter(filter),
    select: readSelect(given.get('$select'), set),
    order: readOrder(given.get('$orderby'), set),
    top: readNumber('$top', given.get('$top')),
    skip: readNumber('$skip', given.get('$skip')) ?? 0,
    count: count === 'true',
    token: given.get('$skiptoken') ?? null,
  };
}

export function readCountOptions(raw: RawOptions): Expression | null {
  const filter = known(raw, OF_COUNTS).get('$filter');
  return filter === undefined ? null : parseFilter(filter);
}

export function readOneOptions(raw: RawOptions, set: EntitySet): Property[] | null {
  return readSelect(known(raw, OF_ONE).get('$select'), set);
}

/** For the service document and the metadata. */
export function readNoOptions(raw: RawOptions): void {
  known(raw, ['$format']);
}

/** Names of ours and of the protocol are checked; others (no `$`, no `@`) are the client's own and mean nothing here. */
function known<Name extends string>(raw: RawOptions, allowed: readonly Name[]): Map<Name, string> {
  const values = new Map<Name, string>();
  for (const [name, value] of Object.entries(raw)) {
    if (!name.startsWith('$') && !name.startsWith('@')) continue;
    const option = allowed.find((one) => one === name);
    if (option === undefined) {
      if (NOT_ANSWERED.includes(name) || name.startsWith('@')) {
        throw new OdataError('odata_not_supported', null, {
          field: name.slice(0, 60),
          params: { what: name.slice(0, 60) },
        });
      }
      const params = { option: name.slice(0, 60), allowed: allowed.join(', ') };
      throw new OdataError('odata_option_unknown', null, { field: name.slice(0, 60), params });
    }
    if (typeof value !== 'string') throw invalid(option, 'one value');
    if (value.length > LONGEST) {
      const params = { option, length: LONGEST, depth: 0 };
      throw new OdataError('odata_too_complex', null, { field: option, params });
    }
    if (value !== '') values.set(option, value);
    else if (option !== '$filter') throw invalid(option, 'a value');
  }
  return values;
}

function readNumber(option: '$top' | '$skip', text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= NUMBER_MAX)) throw invalid(option, `0 … ${NUMBER_MAX}`);
  return value;
}

function readSelect(text: string | undefined, set: EntitySet): Property[] | null {
  if (text === undefined) return null;
  const items = itemsOf(text, '$select');
  if (items.some(({ item }) => item === '*')) return null;
  const found = items.map(({ item, at }) => {
    if (item.includes('/'))
      throw new OdataError('odata_not_supported', at, { field: '$select', params: { what: item.slice(0, 60) } });
    return requireProperty(set, item, '$select', at);
  });
  return [...new Set(found)];
}

function readOrder(text: string | undefined, set: EntitySet): OrderItem[] {
  if (text === undefined) return [];
  const items = itemsOf(text, '$orderby');
  if (items.length > ORDER_MAX) throw invalid('$orderby', `1 … ${ORDER_MAX} properties`);
  const order: OrderItem[] = [];
  for (const { item, at } of items) {
    const [, name = '', direction = 'asc'] = /^(\S+?)(?:[ \t]+(asc|desc))?$/.exec(item) ?? [];
    if (/[(/]/.test(item))
      throw new OdataError('odata_not_supported', at, { field: '$orderby', params: { what: item.slice(0, 60) } });
    if (name === '')
      throw new OdataError('odata_syntax', at, {
        field: '$orderby',
        params: { option: '$orderby', expected: 'a property, then asc or desc' },
      });
    const property = requireProperty(set, name, '$orderby', at);
    // A second time it decides nothing.
    if (!order.some((one) => one.property === property)) order.push({ property, descending: direction === 'desc' });
  }
  return order;
}

/** Between commas, with the place of each. */
function itemsOf(text: string, option: string): { item: string; at: number }[] {
  let from = 0;
  return text.split(',').map((part) => {
    const at = from + (part.length - part.trimStart().length);
    from += part.length + 1;
    const item = part.trim();
    if (item === '')
      throw new OdataError('odata_syntax', at, { field: option, params: { option, expected: 'a property' } });
    return { item, at };
  });
}

function invalid(option: string, allowed: string): OdataError {
  return new OdataError('odata_option_invalid', null, { field: option, params: { option, allowed } });
}
