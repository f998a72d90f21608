import type { OutcomeInput } from '../../../src/shared/outcomes.js';

/**
 * What was entered and is not yet on the server. An entry stays until the server has answered it; while it cannot be
 * reached it is tried again and again, and it survives a reload of the tab. An entry the server refuses waits for whoever
 * typed it. The external id and version of an entry never change, so that sending it twice counts once.
 */

/** Something said about an outcome. */
export interface Entry {
  /** Of the outcome that is corrected, when it is not one that people entered here; null: entered here. */
  outcomeId: string | null;
  /** With `outcomeId` only what is corrected counts of it. */
  input: OutcomeInput;
}

export interface Refusal {
  entry: Entry;
  error: Error;
}

export interface OutboxState {
  /** Oldest first. */
  pending: readonly Entry[];
  refused: readonly Refusal[];
  /** Taken by the server and not yet seen in a list. */
  sent: readonly Entry[];
  /** The last attempt did not reach the server. */
  offline: boolean;
}

export interface OutboxParts {
  send(entry: Entry): Promise<unknown>;
  /** Whether an error says "not now" rather than "no". */
  isTemporary(error: Error): boolean;
  /** Of this tab and person. */
  load(): Entry[];
  save(pending: readonly Entry[]): void;
  /** Calls `action` after so many milliseconds; the answer takes it back. */
  later(action: () => void, ms: number): () => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

export class Outbox {
  private state: OutboxState;
  private sending: string | null = null;
  private waitMs = FIRST_RETRY_MS;
  private takeBack: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly sentListeners = new Set<(entry: Entry) => void>();

  constructor(private readonly parts: OutboxParts) {
    this.state = { pending: parts.load(), refused: [], sent: [], offline: false };
  }

  readonly snapshot = (): OutboxState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onSent(listener: (entry: Entry) => void): () => void {
    this.sentListeners.add(listener);
    return () => this.sentListeners.delete(listener);
  }

  /** What is said later about an outcome that still waits joins it; what is being sent at this moment is followed. */
  add(entry: Entry): void {
    const { pending, refused } = this.state;
    const { externalId } = entry.input;
    const joins = ({ input }: Entry): boolean => input.externalId === externalId && externalId !== this.sending;
    const input: OutcomeInput = Object.assign({}, ...pending.filter(joins).map((one) => one.input), entry.input);
    this.set({
      pending: [...pending.filter((one) => !joins(one)), { ...entry, input }],
      refused: refused.filter((one) => one.entry.input.externalId !== externalId),
    });
    this.now();
  }

  /** Takes a refused entry away: it is being typed again, or given up. */
  dismiss(externalId: string): void {
    this.set({ refused: this.state.refused.filter(({ entry }) => entry.input.externalId !== externalId) });
  }

  /** A list shows the outcome: `version` is what it shows. Of corrections without a version any answer is new enough. */
  seen(externalId: string, version: number): void {
    const { sent } = this.state;
    const left = sent.filter(({ input }) => input.externalId !== externalId || (input.version ?? 0) > version);
    if (left.length < sent.length) this.set({ sent: left });
  }

  /** Tries at once, e.g. because the browser says that it is online again. */
  readonly now = (): void => {
    this.takeBack?.();
    this.takeBack = null;
    void this.next();
  };

  stop(): void {
    this.takeBack?.();
    this.takeBack = null;
  }

  private async next(): Promise<void> {
    const [entry] = this.state.pending;
    if (entry === undefined || this.sending !== null) return;
    this.sending = entry.input.externalId;
    const error = await this.parts.send(entry).then(
      () => null,
      (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
    );
    this.sending = null;
    if (error !== null && this.parts.isTemporary(error)) return this.wait();
    this.waitMs = FIRST_RETRY_MS;
    const { pending, refused, sent } = this.state;
    this.set({
      pending: pending.filter((one) => one !== entry),
      sent: error === null ? [...sent.filter((one) => !sameOutcome(one, entry)), entry] : sent,
      refused: error === null ? refused : [...refused, { entry, error }],
      offline: false,
    });
    if (error === null) for (const listener of this.sentListeners) listener(entry);
    await this.next();
  }

  private wait(): void {
    this.set({ offline: true });
    this.takeBack = this.parts.later(this.now, this.waitMs);
    this.waitMs = Math.min(LAST_RETRY_MS, this.waitMs * 2);
  }

  private set(change: Partial<OutboxState>): void {
    this.state = { ...this.state, ...change };
    if (change.pending !== undefined) this.parts.save(this.state.pending);
    for (const listener of this.listeners) listener();
  }
}

function sameOutcome(a: Entry, b: Entry): boolean {
  return a.input.externalId === b.input.externalId;
}

/** At most this long an id of a call becomes part of an external id; a longer one is told apart by a hash. */
const CALL_PART_MAX = 80;

/** One outcome for each call and agent: the same on the phone and on the laptop. */
export function externalIdOf(agentId: number, callId: string): string {
  const part = callId.length <= CALL_PART_MAX ? callId : `${callId.slice(0, CALL_PART_MAX)}~${hashOf(callId)}`;
  return `call:${agentId}:${part}`;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Higher than what is there, also where a clock goes wrong. `now`: epoch ms of the server. */
export function nextVersion(now: number, known: number | undefined): number {
  return Math.max(Math.floor(now), (known ?? 0) + 1);
}
