export { callView } from './call-view.js';
export { callsFilterOf } from './calls.read-model.js';
export { type CallsFilter, callConditions, visibleSql } from './calls.repository.js';
export { readCallsQuery } from './calls-query.js';
export {
  type CellColumns,
  type CellFilter,
  cellConditions,
  OWN_NUMBER_OF_CALL,
  readCellFilter,
  readNumberRefs,
  readWithin,
} from './cell-filter.js';
export { type Hour, hourIndex, hoursOf } from './hours.js';
export { KpiReadModel } from './kpi.read-model.js';
export { KpiRepository } from './kpi.repository.js';
export { KpiReadModule } from './kpi-read.module.js';
export { type CallMeasure, COUNTED_CALLS, type CountedCalls, MEASURE_OF_ID, measureSql } from './measure-filter.js';
export { type RawQuery, readChoice, readIds, readParameters } from './query-values.js';
export { type DateRange, datesOf, type InstantRange, listRange, type ReportRange, resolveRange } from './range.js';
export { betweenDates, betweenInstants, openSql, SqlParameters, ZONE_SPREAD_MS } from './sql-parts.js';
export { readTime, requireSlotBoundary, type TimeBound } from './time-bound.js';
export { loadZones, type Zones } from './zones.js';
