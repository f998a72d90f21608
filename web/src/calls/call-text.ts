import type { TFunction } from 'i18next';
import type { CallView } from '../../../src/shared/api.js';
import { formatDuration, type Language, MISSING } from '../format/index.js';

/** What the tables and pages of calls write for a call. Pure. */

/** Talk counts when the call has ended; before that there is no value yet. */
export function talkText(call: CallView, language: Language): string {
  return call.answeredAt === null || call.endedAt === null ? MISSING : formatDuration(call.talkSeconds, language);
}

/** Only a caller can be anonymous; an outbound call without a number has not reported its leg to the customer yet. */
export function customerText(call: CallView, t: TFunction): string {
  return call.customer ?? (call.direction === 'inbound' ? t('common.anonymous') : MISSING);
}

/** The team of calls that nobody owns has the id 0. */
export function teamText(call: CallView, t: TFunction): string {
  return call.team.id === 0 ? t('common.unassigned') : call.team.name;
}
