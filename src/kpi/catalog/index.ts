export { AVAILABLE_KPI_IDS, CATALOG, definitionView, definitionViews, findDefinition } from './catalog.js';
export { CurrencySums } from './currency-sums.js';
export { formulaText, type KpiDefinition } from './definition.js';
export { renderKpiDocument } from './document.js';
export { evaluate, type KpiOperands } from './evaluate.js';
export {
  addMeasures,
  emptyMeasures,
  isEmptyMeasures,
  MEASURE_COLUMNS,
  type MeasureColumn,
  type Measures,
  STATE_COLUMNS,
} from './measures.js';
export {
  bareOperand,
  isOfStates,
  lacksStates,
  operandsOf,
  STATE_TIMES,
  type StatesMissing,
  statesMissingIn,
} from './operands.js';
export { EFFECTIVE_SECONDS_DEFAULT, EFFECTIVE_SECONDS_IN_USE, STATE_TIME_STEPS_SECONDS } from './presets.js';
