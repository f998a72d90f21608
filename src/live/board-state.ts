/**
 * A board's state with its history of changes: every key knows the sequence it last changed at, so the delta from any
 * earlier sequence of this epoch can be made at any time, and a slow client's backlog is never more than the state.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DeltaFrame, LiveScope, LiveState, SnapshotFrame } from '../shared/live.js';

export class BoardState {
  private readonly held = new Map<string, unknown>();
  private readonly changedAt = new Map<string, number>();
  private readonly removedAt = new Map<string, number>();
  private readonly deltas = new Map<number, Pick<DeltaFrame, 'set' | 'unset'>>();
  private current = 0;

  constructor(
    readonly epoch: string,
    readonly scope: LiveScope,
  ) {}

  get seq(): number {
    return this.current;
  }

  /** Applies values (undefined is ignored) and removals; returns whether anything changed. */
  update(set: LiveState, unset: Iterable<string> = []): boolean {
    const next = this.current + 1;
    let changed = false;
    for (const [key, value] of Object.entries(set)) {
      if (this.held.has(key) && isDeepStrictEqual(this.held.get(key), value)) continue;
      this.held.set(key, value);
      this.changedAt.set(key, next);
      this.removedAt.delete(key);
      changed = true;
    }
    for (const key of unset) {
      if (!this.held.delete(key)) continue;
      this.changedAt.delete(key);
      this.removedAt.set(key, next);
      changed = true;
    }
    if (changed) {
      this.current = next;
      this.deltas.clear();
    }
    return changed;
  }

  keys(): string[] {
    return [...this.held.keys()];
  }

  get(key: string): unknown {
    return this.held.get(key);
  }

  /** Values of the keys that begin so. */
  values<T>(prefix: string): T[] {
    const found: T[] = [];
    for (const [key, value] of this.held) if (key.startsWith(prefix)) found.push(value as T);
    return found;
  }

  state(): LiveState {
    return Object.fromEntries(this.held);
  }

  /** Whether a client at this point can be brought up to date by a delta. */
  knows(epoch: string, seq: number): boolean {
    return epoch === this.epoch && Number.isInteger(seq) && seq >= 0 && seq <= this.current;
  }

  snapshot(asOf: number, sentAt: number): SnapshotFrame {
    return { scope: this.scope, epoch: this.epoch, seq: this.current, asOf, sentAt, state: this.state() };
  }

  /** Most clients are at the same point: each delta is made once. */
  deltaSince(seq: number, asOf: number, sentAt: number): DeltaFrame {
    const delta = this.deltas.get(seq) ?? this.changesSince(seq);
    this.deltas.set(seq, delta);
    return { scope: this.scope, epoch: this.epoch, seq: this.current, prevSeq: seq, asOf, sentAt, ...delta };
  }

  private changesSince(seq: number): Pick<DeltaFrame, 'set' | 'unset'> {
    const set: LiveState = {};
    for (const [key, at] of this.changedAt) if (at > seq) set[key] = this.held.get(key);
    const unset = [...this.removedAt].filter(([, at]) => at > seq).map(([key]) => key);
    return { set, unset };
  }
}
