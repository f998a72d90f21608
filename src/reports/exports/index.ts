export { ExportsModule } from './exports.module.js';
export { attachmentHeader } from './file-name.js';
export { covers } from './maker-rights.js';
