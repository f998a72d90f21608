/** What the feed offers: entity sets with typed properties, each over a closed piece of SQL. Pure. */
import type { PoolClient } from 'pg';
import type { AddParameter } from '../../../access/index.js';
import type { Permission, Scope } from '../../../shared/access.js';

export type EdmType = 'Int64' | 'Decimal' | 'Double' | 'String' | 'Boolean' | 'Date' | 'DateTimeOffset';

export interface Property {
  name: string;
  type: EdmType;
  nullable: boolean;
  /** Over the rows of the set's source. Never from a request. */
  sql: string;
  /** For $metadata. */
  description: string;
  /** False: made for showing after the query (masked numbers). */
  filterable: boolean;
}

/** What a query is answered with: one transaction, one snapshot. */
export interface ReadContext {
  tx: PoolClient;
  scope: Scope;
  /** Epoch ms. */
  now: number;
  add: AddParameter;
  /** Whether the query shows or looks at any of these properties: what is dear is only worked out when it is asked for. */
  asks(names: readonly string[]): boolean;
}

/** Where rows come from: `FROM …`, and conditions that hold for every one (the scope among them). */
export interface Source {
  from: string;
  where: string[];
}

export interface EntitySet {
  name: string;
  /** Of one of its entities. */
  type: string;
  permission: Permission;
  description: string;
  /** Names of properties. Never null, never changed. */
  key: readonly string[];
  /** What pages walk along without $orderby, in the order of an index; ends with the key. */
  order: readonly string[];
  properties: readonly Property[];
  source(context: ReadContext, part?: number): Promise<Source>;
  /**
   * Into how many parts the rows fall that follow one another in `order`, each cheaper to walk than all at once; `source`
   * takes the number of one. Left out: one.
   */
  parts?: number;
  /** Makes values that need more than SQL, in place. */
  finish?(rows: Record<string, unknown>[], tx: PoolClient): Promise<void>;
}

type Options = Partial<Pick<Property, 'nullable' | 'filterable'>>;

export function property(
  name: string,
  type: EdmType,
  sql: string,
  description: string,
  options: Options = {},
): Property {
  return { name, type, sql, description, nullable: options.nullable ?? false, filterable: options.filterable ?? true };
}

export function findProperty(set: EntitySet, name: string): Property | undefined {
  return set.properties.find((one) => one.name === name);
}

/** How Edm types are written in SQL, for values that come in. */
export const SQL_TYPE: Record<EdmType, string> = {
  Int64: 'bigint',
  Decimal: 'numeric',
  Double: 'float8',
  String: 'text',
  Boolean: 'boolean',
  Date: 'date',
  DateTimeOffset: 'timestamptz',
};
