export { ExportButton } from './export-button.js';
export { ExportNotices } from './export-notices.js';
