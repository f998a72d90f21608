export { callView } from './call-view.js';
export { visibleSql } from './calls.repository.js';
export { KpiReadModel } from './kpi.read-model.js';
export { KpiReadModule } from './kpi-read.module.js';
export { maskNumber } from './mask-number.js';
export { MEASURE_OF_ID } from './measure-filter.js';
export { type RawQuery, readChoice, readIds, readParameters } from './query-values.js';
export { readTime } from './time-bound.js';
export { loadZones, type Zones } from './zones.js';
