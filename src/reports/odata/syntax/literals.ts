/** Literals as OData 4.01 ABNF writes them. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Literal, LiteralType } from './expression.js';

/** Longest first where one is the beginning of another. A blank stands for a plus sign that was not escaped. */
const PATTERNS: readonly [LiteralType, RegExp][] = [
  ['guid', /[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}/y],
  ['dateTimeOffset', /-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+\- ]\d{2}:\d{2})/iy],
  ['date', /-?\d{4,}-\d{2}-\d{2}(?![\w:])/y],
  ['timeOfDay', /\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?/y],
  ['duration', /duration'[^']*'/y],
  ['double', /-?INF|NaN|[+-]?\d+(?:\.\d+)?[eE][+-]?\d+/y],
  ['decimal', /[+-]?\d+\.\d+/y],
  ['integer', /[+-]?\d+/y],
  ['boolean', /true|false/y],
  ['null', /null/y],
  ['string', /'(?:[^']|'')*'/y],
];

/** The literal that begins at `at`, and where it ends; null: none does. */
export function literalAt(text: string, at: number): { literal: Literal; end: number } | null {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const end = at + found.length;
    // `trueish` is a name, `12abc` is nothing.
    if (type !== 'string' && type !== 'duration' && /[\w.]/.test(text[end] ?? '')) continue;
    return { literal: { kind: 'literal', type, text: bare(type, found), at }, end };
  }
  return null;
}

function bare(type: LiteralType, found: string): string {
  if (type === 'string') return found.slice(1, -1).replaceAll("''", "'");
  if (type === 'duration') return found.slice("duration'".length, -1);
  return type === 'dateTimeOffset' ? found.replace(' ', '+').toUpperCase() : found;
}

/** As it is written in an address (not escaped yet). */
export function printLiteral({ type, text }: Pick<Literal, 'type' | 'text'>): string {
  if (type === 'string') return `'${text.replaceAll("'", "''")}'`;
  return type === 'duration' ? `duration'${text}'` : text;
}

const OFFSET_MINUTES_MAX = 14 * 60;

/** Whether the day, the time or the text can be one: those the database could not take are refused here. */
export function isPossible({ type, text }: Literal): boolean {
  switch (type) {
    case 'string':
      return !text.includes('\0');
    case 'date':
      return isDate(text);
    case 'dateTimeOffset': {
      const [date = '', time = ''] = text.split('T');
      const [hour = 99, minute = 99, second = 0] = time
        .replace(/(Z|[+-]\d{2}:\d{2})$/, '')
        .split(':')
        .map(Number);
      return isDate(date) && hour < 24 && minute < 60 && second < 60 && isOffset(time.slice(-6));
    }
    default:
      return true;
  }
}

function isOffset(end: string): boolean {
  if (end.endsWith('Z')) return true;
  const [hours = 99, minutes = 99] = end.slice(1).split(':').map(Number);
  return minutes < 60 && hours * 60 + minutes <= OFFSET_MINUTES_MAX;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-/.test(text) || text.startsWith('0000')) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
