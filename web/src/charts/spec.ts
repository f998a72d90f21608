/** What a screen says about a column chart; nothing of Chart.js shows here. */

export interface BarSeries {
  kind: 'bar';
  values: (number | null)[];
  fill: string;
  /** Outline; with a transparent fill the bar is hollow. */
  stroke?: string;
  /** Text drawn directly above each bar, in `labelColour`. */
  labels?: string[];
  labelColour?: string;
  /** Colour of what the labels stand on. */
  labelGround?: string;
}

/** A thin stepped line with a faint area under it: what is usual. */
export interface BandSeries {
  kind: 'band';
  values: (number | null)[];
  fill: string;
  stroke: string;
}

export interface ColumnChartSpec {
  categories: string[];
  /** Later series are drawn over earlier ones. Bars of one category share its whole width. */
  series: (BarSeries | BandSeries)[];
  /** Index of the category that is emphasised on the axis, e.g. the current hour. */
  current: number | null;
  axisColour: string;
  currentColour: string;
  fontPx: number;
}
