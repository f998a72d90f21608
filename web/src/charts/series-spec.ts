/** What a page says about bars, lines and waterfalls; nothing of Chart.js shows here. */

export interface SeriesLine {
  name: string;
  /** No value is a gap, never 0. */
  values: (number | null)[];
  /** Ends of the range each value may lie in; null where none is known. */
  ranges: ({ low: number; high: number } | null)[];
  /** Lines of the note that opens at each category, without the category itself. */
  notes: string[][];
  colour: string;
  /** What is usual: a thin line behind the others. */
  isUsual: boolean;
  /** Which value axis it is read on. */
  axis: 'left' | 'right';
}

export interface SeriesSpec {
  type: 'bar' | 'line' | 'waterfall';
  /** Categories run down the page: long names then have room. Bars only. */
  isSideways: boolean;
  categories: string[];
  /** Categories follow one another; between those that do not, a line would say something that is not there. */
  isInOrder: boolean;
  series: SeriesLine[];
  /** A thin line across; the page says what it is. */
  target: number | null;
  /** Of values on each axis, in as few characters as say it. */
  axisText: { left: (value: number) => string; right: (value: number) => string };
  /** Axes of seconds step in minutes and hours, not in thousands. */
  axisSteps: { left: boolean; right: boolean };
  /** Counts step in whole numbers, also where nothing was counted. */
  axisWhole: { left: boolean; right: boolean };
  /** Direct labels of the bars of a single series, and of the differences of a waterfall. */
  barText: (value: number) => string;
  stepText: (value: number) => string;
  /** Of a waterfall: what rises and what falls; its ends have the colour of the series. */
  upColour: string;
  downColour: string;
  inkColour: string;
  axisColour: string;
  lineColour: string;
  ground: string;
  fontPx: number;
}

/**
 * Where each bar of a waterfall begins and ends: differences stand on what came before; both ends are levels and no bars,
 * because the axis need not begin at zero, where differences would be too small to see. Pure.
 */
export function waterfallBars(values: readonly (number | null)[]): [number, number][] {
  let level = 0;
  return values.map((value, index): [number, number] => {
    if (index === 0 || index === values.length - 1) {
      level = value ?? 0;
      return [level, level];
    }
    const before = level;
    level += value ?? 0;
    return [before, level];
  });
}

const TIME_STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

/** Seconds between two lines of an axis, for at most five of them; whole days beyond. Pure. */
export function timeStep(most: number): number {
  return TIME_STEPS.find((step) => most / step <= 5) ?? 86_400 * Math.ceil(most / 5 / 86_400);
}
