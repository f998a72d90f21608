import type { AddressKind, AgentStatus, LeaveKind } from '../../../../src/shared/organisation.js';

export const STATUSES: readonly AgentStatus[] = ['new', 'active', 'left', 'merged', 'erased'];
export const ADDRESS_KINDS: readonly AddressKind[] = ['client', 'sip', 'extension', 'worker', 'number', 'crm'];
export const LEAVE_KINDS: readonly LeaveKind[] = ['leave', 'sick', 'training', 'other'];
