export { ReportsModule } from './reports.module.js';
export { ScheduleJob } from './schedules/index.js';
