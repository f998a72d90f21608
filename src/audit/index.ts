export { AUDIT, type AuditEntry, type AuditLog, type Json, type Queryable, silentAudit } from './audit-log.js';
