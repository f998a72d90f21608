import type { DayNorm, DayNormHour } from '../../../src/shared/floor.js';
import type { ColumnChartSpec } from '../charts/spec.js';
import type { ChartPalette } from '../wallboard/palette.js';

/** The chart of an agent's hours. Pure. */

const HOUR_MS = 3_600_000;

/** From the first to the last hour with anything counted or usual. */
export function hoursWorth({ hours }: Pick<DayNorm, 'hours'>): DayNormHour[] {
  const has = ({ dials, usualDials }: DayNormHour): boolean => dials > 0 || (usualDials ?? 0) > 0;
  const first = hours.findIndex(has);
  return first < 0 ? [] : hours.slice(first, hours.findLastIndex(has) + 1);
}

interface Words {
  hour(at: number): string;
  count(value: number): string;
}

/** Hours so far are solid with their number above; what is usual is the line, and the outline of hours to come. */
export function hoursSpec(
  hours: readonly DayNormHour[],
  asOf: number,
  palette: ChartPalette,
  { hour, count }: Words,
): ColumnChartSpec {
  const starts = hours.map(({ start }) => Date.parse(start));
  const isToCome = (index: number): boolean => (starts[index] ?? 0) >= asOf;
  const passed = (of: (one: DayNormHour) => number) => hours.map((one, index) => (isToCome(index) ? null : of(one)));
  const current = starts.findIndex((start) => start <= asOf && asOf < start + HOUR_MS);
  return {
    categories: starts.map(hour),
    series: [
      {
        kind: 'bar',
        values: hours.map((one, index) => (isToCome(index) ? one.usualDials : null)),
        fill: 'transparent',
        stroke: palette.hollow,
      },
      {
        kind: 'bar',
        values: passed(({ dials }) => dials),
        fill: palette.dials,
        labels: hours.map(({ dials }, index) => (isToCome(index) || dials === 0 ? '' : count(dials))),
        labelColour: palette.label,
        labelGround: palette.panel,
      },
      { kind: 'bar', values: passed(({ connects }) => connects), fill: palette.connects },
      {
        kind: 'band',
        values: hours.map(({ usualDials }) => usualDials),
        fill: palette.band,
        stroke: palette.bandLine,
      },
    ],
    current: current < 0 ? null : current,
    axisColour: palette.axis,
    currentColour: palette.current,
    fontPx: 12,
  };
}
