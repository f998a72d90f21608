/** What the audit log speaks of. Action names are `<area>.<what happened>`, past tense, and never change their meaning. */

export interface AuditActor {
  kind: 'user' | 'key' | 'screen' | 'system' | 'anonymous';
  /** Surrogate id; null for the bootstrap key, the system and nobody. */
  id: number | null;
  /** Network address it came from; null for the system. */
  address: string | null;
}

export const AUDIT_ACTIONS = [
  // access
  'access.refused',
  'session.signed_in',
  'session.sign_in_failed',
  'session.signed_out',
  'session.ended',
  'account.changed',
  'account.password_changed',
  'account.totp_enabled',
  'account.totp_disabled',
  'account.recovery_code_used',
  'account.recovery_codes_made',
  'user.invited',
  'user.created',
  'user.changed',
  'user.disabled',
  'user.deleted',
  'user.link_made',
  'key.created',
  'key.revoked',
  'screen.paired',
  'screen.changed',
  'screen.revoked',
  // organisation
  'organisation.changed',
  'site.created',
  'site.changed',
  'team.created',
  'team.changed',
  'team.archived',
  'agent.created',
  'agent.changed',
  'agent.moved',
  'agent.merged',
  'agent.erased',
  'address.assigned',
  'address.removed',
  'calendar.changed',
  'campaign.created',
  'campaign.changed',
  'disposition.created',
  'disposition.changed',
  'pause_reasons.changed',
  'activities.mapped',
  'status.set',
  'people.imported',
  'people.exported',
  // boards
  'board.created',
  'board.changed',
  'board.deleted',
  // reports
  'saved_report.created',
  'saved_report.changed',
  'saved_report.deleted',
  // outcomes and lists of customers
  'outcome.entered',
  'outcome.corrected',
  'outcome.cancelled',
  'outcome.imported',
  'outcome.exported',
  'do_not_call.listed',
  'do_not_call.removed',
  'do_not_call.imported',
  'do_not_call.exported',
  'owner.assigned',
  'owner.removed',
  'owner.imported',
  // targets
  'target.created',
  'target.changed',
  'target.deleted',
  'target.cascaded',
  'period.closed',
  // personal data
  'customer.searched',
  'customer.revealed',
  'customer.erased',
  'retention.changed',
  'retention.applied',
  'keys.rotated',
  'keys.pruned',
  'audit.exported',
  'audit.checkpointed',
  // exports
  'export.asked',
  'export.made',
  'export.cancelled',
  'export.link_made',
  'export.downloaded',
  'export.deleted',
  // scheduled reports
  'schedule.created',
  'schedule.changed',
  'schedule.deleted',
  'schedule.stopped',
  'schedule.run',
  'schedule.sent',
  'schedule.previewed',
  'schedule.tested',
  'schedule.retried',
  'schedule.downloaded',
  'schedule.link_used',
  // ingest
  'parked.replayed',
  'calls.exported',
  'feed.read',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_ACTOR_KINDS = ['user', 'key', 'screen', 'system', 'anonymous'] as const;

/** One entry. Times are ISO 8601 in UTC; names are as they are now, null when whoever it was is gone. */
export interface AuditEventView {
  /** Its number in the chain. */
  seq: string;
  at: string;
  actor: AuditActor & { name: string | null };
  action: string;
  subject: { kind: string; id: string; name: string | null } | null;
  outcome: 'done' | 'refused';
  /** Refused attempts within one minute that are one entry. */
  attempts: number;
  /** The fields that changed; `'•'` for a personal one, of which only the change is kept. Null: none. */
  before: unknown;
  after: unknown;
}

/**
 * GET /api/v1/audit?from=&to=&actor=&action=&subject=&outcome=&limit=&cursor= (audit:read), newest first.
 * `from`, `to`: ISO 8601 instants, half-open. `actor`: `user:3` or a kind. `action`: names or areas (`team`),
 * comma-separated. `subject`: `team:12` or a kind. `limit` 1 … 200, default 50.
 */
export interface AuditPage {
  events: AuditEventView[];
  /** Pass as `cursor` for the page behind; null at the end. */
  next: string | null;
}

/** GET /api/v1/audit/actors (audit:read): who is named in the log at all, for a filter. */
export interface AuditActorsView {
  actors: { kind: AuditActor['kind']; id: number | null; name: string | null }[];
}

export interface AuditVerificationView {
  at: string;
  ok: boolean;
  entries: number;
  problemCount: number;
  /** The first of them: what, at which entry. */
  problems: { kind: 'altered' | 'missing' | 'truncated' | 'anchor' | 'origin' | 'key'; seq: string; detail: string }[];
}

/** GET /api/v1/audit/status; POST /api/v1/audit/verify proves the chain now and answers the same (audit:read). */
export interface AuditStatus {
  entries: number;
  /** First and last entry; null while there is none. */
  first: { seq: string; at: string } | null;
  last: { seq: string; at: string } | null;
  /** Where the chain begins since retention removed what was older. */
  origin: { seq: string; at: string } | null;
  /** The head as last written outside the database. */
  anchored: { seq: string; at: string } | null;
  /** The last proof made in this process; null before the first. */
  verification: AuditVerificationView | null;
}
