/** A face of its own: a wall that shows columns only does not load it. */
export { ScatterChart } from './scatter-chart.js';
export type { PointShape, ScatterPoint, ScatterSpec } from './scatter-spec.js';
