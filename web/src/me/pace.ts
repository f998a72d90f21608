import type { TargetNow } from '../../../src/shared/live.js';
import { formatDecimal, type Language } from '../format/index.js';
import { currencyOf, figureText, likeValue, scalarOf } from '../wallboard/figure-model.js';
import { type Figure, formOf } from '../wallboard/kpi-forms.js';

/** What a ring says about a personal target: how far, against where one should be by now. Pure. */

/**
 * `reached`: the target of the period is met. `ahead`, `on`, `behind`, `far`: against the expected value by now.
 * `within`: a limit that is kept, `over`: one that is not. `none`: nothing can be said yet.
 */
export type PaceTone = 'reached' | 'ahead' | 'on' | 'behind' | 'far' | 'within' | 'over' | 'none';

/** Below this share of the expected value somebody is well behind. */
const FAR_BEHIND = 0.9;

export interface Pace {
  tone: PaceTone;
  /** Filled part of the ring, 0–1. */
  filled: number;
  /** Where the ring should be filled to by now, 0–1; null: not known, or no matter any more. */
  expectedAt: number | null;
  actual: string;
  target: string;
  /** What one should be at by now; null for rates, limits, and before the first working minute. */
  expected: string | null;
  /** Distance to the expected value (of rates: to the target), without sign; null when there is none to tell. */
  distance: string | null;
  /** `distance` is in percentage points. */
  inPoints: boolean;
  neededPerHour: string | null;
  projection: { low: string; high: string } | null;
}

/** @param currency of the organisation, for amounts while there are none yet */
export function paceOf(target: TargetNow, language: Language, currency: string): Pace {
  const form = formOf(target.kpi);
  const unit = currencyOf(target.actual, currency);
  const write = (value: number | null): string => figureText(form.kind, likeValue(form.kind, value, unit), language);
  const away = (size: number): string =>
    form.kind === 'fraction' ? formatDecimal(size * 100, language, 1) : write(size);
  const actual = scalarOf(target.actual);
  const tone = toneOf(target, form, actual);
  const reference = target.expectedNow ?? (isRate(form) ? target.target : null);
  const isOpen = tone === 'ahead' || tone === 'behind' || tone === 'far';
  const { projection } = target;
  return {
    tone,
    filled: filledOf(target, form, actual),
    expectedAt: tone === 'reached' || form.isLessBetter ? null : target.expectedShare,
    actual: actual === null ? write(null) : figureText(form.kind, target.actual, language),
    target: write(target.target),
    expected: form.isLessBetter || target.expectedNow === null ? null : write(shown(form, target.expectedNow)),
    distance: !isOpen || reference === null || actual === null ? null : away(Math.abs(actual - shown(form, reference))),
    inPoints: form.kind === 'fraction',
    neededPerHour:
      tone === 'reached' || form.isLessBetter ? null : perHour(form, target.neededPerHour, write, language),
    projection:
      projection === null || tone === 'reached' || projection.high - projection.low <= 0
        ? null
        : { low: write(projection.low), high: write(projection.high) },
  };
}

function isRate(form: Figure): boolean {
  return form.compare === 'difference';
}

/** The value as it is read: distances are those of the numbers on the screen. */
function shown(form: Figure, value: number): number {
  return form.kind === 'count' ? Math.round(value) : value;
}

function toneOf(target: TargetNow, form: Figure, actual: number | null): PaceTone {
  const { attainment, pace, expectedNow } = target;
  if (form.isLessBetter) {
    if (actual === null) return 'none';
    return actual <= target.target ? 'within' : 'over';
  }
  if (attainment === null || actual === null) return 'none';
  if (isRate(form)) return attainment >= 1 ? 'reached' : attainment >= FAR_BEHIND ? 'behind' : 'far';
  if (attainment >= 1) return 'reached';
  if (pace === null || expectedNow === null) return 'none';
  if (form.kind === 'count' && Math.round(expectedNow) === actual) return 'on';
  if (pace >= 1) return pace === 1 ? 'on' : 'ahead';
  return pace >= FAR_BEHIND ? 'behind' : 'far';
}

function filledOf({ attainment, target }: TargetNow, form: Figure, actual: number | null): number {
  // A limit fills up as it is used.
  const share = form.isLessBetter ? (target > 0 ? (actual ?? 0) / target : actual ? 1 : 0) : (attainment ?? 0);
  return Math.min(1, Math.max(0, share));
}

/** Rounded up: with the number that is written the target is reached. */
function perHour(
  form: Figure,
  value: number | null,
  write: (value: number | null) => string,
  language: Language,
): string | null {
  if (value === null || value <= 0) return null;
  if (form.kind !== 'count') return write(form.kind === 'duration' ? Math.ceil(value) : value);
  const tenths = Math.ceil(value * 10 - 1e-9) / 10;
  return figureText('per_hour', tenths, language).replace(/\/.*$/, '');
}
