/** One target in force on a day, with all it needs in memory: progress is worked out from it and today's sums. Pure. */
import type { CurrencySums } from '../../kpi/index.js';
import { CurrencySums as Sums } from '../../kpi/index.js';
import type { KpiValue } from '../../shared/api.js';
import type { TargetNow } from '../../shared/live.js';
import type { TargetPeriod, TargetProgress, TargetProration, TargetScope } from '../../shared/targets.js';
import type { Dates } from '../calendar/periods.js';
import type { Figure } from '../figures.js';
import type { TargetOfDay, TodaySums } from '../targets-of-day.js';
import type { DayCurve } from './day-curve.js';
import { attainmentOf, paceOf } from './progress.js';
import { type DayProjection, daysAhead, type Range, restWithoutHistory, together } from './projection.js';

export interface LoadedParts {
  targetId: number;
  figure: Figure;
  period: TargetPeriod;
  dates: Dates;
  scope: TargetScope;
  fullValue: number;
  value: number;
  currency: string | null;
  proration: TargetProration | null;
  before: CurrencySums | null;
  curve: DayCurve;
  /** Working minutes of the period's days before today, of today, and after. */
  minutes: { before: number; today: number; after: number };
  /** Working days of a usual length after today. */
  daysAfter: number;
  /** Made when it is first asked for. */
  projection: () => DayProjection | null;
}

/** Less than this left is no time to make up for anything in. */
const MINUTES_LEFT_MIN = 1;

export class LoadedTarget implements TargetOfDay {
  readonly targetId: number;
  readonly kpi: string;
  readonly period: TargetPeriod;
  readonly scope: TargetScope;
  readonly value: number;
  readonly fullValue: number;
  readonly currency: string | null;
  readonly before: CurrencySums | null;
  private made: DayProjection | null = null;
  /** Gone once it is made, and with it the days it was made of. */
  private make: LoadedParts['projection'] | null;

  private readonly parts: Omit<LoadedParts, 'projection'>;

  constructor({ projection, ...parts }: LoadedParts) {
    this.parts = parts;
    this.make = projection;
    this.targetId = parts.targetId;
    this.kpi = parts.figure.id;
    this.period = parts.period;
    this.scope = parts.scope;
    this.value = parts.value;
    this.fullValue = parts.fullValue;
    this.currency = parts.currency;
    this.before = parts.before;
  }

  expectedShare(now: number): number | null {
    if (this.parts.figure.kind !== 'additive') return null;
    const { minutes, curve } = this.parts;
    const all = minutes.before + minutes.today + minutes.after;
    if (all === 0) return null;
    const share = (minutes.before + minutes.today * curve.shareAt(now)) / all;
    return share > 0 ? Math.min(1, share) : null;
  }

  progress(today: TodaySums, now: number): TargetNow {
    const actual = this.actual(today);
    const number = numberOf(actual);
    const expectedShare = this.expectedShare(now);
    const { lowIsGood, kind } = this.parts.figure;
    const attainment = attainmentOf(number, this.value, lowIsGood);
    const expectedNow = expectedShare === null ? null : this.value * expectedShare;
    return {
      targetId: this.targetId,
      kpi: this.kpi,
      period: this.period,
      target: this.value,
      actual,
      attainment,
      expectedShare,
      expectedNow,
      pace: kind === 'additive' ? paceOf(number, expectedNow, lowIsGood) : kind === 'ratio' ? attainment : null,
      neededPerHour: this.neededPerHour(number, now),
      projection: this.projection(today, number, expectedShare, now),
    };
  }

  explained(today: TodaySums, now: number): TargetProgress {
    const { target, ...progress } = this.progress(today, now);
    const { dates, proration } = this.parts;
    return {
      ...progress,
      scope: this.scope,
      from: dates.from,
      until: dates.until,
      fullTarget: this.fullValue,
      target,
      currency: this.currency,
      proration,
    };
  }

  /** Of money the amount in the target's currency. */
  private actual({ sums, ...counts }: TodaySums): KpiValue {
    const value = this.whole(sums).value(this.kpi, this.currency ?? '', counts);
    if (!this.parts.figure.hasCurrency) return value;
    const amounts = Array.isArray(value) ? value : [value];
    const own = amounts.find((one) => typeof one === 'object' && one?.currency === this.currency);
    if (own !== undefined) return own;
    return this.parts.figure.isMoney ? { amountMinor: 0, currency: this.currency ?? '' } : null;
  }

  private whole(today: CurrencySums): CurrencySums {
    if (this.before === null) return today;
    const all = new Sums();
    all.addAll(this.before);
    all.addAll(today);
    return all;
  }

  private neededPerHour(actual: number | null, now: number): number | null {
    const { figure, curve, minutes } = this.parts;
    if (figure.kind !== 'additive' || figure.lowIsGood || actual === null || actual >= this.value) return null;
    const left = curve.minutesAfter(now) + minutes.after;
    return left < MINUTES_LEFT_MIN ? null : (this.value - actual) / (left / 60);
  }

  private projection(today: TodaySums, actual: number | null, share: number | null, now: number): Range | null {
    const { figure, curve, minutes, daysAfter } = this.parts;
    if (figure.kind !== 'additive' || actual === null || share === null) return null;
    const rest = this.restOfToday(today, now);
    if (rest === null) return null;
    if (minutes.after === 0) return plus(actual, rest);
    const known = this.known();
    if (known === null || known.habit.days < 3) return null;
    // Nothing of today is left when the day is over, or nobody works today.
    const ahead = daysAhead(known.habit, daysAfter);
    return plus(actual, now >= curve.end || minutes.today === 0 ? ahead : together(rest, ahead));
  }

  private restOfToday(today: TodaySums, now: number): Range | null {
    const { curve, figure, minutes } = this.parts;
    if (now >= curve.end || minutes.today === 0) return { low: 0, middle: 0, high: 0 };
    const done = numberOf(today.sums.value(this.kpi, this.currency ?? '') as KpiValue, this.currency);
    const known = this.known();
    if (known?.isKnown) return known.rest(done ?? 0, now - curve.start);
    const isCount = figure.parts.every(({ factor }) => factor === 1) && !figure.isMoney;
    return isCount && this.period === 'day' ? restWithoutHistory(done ?? 0, curve.shareAt(now), this.value) : null;
  }

  private known(): DayProjection | null {
    if (this.make !== null) {
      this.made = this.make();
      this.make = null;
    }
    return this.made;
  }
}

function plus(actual: number, { low, middle, high }: Range): Range {
  return { low: actual + low, middle: actual + middle, high: actual + high };
}

/** Of amounts in several currencies the one asked for. */
export function numberOf(value: KpiValue, currency: string | null = null): number | null {
  if (value === null || typeof value === 'number') return value;
  if (!Array.isArray(value)) return currency === null || value.currency === currency ? value.amountMinor : 0;
  return value.find((one) => one.currency === currency)?.amountMinor ?? 0;
}
