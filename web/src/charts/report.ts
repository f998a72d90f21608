/** A face of its own: what reports draw. A wall does not load it. */
export { Funnel } from './funnel.js';
export type { FunnelStep } from './funnel-step.js';
export { HeatMap } from './heat-map.js';
export type { HeatCell, HeatMapSpec } from './heat-map-model.js';
export { lineShapes } from './line-shapes.js';
export { SeriesChart } from './series-chart.js';
export type { SeriesLine, SeriesSpec } from './series-spec.js';
