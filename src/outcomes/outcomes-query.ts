import {
  type CellFilter,
  type RawQuery,
  readCellFilter,
  readChoice,
  readIds,
  readParameters,
  readTime,
} from '../kpi/read/index.js';
import { AppError } from '../platform/index.js';
import { CELL_PARAMETERS } from '../shared/cell-query.js';
import { OUTCOME_MEASURES } from './outcome-measures.js';

type TimeBound = ReturnType<typeof readTime>;

export interface OutcomesQuery extends CellFilter {
  from?: TimeBound;
  to?: TimeBound;
  agents?: number[];
  teams?: number[];
  campaigns?: number[];
  /** Id of any leg. */
  call?: string;
  measure?: string;
  limit: number;
  cursor?: { at: string; id: string };
}

const PARAMETERS = [
  'from',
  'to',
  'agent',
  'team',
  'campaign',
  'call',
  'measure',
  ...CELL_PARAMETERS,
  'limit',
  'cursor',
] as const;
const DEFAULT_LIMIT = 50;
const LIMIT_MAX = 200;

/** Checks every parameter; each error names the field and, where there is one, the fix. */
export function readOutcomesQuery(raw: RawQuery): OutcomesQuery {
  const values = readParameters(raw, PARAMETERS);
  const time = (name: 'from' | 'to') => {
    const value = values.get(name);
    return value === undefined ? undefined : readTime(name, value);
  };
  const cursor = values.get('cursor');
  return {
    from: time('from'),
    to: time('to'),
    agents: readIds('agent', values.get('agent')),
    teams: readIds('team', values.get('team')),
    campaigns: readIds('campaign', values.get('campaign')),
    call: legId(values.get('call')),
    measure: readChoice('measure', values.get('measure'), Object.keys(OUTCOME_MEASURES)),
    ...readCellFilter(values),
    limit: limitOf(values.get('limit')),
    cursor: cursor === undefined ? undefined : decodeCursor(cursor),
  };
}

function limitOf(value: string | undefined): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new AppError('number_invalid', { field: 'limit', params: { name: 'limit', min: 1, max: LIMIT_MAX } });
}

/** Text PostgreSQL can compare; what cannot be one is a call nobody has. */
function legId(value: string | undefined): string | undefined {
  return value === undefined ? undefined : value.replaceAll('\0', '').slice(0, 300);
}

export function encodeCursor(cursor: { at: string; id: string }): string {
  return Buffer.from(JSON.stringify([cursor.at, cursor.id]), 'utf8').toString('base64url');
}

const CURSOR_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

function decodeCursor(text: string): { at: string; id: string } {
  try {
    const value: unknown = text.length <= 1_000 ? JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) : null;
    if (Array.isArray(value) && value.length === 2) {
      const [at, id] = value as unknown[];
      const isTime = typeof at === 'string' && CURSOR_TIME.test(at) && readTime('cursor', at);
      if (isTime && typeof id === 'string' && id.length <= 300 && !id.includes('\0')) return { at, id };
    }
  } catch {
    // Not JSON, or no such day: answered below.
  }
  throw new AppError('cursor_invalid', { field: 'cursor' });
}
