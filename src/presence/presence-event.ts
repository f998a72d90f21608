/**
 * The normalised presence event: what a phone system, a person or the clock says about what an agent does.
 *
 * Contract
 * - Events of one `stream` follow each other: what one says holds until the next one of the same stream. A stream is one
 *   source about one subject: a worker's activity, one reservation, one agent's own switch.
 * - It names its agent by a worker's id, by names as a phone system knows them (`agentParam`, `from`), or by id.
 */
import type { EventParty, TranslatedParty } from '../calls/index.js';
import type { AgentState } from '../shared/presence.js';

export type PresenceEventType =
  /** A status: of a worker, or what a person said of themself. */
  | 'presence.state'
  /** A task (a call) of a worker was accepted, goes into wrap-up, is over. */
  | 'presence.task'
  /** Synthetic: nobody ever ended the status. */
  | 'presence.stale';

export interface PresenceTold {
  /** Absent: the activity's name says it, through the settings. */
  state?: AgentState;
  /** Key of a pause reason. */
  reason?: string;
  /** Name of an activity, verbatim. */
  activity?: string;
  /** Whether that activity takes tasks, where the event says so. */
  available?: boolean;
  /** Id of the worker in the phone system. */
  worker?: string;
  /** Id of the agent, where they said it here. */
  agentId?: number;
  /** Order the source gives its own events; decides between two of one instant. */
  sequence?: number;
}

interface PresenceCore {
  provider: string;
  account: string;
  type: PresenceEventType;
  /** The stream: at most 128 characters. Stands in the log where events of calls have their leg. */
  legId: string;
  parentLegId: null;
  /** The worker's name, verbatim. */
  agentParam: string | null;
  campaignParam: null;
  told: PresenceTold;
}

export interface TranslatedPresence extends PresenceCore {
  /** Epoch ms; null = none that can be read, the receipt time stands in. */
  occurredAt: number | null;
  /** Softphone identity of the worker, where the event names it. */
  from: TranslatedParty;
  to: { kind: 'none' };
  /** sha256. */
  dedupKey: Buffer;
}

export interface PresenceEvent extends PresenceCore {
  occurredAt: number;
  from: EventParty;
}

/** The stream of what a person says of themself here. */
export const switchStream = (agentId: number): string => `switch|${agentId}`;
