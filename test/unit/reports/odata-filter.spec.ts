/**
 * Proves: $filter is read as the protocol's grammar has it (precedence, brackets, literals of every type), what is printed
 * reads back to the same tree, and no text whatever brings anything but a coded error that knows its place.
 */
import fc from 'fast-check';
import {
  EQUALITIES,
  type Expression,
  FUNCTIONS,
  type FunctionName,
  type Literal,
  RELATIONS,
} from '../../../src/reports/odata/syntax/expression.js';
import { OdataError } from '../../../src/reports/odata/syntax/odata-error.js';
import { FILTER_DEPTH_MAX, FILTER_LENGTH_MAX, parseFilter } from '../../../src/reports/odata/syntax/parse-filter.js';
import { printFilter } from '../../../src/reports/odata/syntax/print-filter.js';

const SEED = 20261122;

/** Without places. */
function plain(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value) => (key === 'at' ? undefined : value)));
}

/** With a bracket around everything, so that one sees how it was read. */
function grouped(expression: Expression): string {
  switch (expression.kind) {
    case 'binary':
      return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
    case 'not':
      return `(not ${grouped(expression.of)})`;
    case 'in':
      return `(${grouped(expression.left)} in ${expression.list.map(grouped).join('|')})`;
    case 'call':
      return `${expression.name}[${expression.args.map(grouped).join(';')}]`;
    case 'property':
      return expression.name;
    case 'literal':
      return `${expression.type}:${expression.text}`;
  }
}

function refusal(text: string): { code: string; position: number | null } {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof OdataError) return { code: error.code, position: error.position };
    throw error;
  }
  throw new Error(`${text} was read`);
}

