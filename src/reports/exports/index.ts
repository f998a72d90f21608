export { ExportsModule } from './exports.module.js';
export { covers } from './maker-rights.js';
