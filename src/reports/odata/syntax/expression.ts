/** What a $filter says, as a tree. `at`: place in the text, from 0, so that an error can point at it. */

export const LITERAL_TYPES = [
  'null',
  'boolean',
  'integer',
  'decimal',
  'double',
  'string',
  'date',
  'dateTimeOffset',
  'timeOfDay',
  'duration',
  'guid',
] as const;
export type LiteralType = (typeof LITERAL_TYPES)[number];

export interface Literal {
  kind: 'literal';
  type: LiteralType;
  /** As it is written; of strings without quotes. */
  text: string;
  at: number;
}

export interface PropertyName {
  kind: 'property';
  name: string;
  at: number;
}

export const RELATIONS = ['gt', 'ge', 'lt', 'le'] as const;
export const EQUALITIES = ['eq', 'ne'] as const;
export type BinaryOperator = 'or' | 'and' | (typeof EQUALITIES)[number] | (typeof RELATIONS)[number];

export type Expression =
  | Literal
  | PropertyName
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: number }
  | { kind: 'not'; of: Expression; at: number }
  | { kind: 'in'; left: Expression; list: Literal[]; at: number }
  | { kind: 'call'; name: FunctionName; args: Expression[]; at: number };

/** Functions of the protocol that are answered, with how many arguments they take. */
export const FUNCTIONS = {
  contains: 2,
  startswith: 2,
  endswith: 2,
  concat: 2,
  tolower: 1,
  toupper: 1,
  trim: 1,
  length: 1,
  year: 1,
  month: 1,
  day: 1,
  hour: 1,
  minute: 1,
  second: 1,
  date: 1,
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** Words the protocol knows and this feed does not answer: 501, instead of "there is no such function". */
export const NOT_ANSWERED: ReadonlySet<string> = new Set([
  ...['add', 'sub', 'mul', 'div', 'divby', 'mod', 'has', 'any', 'all', 'cast', 'isof', 'case', 'now', 'time'],
  ...['maxdatetime', 'mindatetime', 'fractionalseconds', 'totaloffsetminutes', 'totalseconds', 'round', 'floor'],
  ...['ceiling', 'indexof', 'substring', 'matchespattern', 'hassubset', 'hassubsequence'],
]);
