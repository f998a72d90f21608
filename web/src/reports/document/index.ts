/** Documents of reports as pages show and print them. */
export { ReportChart } from './chart-section.js';
export { Definitions } from './definitions.js';
export { DocumentView, rangeText } from './document-view.js';
export { ReportTable } from './table-section.js';
export { usePrinting } from './use-printing.js';
