export { ReadyModule } from './ready.module.js';
export { ReadyReports } from './ready-reports.js';
