export { ColumnChart } from './column-chart.js';
export type { BandSeries, BarSeries, ColumnChartSpec } from './spec.js';
