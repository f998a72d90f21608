export { AuditReadModel } from './audit.read-model.js';
export { readFilter } from './audit-query.js';
export { OversightModule } from './oversight.module.js';
