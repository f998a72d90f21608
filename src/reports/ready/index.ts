export { ReadyModule } from './ready.module.js';
export { ReadyReports, readyReportName } from './ready-reports.js';
