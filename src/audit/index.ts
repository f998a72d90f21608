export { AUDIT_ANCHOR, AuditAnchor } from './anchor.js';
export { CHAIN_LOCK, type Head, headOf } from './audit.repository.js';
export { AUDIT, type AuditEntry, type AuditLog, type Json, type Queryable, silentAudit } from './audit-log.js';
export { ChainedAuditLog } from './chained-audit-log.js';
export {
  authorsOf,
  because,
  type ChangeAuthor,
  type ChangeCause,
  causeOf,
  causeOfKept,
  type KeptCause,
  keptCause,
  reasonText,
} from './change-cause.js';
export { type RetiredAudit, retireAudit } from './checkpoint.js';
export { type AuditProblem, type AuditVerification, verifyAudit } from './verify-audit.js';
