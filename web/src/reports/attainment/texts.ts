import type { KpiValue } from '../../../../src/shared/api.js';
import { type Language, MISSING } from '../../format/index.js';
import { axisText, numberOf, pointsText } from '../document/values.js';
import type { Standing } from './standings.js';

/** Figures of targets in as few characters as say them: whole counts, amounts without their cents. Pure. */

type Unit = Pick<Standing, 'unit' | 'currency'>;

export function standingText(value: KpiValue, { unit, currency }: Unit, language: Language): string {
  const number = numberOf(value);
  if (number === null) return MISSING;
  return axisText(unit === 'count' ? Math.round(number) : number, unit, currency, language);
}

/** "−8,159"; of rates in points. */
export function gapText({ gap, unit, currency }: Unit & Pick<Standing, 'gap'>, language: Language): string {
  if (gap === null) return MISSING;
  if (unit === 'fraction') return pointsText(gap, language);
  const by = unit === 'count' ? Math.round(gap) : gap;
  const sign = by > 0 ? '+' : by < 0 ? '−' : '±';
  return sign + axisText(Math.abs(by), unit, currency, language);
}

/** "73,154 – 74,003", or one figure when both ends read the same. */
export function rangeOfEnds(standing: Standing, language: Language): string {
  const [low, high] = [standing.low, standing.high].map((end) => standingText(end, standing, language));
  if (low === undefined || high === undefined) return MISSING;
  return low === high ? low : `${low} – ${high}`;
}
