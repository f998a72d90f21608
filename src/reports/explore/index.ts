export { SqlReportEngine } from './engine.js';
export { ExploreModule } from './explore.module.js';
export { readFilters, readRange, readReportSpec } from './explore-query.js';
export { both, GROUPING_NAMES, labelOfKey } from './labels.js';
export { addMonths, datesBefore, datesOfPreset, daysBetween, weekdayOf, weekOf } from './presets.js';
export { type Span, spanBefore, spanOf } from './span.js';
