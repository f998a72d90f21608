/** What is asked for, read from the address. Every error names its field. Pure. */
import { type RawQuery, readChoice, readIds, readParameters, readTime } from '../kpi/index.js';
import { AppError } from '../platform/index.js';
import {
  LEADERBOARD_MODES,
  type LeaderboardMode,
  QUADRANT_ACTIVITIES,
  type QuadrantActivity,
} from '../shared/comparison.js';
import { type Figure, figureOf } from './figure.js';

interface RangeQuery {
  /** Business dates, `to` exclusive; absent: today. */
  from?: string | undefined;
  to?: string | undefined;
  teams?: number[] | undefined;
  campaigns?: number[] | undefined;
}

export interface LeaderboardQuery extends RangeQuery {
  figure: Figure;
  mode: LeaderboardMode;
  per: 'head' | 'total';
  /** ISO 4217. */
  currency?: string | undefined;
}

export interface QuadrantsQuery extends RangeQuery {
  x: QuadrantActivity;
  y: Figure;
}

const RANGE = ['from', 'to', 'team', 'campaign'] as const;
const LEADERBOARD_PARAMETERS = ['kpi', 'mode', 'per', 'currency', ...RANGE] as const;
const QUADRANTS_PARAMETERS = ['x', 'y', ...RANGE] as const;

export function readLeaderboardQuery(raw: RawQuery): LeaderboardQuery {
  const values = readParameters(raw, LEADERBOARD_PARAMETERS);
  const mode = readChoice('mode', values.get('mode'), LEADERBOARD_MODES) ?? 'raw';
  const figure = figureOf(values.get('kpi') ?? 'dials');
  if (mode === 'improved' && figure.definition.goodDirection === 'neutral') {
    throw new AppError('kpi_not_comparable', { field: 'kpi', params: { id: figure.id } });
  }
  return {
    ...rangeOf(values),
    figure,
    mode,
    per: readChoice('per', values.get('per'), ['head', 'total']) ?? 'head',
    currency: readCurrency(values.get('currency')),
  };
}

export function readQuadrantsQuery(raw: RawQuery): QuadrantsQuery {
  const values = readParameters(raw, QUADRANTS_PARAMETERS);
  const y = figureOf(values.get('y') ?? 'conversion_rate');
  if (y.kind !== 'rate') throw new AppError('kpi_not_comparable', { field: 'y', params: { id: y.id } });
  return { ...rangeOf(values), x: readChoice('x', values.get('x'), QUADRANT_ACTIVITIES) ?? 'dials', y };
}

function rangeOf(values: { get(name: (typeof RANGE)[number]): string | undefined }): RangeQuery {
  return {
    from: readDate('from', values.get('from')),
    to: readDate('to', values.get('to')),
    teams: readIds('team', values.get('team')),
    campaigns: readIds('campaign', values.get('campaign')),
  };
}

/** Business dates only: people are compared by whole days. */
function readDate(name: 'from' | 'to', value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bound = readTime(name, value);
  if (bound.kind !== 'date') throw new AppError('date_only', { field: name, params: { name } });
  return bound.date;
}

function readCurrency(value: string | undefined): string | undefined {
  if (value === undefined || /^[A-Z]{3}$/.test(value)) return value;
  throw new AppError('choice_unknown', { field: 'currency', params: { name: 'currency', allowed: 'CNY, EUR, USD …' } });
}
