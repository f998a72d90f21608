export { ReportDocumentsModule } from './documents.module.js';
