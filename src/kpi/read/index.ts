export { callView } from './call-view.js';
export { visibleSql } from './calls.repository.js';
export { KpiReadModel } from './kpi.read-model.js';
export { KpiReadModule } from './kpi-read.module.js';
export { maskNumber } from './mask-number.js';
