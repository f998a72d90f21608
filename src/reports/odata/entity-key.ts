/** What stands in brackets behind a set: `3`, `'CA…'`, `agent_id=3`, or all parts of a key by name. Pure. */
import { type EdmType, type EntitySet, findProperty, type Property } from './model/entity-set.js';
import type { Expression, Literal, LiteralType } from './syntax/expression.js';
import { isPossible, literalAt, printLiteral } from './syntax/literals.js';
import { OdataError } from './syntax/odata-error.js';

const FITS: Partial<Record<EdmType, LiteralType>> = {
  Int64: 'integer',
  String: 'string',
  Date: 'date',
  DateTimeOffset: 'dateTimeOffset',
};
const EXAMPLE: Partial<Record<EdmType, Literal>> = {
  Int64: { kind: 'literal', type: 'integer', text: '3', at: 0 },
  String: { kind: 'literal', type: 'string', text: 'id', at: 0 },
  Date: { kind: 'literal', type: 'date', text: '2026-11-22', at: 0 },
  DateTimeOffset: { kind: 'literal', type: 'dateTimeOffset', text: '2026-11-22T08:00:00Z', at: 0 },
};

/** As a condition. Throws `odata_key_invalid`. */
export function readKey(text: string, set: EntitySet): Expression {
  const given = new Map<string, Literal>();
  let at = 0;
  while (at < text.length) {
    const name = /^[A-Za-z_]\w*=/.exec(text.slice(at))?.[0] ?? '';
    const found = literalAt(text, at + name.length);
    if (found === null || !isPossible(found.literal)) throw invalid(set);
    const key = name === '' && set.key.length === 1 ? (set.key[0] ?? '') : name.slice(0, -1);
    if (given.has(key)) throw invalid(set);
    given.set(key, found.literal);
    at = found.end;
    if (at < text.length && text[at] !== ',') throw invalid(set);
    at++;
    if (at === text.length) throw invalid(set);
  }
  if (given.size !== set.key.length) throw invalid(set);
  return set.key.map((name) => condition(set, name, given.get(name))).reduce(both);
}

const both = (left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator: 'and',
  left,
  right,
  at: 0,
});

function condition(set: EntitySet, name: string, value: Literal | undefined): Expression {
  const property = findProperty(set, name);
  if (property === undefined || value === undefined || FITS[property.type] !== value.type) throw invalid(set);
  return { kind: 'binary', operator: 'eq', left: { kind: 'property', name, at: 0 }, right: value, at: 0 };
}

function invalid(set: EntitySet): OdataError {
  const parts = set.key.flatMap((name) => findProperty(set, name) ?? []);
  const value = ({ type }: Property): string => printLiteral(EXAMPLE[type] ?? { type: 'string', text: '' });
  const inside = parts.length === 1 ? parts.map(value) : parts.map((part) => `${part.name}=${value(part)}`);
  return new OdataError('odata_key_invalid', null, {
    params: { set: set.name, example: `${set.name}(${inside.join(',')})` },
  });
}
