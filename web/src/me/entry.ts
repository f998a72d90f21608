import type { MyCall } from '../../../src/shared/me.js';
import type { OutcomeInput, OutcomeView } from '../../../src/shared/outcomes.js';
import { type Entry, externalIdOf, nextVersion, type OutboxState } from './outbox.js';

/** What is said about a call: what counts now, and what is on its way. Pure. */

export type Content = Omit<OutcomeInput, 'externalId' | 'version'>;
type Known = Pick<MyCall, 'id' | 'outcomes'>;

/** The latest outcome of a call that was not taken back. */
export function currentOutcome({ outcomes }: Pick<MyCall, 'outcomes'>): OutcomeView | null {
  return outcomes.find(({ cancelled }) => !cancelled) ?? null;
}

/**
 * What is to be sent for a call. One agent has one outcome of a call here, which later entries correct; what a CRM or
 * somebody else entered about the call is corrected where it is, so that nothing is sold twice.
 * @param now epoch ms of the server
 */
export function entryFor(agentId: number, call: Known, content: Content, now: number): Entry {
  const externalId = externalIdOf(agentId, call.id);
  const own = call.outcomes.find((one) => one.externalId === externalId);
  const current = currentOutcome(call);
  if (current !== null && current !== own) {
    return { outcomeId: current.id, input: { externalId: current.externalId, ...content } };
  }
  // The time of a sale is when it was entered, also when it is sent later; a correction leaves it.
  const at = current === null ? { at: new Date(now).toISOString() } : {};
  const version = nextVersion(now, own?.version);
  return {
    outcomeId: null,
    input: { externalId, version, agentId, call: call.id, cancelled: false, ...at, ...content },
  };
}

export type OnTheWay = { state: 'waiting' | 'sent'; entry: Entry } | { state: 'refused'; entry: Entry; error: Error };

/** What was entered about a call here and is not in the list yet. */
export function onTheWay(agentId: number, call: Known, outbox: OutboxState): OnTheWay | null {
  const ids = new Set([externalIdOf(agentId, call.id), ...call.outcomes.map(({ externalId }) => externalId)]);
  const isMine = ({ input }: Entry): boolean => ids.has(input.externalId);
  const waiting = outbox.pending.findLast(isMine);
  if (waiting !== undefined) return { state: 'waiting', entry: waiting };
  const refused = outbox.refused.findLast((one) => isMine(one.entry));
  if (refused !== undefined) return { state: 'refused', ...refused };
  const sent = outbox.sent.findLast(isMine);
  return sent === undefined ? null : { state: 'sent', entry: sent };
}

/** A person was spoken to, and nobody has said how it went. */
export function isToEnter(agentId: number, call: MyCall, outbox: OutboxState): boolean {
  const isMachine = call.answeredBy === 'machine' || call.answeredBy === 'fax';
  if (call.answeredAt === null || call.direction === 'internal' || isMachine) return false;
  const entry = onTheWay(agentId, call, outbox);
  if (entry !== null) return entry.state === 'refused' || entry.entry.input.cancelled === true;
  return currentOutcome(call) === null;
}
