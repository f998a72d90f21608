import {
  type DeltaFrame,
  type HeartbeatFrame,
  type LiveState,
  type SnapshotFrame,
  stateHash,
} from '../../../src/shared/live.js';

/** What the connection has to do after a frame. */
export type Verdict = 'applied' | 'resync' | 'ignored';

export interface Outcome {
  verdict: Verdict;
  /** Keys whose value changed, for the subscribers. */
  changed: string[];
}

const IGNORED: Outcome = { verdict: 'ignored', changed: [] };
const RESYNC: Outcome = { verdict: 'resync', changed: [] };

/**
 * A board's state as this client holds it: the client half of the protocol in src/shared/live.ts. No socket, no clock.
 * It never shows a mixture: a delta that does not continue exactly what is held changes nothing and asks for a resync.
 */
export class BoardReplica {
  private held = new Map<string, unknown>();
  private position: { epoch: string; seq: number } | null = null;
  private upTo: number | null = null;
  private resyncAsked = false;
  private behindSince: number | null = null;

  /** What is held, for `subscribe.last`; null before the first snapshot. */
  get last(): { epoch: string; seq: number } | null {
    return this.position;
  }

  /** Instant up to which the state is complete, epoch ms of the server. */
  get asOf(): number | null {
    return this.upTo;
  }

  get(key: string): unknown {
    return this.held.get(key);
  }

  keys(): IterableIterator<string> {
    return this.held.keys();
  }

  /** After a new connection: an answer to an earlier resync will not come. */
  reconnected(): void {
    this.resyncAsked = false;
    this.behindSince = null;
  }

  snapshot(frame: SnapshotFrame): Outcome {
    const next = new Map(Object.entries(frame.state));
    const changed: string[] = [];
    for (const [key, value] of next) {
      if (!this.held.has(key) || !sameJson(this.held.get(key), value)) changed.push(key);
      // Keep the identity of an unchanged value, so that its readers do not render again.
      else next.set(key, this.held.get(key));
    }
    for (const key of this.held.keys()) if (!next.has(key)) changed.push(key);
    this.held = next;
    this.moveTo(frame);
    return { verdict: 'applied', changed };
  }

  delta(frame: DeltaFrame): Outcome {
    const position = this.position;
    if (position === null || frame.epoch !== position.epoch) return this.gap();
    // Already contained: a delta sent twice, or one overtaken by the snapshot that was asked for.
    if (frame.seq <= position.seq) return IGNORED;
    if (frame.prevSeq !== position.seq) return this.gap();
    const changed: string[] = [];
    for (const [key, value] of Object.entries(frame.set)) {
      if (this.held.has(key) && sameJson(this.held.get(key), value)) continue;
      this.held.set(key, value);
      changed.push(key);
    }
    for (const key of frame.unset) if (this.held.delete(key)) changed.push(key);
    this.moveTo(frame);
    return { verdict: 'applied', changed };
  }

  heartbeat(frame: HeartbeatFrame): Outcome {
    const position = this.position;
    // The first snapshot is on its way.
    if (position === null) return IGNORED;
    if (frame.epoch !== position.epoch) return this.gap();
    if (frame.seq !== position.seq) return this.behind(frame.seq);
    this.behindSince = null;
    if (frame.hash !== undefined && frame.hash !== this.hash()) return this.gap();
    this.upTo = Math.max(this.upTo ?? frame.asOf, frame.asOf);
    return { verdict: 'applied', changed: [] };
  }

  hash(): string {
    return stateHash(Object.fromEntries(this.held) as LiveState);
  }

  /** A heartbeat may overtake a conflated frame once; twice without any progress means that the frame is lost. */
  private behind(seq: number): Outcome {
    if (this.position && seq < this.position.seq) return IGNORED;
    if (this.behindSince === this.position?.seq) return this.gap();
    this.behindSince = this.position?.seq ?? null;
    return IGNORED;
  }

  private gap(): Outcome {
    if (this.resyncAsked) return IGNORED;
    this.resyncAsked = true;
    return RESYNC;
  }

  private moveTo(frame: { epoch: string; seq: number; asOf: number }): void {
    const sameEpoch = this.position?.epoch === frame.epoch;
    this.position = { epoch: frame.epoch, seq: frame.seq };
    this.upTo = sameEpoch && this.upTo !== null ? Math.max(this.upTo, frame.asOf) : frame.asOf;
    this.resyncAsked = false;
    this.behindSince = null;
  }
}

/** Equality of two JSON values. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([key, value]) => key in b && sameJson(value, (b as Record<string, unknown>)[key]));
}
