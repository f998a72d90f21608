export { ScheduleButton } from './schedule-button.js';
