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
  'people.imported',
  'people.exported',
  // boards
  'board.created',
  'board.changed',
  'board.deleted',
  // personal data
  'customer.searched',
  'customer.revealed',
  'customer.erased',
  'retention.changed',
  'retention.applied',
  'keys.rotated',
  'audit.exported',
  'audit.checkpointed',
  // ingest
  'parked.replayed',
  'calls.exported',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
