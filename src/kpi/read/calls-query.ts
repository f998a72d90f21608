import { AppError } from '../../platform/index.js';
import type { CallOutcome, CallView } from '../../shared/api.js';
import { CELL_PARAMETERS } from '../../shared/cell-query.js';
import { type CellFilter, readCellFilter } from './cell-filter.js';
import { COUNTED_CALLS, type CountedCalls } from './measure-filter.js';
import { type RawQuery, readChoice, readIds, readInteger, readParameters, readSurrogate } from './query-values.js';
import { readTime, type TimeBound } from './time-bound.js';

/** Position behind the last call of a page. */
export interface CallCursor {
  /** ISO 8601 with microseconds, as the database keeps it. */
  startedAt: string;
  key: string;
}

export interface CallsQuery extends CellFilter {
  from?: TimeBound;
  to?: TimeBound;
  agents?: number[];
  teams?: number[];
  campaigns?: number[];
  /** Surrogate id, a decimal string. */
  customer?: string;
  direction?: CallView['direction'];
  outcome?: CallOutcome;
  /** Only calls this measure counts. */
  measure?: CountedCalls;
  /** Only calls with something unknown, only those closed without an end, only those nobody owns. */
  incomplete: boolean;
  stale: boolean;
  unassigned: boolean;
  /** Only attempts to somebody who was on the do-not-call list. */
  dnc: boolean;
  limit: number;
  cursor?: CallCursor;
}

const DIRECTIONS = ['outbound', 'inbound', 'internal'] as const satisfies CallView['direction'][];
const OUTCOMES = [
  'open',
  'answered',
  'no_answer',
  'busy',
  'invalid',
  'canceled',
  'failed',
  'abandoned',
] as const satisfies CallOutcome[];
const FLAG = ['true', 'false'] as const;
const CALLS_PARAMETERS = [
  'from',
  'to',
  'agent',
  'team',
  'campaign',
  'customer',
  'direction',
  'outcome',
  'measure',
  'incomplete',
  'stale',
  'unassigned',
  'dnc',
  ...CELL_PARAMETERS,
  'limit',
  'cursor',
] as const;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export function readCallsQuery(raw: RawQuery): CallsQuery {
  const values = readParameters(raw, CALLS_PARAMETERS);
  const time = (name: 'from' | 'to') => {
    const value = values.get(name);
    return value === undefined ? undefined : readTime(name, value);
  };
  const flag = (name: 'incomplete' | 'stale' | 'unassigned' | 'dnc') =>
    readChoice(name, values.get(name), FLAG) === 'true';
  const cursor = values.get('cursor');
  return {
    from: time('from'),
    to: time('to'),
    agents: readIds('agent', values.get('agent')),
    teams: readIds('team', values.get('team')),
    campaigns: readIds('campaign', values.get('campaign')),
    customer: readSurrogate('customer', values.get('customer')),
    direction: readChoice('direction', values.get('direction'), DIRECTIONS),
    outcome: readChoice('outcome', values.get('outcome'), OUTCOMES),
    measure: measureOf(readChoice('measure', values.get('measure'), [...COUNTED_CALLS.keys()])),
    ...readCellFilter(values),
    incomplete: flag('incomplete'),
    stale: flag('stale'),
    unassigned: flag('unassigned'),
    dnc: flag('dnc'),
    limit: readInteger('limit', values.get('limit'), 1, MAX_LIMIT) ?? DEFAULT_LIMIT,
    cursor: cursor === undefined ? undefined : decodeCursor(cursor),
  };
}

function measureOf(id: string | undefined): CountedCalls | undefined {
  return id === undefined ? undefined : COUNTED_CALLS.get(id);
}

export function encodeCursor({ startedAt, key }: CallCursor): string {
  return Buffer.from(JSON.stringify([startedAt, key]), 'utf8').toString('base64url');
}

const CURSOR_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

function decodeCursor(text: string): CallCursor {
  try {
    const value: unknown = text.length <= 1000 ? JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) : null;
    if (Array.isArray(value) && value.length === 2) {
      const [startedAt, key] = value as unknown[];
      const isTime = typeof startedAt === 'string' && CURSOR_TIME.test(startedAt) && readTime('cursor', startedAt);
      if (isTime && isCallKey(key)) return { startedAt, key };
    }
  } catch {
    // Not JSON, or no such day: answered below.
  }
  throw new AppError('cursor_invalid', { field: 'cursor' });
}

/** Text PostgreSQL can compare: no NUL, and no longer than a provider's ids get. */
export function isCallKey(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 300 && !value.includes('\0');
}
