export { ScheduleJob } from './schedule.job.js';
export { SchedulesModule } from './schedules.module.js';
