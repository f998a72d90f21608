export { SavedReportsModule } from './saved-reports.module.js';
