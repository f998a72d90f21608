/** Addresses as given become addresses as stored; none is taken away from anybody unasked. */
import { AppError } from '../../platform/index.js';
import type { AddressKind } from '../../shared/organisation.js';
import type { OwnNumbers } from '../own-numbers.port.js';
import type { Queryable } from '../teams/teams.repository.js';
import { addressText, type Scheme, schemeOf } from './address-kind.js';

export interface GivenAddress {
  kind: AddressKind;
  value?: string | undefined;
  /** Surrogate id of a number that appeared in calls. */
  numberRef?: string | undefined;
}

export interface ReadAddress {
  kind: AddressKind;
  scheme: Scheme;
  value: string;
}

/** Throws `address_invalid`. Makes surrogates for numbers nobody has seen yet. */
export async function readAddresses(
  tx: Queryable,
  numbers: OwnNumbers,
  given: readonly GivenAddress[],
  field: string,
): Promise<ReadAddress[]> {
  const plain = given.flatMap(({ kind, value }) => (kind === 'number' && value !== undefined ? [value] : []));
  const refs = await numbers.refsOf(tx, plain);
  const read: ReadAddress[] = [];
  for (const address of given) {
    const value = await storedValue(tx, address, refs);
    if (value === null) throw new AppError('address_invalid', { field, params: { kind: address.kind } });
    read.push({ kind: address.kind, scheme: schemeOf(address.kind), value });
  }
  return read;
}

async function storedValue(
  tx: Queryable,
  { kind, value, numberRef }: GivenAddress,
  refs: ReadonlyMap<string, string | null>,
): Promise<string | null> {
  if (kind !== 'number') return addressText.safeParse(value).data ?? null;
  if (value !== undefined) return refs.get(value) ?? null;
  if (numberRef === undefined || !/^\d{1,18}$/.test(numberRef)) return null;
  const { rowCount } = await tx.query('SELECT 1 FROM customer WHERE id = $1', [numberRef]);
  return rowCount === 1 ? numberRef : null;
}
