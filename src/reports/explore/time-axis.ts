/** Keys of consecutive stretches of time, in order: for rows of nothing, and to lay a range beside the one before. Pure. */
import { datesOf, type Hour, hourIndex, hoursOf, type Zones } from '../../kpi/index.js';
import { isoOf } from '../../platform/index.js';
import type { Localised } from '../../shared/api.js';
import type { ReportGrouping } from '../../shared/reports.js';
import { both } from './labels.js';
import { weekOf } from './presets.js';
import type { Span } from './span.js';

export class TimeAxis {
  readonly keys: readonly string[];
  private readonly hours: Hour[];

  constructor(
    private readonly grouping: ReportGrouping,
    span: Span,
    zones: Zones,
  ) {
    this.hours = grouping === 'hour' ? hoursOf(hourSpan(span, zones), zones.at(span.from).timeZone) : [];
    this.keys =
      this.hours.length > 0 ? this.hours.map(({ start }) => isoOf(start)) : keysOfDates(grouping, span, zones);
  }

  /** The key a row of the database belongs to: hours are named by their beginning, within the span. */
  keyOf(found: string): string {
    if (this.grouping !== 'hour') return found;
    const index = hourIndex(this.hours, Math.max(Number(found), this.hours[0]?.start ?? 0));
    return this.keys[index] ?? isoOf(Number(found));
  }

  labels(): Map<string, Localised> {
    return new Map(this.hours.map(({ start, label }) => [isoOf(start), both(label)]));
  }

  /** Keys of another axis that stand at the place of ours: the n-th day beside the n-th day. */
  beside(other: TimeAxis): Map<string, string> {
    return new Map(
      other.keys.flatMap((key, index) => {
        const own = this.keys[index];
        return own === undefined ? [] : [[key, own]];
      }),
    );
  }

  /** Those that have begun at an instant, epoch ms. */
  begun(now: number, zones: Zones): string[] {
    if (this.grouping === 'hour')
      return this.hours.filter(({ start }) => start <= now).map(({ start }) => isoOf(start));
    const today = zones.dateOf(now);
    return this.keys.filter((key) => (this.grouping === 'month' ? key <= today.slice(0, 7) : key <= today));
  }
}

function keysOfDates(grouping: ReportGrouping, span: Span, zones: Zones): string[] {
  const dates = datesOf(span.cut === null ? span : { ...span, dates: span.cut.dates }, zones);
  switch (grouping) {
    case 'day':
      return dates;
    case 'week':
      return [...new Set(dates.map(weekOf))];
    case 'month':
      return [...new Set(dates.map((date) => date.slice(0, 7)))];
    default:
      return [];
  }
}

/** Business days of teams in other zones reach beyond ours; their hours are part of the range. */
function hourSpan(span: Span, zones: Zones): { from: number; to: number } {
  const dates = span.cut?.dates ?? span.dates;
  if (dates === null) return span;
  return { from: zones.startsOf(dates.from).first, to: zones.startsOf(dates.to).last };
}