const WORDS = new Set([
  'and',
  'or',
  'not',
  'in',
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'true',
  'false',
  'null',
  'NaN',
  'INF',
]);
const names = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/).filter((name) => !WORDS.has(name));
const pad = (n: number, size = 2): string => String(n).padStart(size, '0');
const dates = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${pad(y, 4)}-${pad(m)}-${pad(d)}`);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => pad(part)).join(':'));
const literal = (type: Literal['type'], text: fc.Arbitrary<string>): fc.Arbitrary<Literal> =>
  text.map((one) => ({ kind: 'literal', type, text: one, at: 0 }));
const literals = fc.oneof(
  literal('null', fc.constant('null')),
  literal('boolean', fc.constantFrom('true', 'false')),
  literal('integer', fc.bigInt().map(String)),
  literal(
    'decimal',
    fc.tuple(fc.integer(), fc.nat()).map(([a, b]) => `${a}.${b}`),
  ),
  literal(
    'double',
    fc.tuple(fc.integer(), fc.integer({ min: -99, max: 99 })).map(([a, b]) => `${a}e${b}`),
  ),
  literal('double', fc.constantFrom('INF', '-INF', 'NaN')),
  literal(
    'string',
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  ),
  literal('date', dates),
  literal(
    'dateTimeOffset',
    fc.tuple(dates, times, fc.constantFrom('Z', '+08:00', '-03:30')).map(([d, t, z]) => `${d}T${t}${z}`),
  ),
  literal('timeOfDay', times),
  literal('duration', fc.constantFrom('PT1H', 'P1DT2H3M4.5S')),
  literal('guid', fc.uuid()),
);
const trees: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      literals,
      names.map((name): Expression => ({ kind: 'property', name, at: 0 })),
    ),
    fc
      .tuple(fc.constantFrom('or' as const, 'and' as const, ...EQUALITIES, ...RELATIONS), tie('node'), tie('node'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, at: 0 })),
    tie('node').map((of): Expression => ({ kind: 'not', of, at: 0 })),
    fc
      .tuple(tie('node'), fc.array(literals, { minLength: 1, maxLength: 4 }))
      .map(([left, list]): Expression => ({ kind: 'in', left, list, at: 0 })),
    fc
      .tuple(fc.constantFrom(...(Object.keys(FUNCTIONS) as FunctionName[])), tie('node'), tie('node'))
      .map(([name, a, b]): Expression => ({ kind: 'call', name, args: FUNCTIONS[name] === 2 ? [a, b] : [a], at: 0 })),
  ),
})).node;

it('what is printed reads back to the same tree', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const text = printFilter(tree);
      fc.pre(text.length <= FILTER_LENGTH_MAX);
      expect(plain(parseFilter(text))).toEqual(plain(tree));
    }),
    { seed: SEED, numRuns: 500 },
  );
});

it('no text brings anything but a coded error', () => {
  const pieces = fc.constantFrom(
    ...[
      '(',
      ')',
      "'",
      "''",
      ',',
      ' ',
      '/',
      'not',
      'and',
      'or',
      'in',
      'eq',
      'gt',
      'a',
      'contains',
      'year',
      '5',
      '-',
      '.',
      'e',
    ],
    ...[
      '2026-11-22',
      'T',
      'Z',
      ':',
      '+',
      'null',
      'true',
      'any',
      '$it',
      '@p',
      '%',
      '\0',
      '中',
      '\u2028',
      '💥',
      '\ud800',
    ],
  );
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(OdataError);
        const { position, status } = error as OdataError;
        expect([400, 501]).toContain(status);
        if (position !== null) expect(position).toBeLessThanOrEqual(text.length);
      }
    }),
    { seed: SEED, numRuns: 3_000 },
  );
});

it.each([
  ['a eq 1 or b eq 2 and c eq 3', '((a eq integer:1) or ((b eq integer:2) and (c eq integer:3)))'],
  ['(a eq 1 or b eq 2) and c eq 3', '(((a eq integer:1) or (b eq integer:2)) and (c eq integer:3))'],
  ["not contains(a,'x') and b", '((not contains[a;string:x]) and b)'],
  ['not (a eq 1)', '(not (a eq integer:1))'],
  ['not not a', '(not (not a))'],
  ['a gt 1 eq true', '((a gt integer:1) eq boolean:true)'],
  ['a in (1, 2,3) or b', '((a in integer:1|integer:2|integer:3) or b)'],
  ["tolower(concat(a, 'O''Neil'))  eq   'x'", "(tolower[concat[a;string:O'Neil]] eq string:x)"],
  ['( ( a ) )', 'a'],
  ['(a)or(b)', '(a or b)'],
  ["a eq '你好 and (x'", '(a eq string:你好 and (x)'],
  [
    'd ge 2026-11-22 and t lt 2026-11-22T08:00:00.5+08:00',
    '((d ge date:2026-11-22) and (t lt dateTimeOffset:2026-11-22T08:00:00.5+08:00))',
  ],
  // A plus sign that was not escaped arrives as a blank.
  ['t lt 2026-11-22T08:00:00 08:00', '(t lt dateTimeOffset:2026-11-22T08:00:00+08:00)'],
  [
    'a eq -1 and b eq 1.50 and c eq 2e-3 and d eq INF',
    '((((a eq integer:-1) and (b eq decimal:1.50)) and (c eq double:2e-3)) and (d eq double:INF))',
  ],
  [
    "a eq null and b eq duration'PT1H' and c eq 08:30 and g eq 01234567-89ab-cdef-0123-456789abcdef",
    '((((a eq null:null) and (b eq duration:PT1H)) and (c eq timeOfDay:08:30)) and (g eq guid:01234567-89ab-cdef-0123-456789abcdef))',
  ],
  [
    'nullable eq 1 and infoline eq 2 and trueish eq 3',
    '(((nullable eq integer:1) and (infoline eq integer:2)) and (trueish eq integer:3))',
  ],
])('%s', (text, expected) => {
  expect(grouped(parseFilter(text))).toBe(expected);
});

it.each([
  ['', 'odata_syntax', 0],
  ['a eq', 'odata_syntax', 4],
  ['a eq 1 and', 'odata_syntax', 10],
  ['a b', 'odata_syntax', 2],
  ['(a eq 1', 'odata_syntax', 7],
  ['a eq 1)', 'odata_syntax', 6],
  ["a eq 'open", 'odata_syntax', 5],
  ['a eq 12abc', 'odata_syntax', 5],
  ['a in ()', 'odata_syntax', 6],
  ['a in (b)', 'odata_syntax', 6],
  ['a eq 2026-13-01', 'odata_literal_invalid', 5],
  ['a eq 2026-02-30', 'odata_literal_invalid', 5],
  ['a eq 0000-01-01', 'odata_literal_invalid', 5],
  ['a eq 2026-11-22T24:00:00Z', 'odata_literal_invalid', 5],
  ['a eq 2026-11-22T08:00:00+15:00', 'odata_literal_invalid', 5],
  ["a eq 'nul\0'", 'odata_literal_invalid', 5],
  ['foo(a)', 'odata_function_unknown', 0],
  ['a eq 1 and contains(a)', 'odata_function_arguments', 11],
  ['a add 1 eq 2', 'odata_not_supported', 2],
  ['(a mul 2) gt 4', 'odata_not_supported', 3],
  ['items/any(i:i eq 1)', 'odata_not_supported', 0],
  ['substring(a,1) eq 2', 'odata_not_supported', 0],
])('%s is refused', (text, code, position) => {
  expect(refusal(text)).toEqual({ code, position });
});

it('depth and length have a limit', () => {
  const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}a${close.repeat(depth)}`;
  expect(() => parseFilter(nested(FILTER_DEPTH_MAX - 1, '(', ')'))).not.toThrow();
  expect(refusal(nested(FILTER_DEPTH_MAX, '(', ')')).code).toBe('odata_too_complex');
  expect(refusal(nested(3_000, 'not ', '')).code).toBe('odata_too_complex');
  expect(refusal(nested(1_000, 'trim(', ')')).code).toBe('odata_too_complex');
  expect(refusal(' '.repeat(FILTER_LENGTH_MAX + 1)).code).toBe('odata_too_complex');
  // Chains are no depth.
  const chain = Array.from({ length: 800 }, () => 'a eq 1')
    .join(' or ')
    .slice(0, FILTER_LENGTH_MAX - 8);
  expect(() => parseFilter(`${chain.slice(0, chain.lastIndexOf(' or '))}`)).not.toThrow();
});
