import type { DeltaFrame, HeartbeatFrame, SnapshotFrame } from '../../../src/shared/live.js';
import { BoardReplica, type Verdict } from './replica.js';

type Listener = () => void;

/** What readers of a board need of its state. */
export interface BoardReader {
  get(key: string): unknown;
  values<T>(prefix: string): T[];
  version(prefix: string): number;
  subscribe(name: string, listener: () => void): () => void;
}

/**
 * The board's state outside React. Readers subscribe to one key, or to all keys of a prefix; a frame wakes only the
 * readers of keys whose value changed, once, after the whole frame is applied.
 */
export class BoardStore implements BoardReader {
  readonly replica = new BoardReplica();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly versions = new Map<string, number>();

  get(key: string): unknown {
    return this.replica.get(key);
  }

  /** Values of all keys that start with `prefix`. */
  values<T>(prefix: string): T[] {
    const found: T[] = [];
    for (const key of this.replica.keys()) if (key.startsWith(prefix)) found.push(this.replica.get(key) as T);
    return found;
  }

  /** Changes whenever any key of the prefix does; `''` stands for any key. Prefixes end with ":". */
  version(prefix: string): number {
    return this.versions.get(prefix) ?? 0;
  }

  /** @param name a key, or a prefix ending with ":" */
  subscribe(name: string, listener: Listener): () => void {
    const set = this.listeners.get(name) ?? new Set<Listener>();
    this.listeners.set(name, set);
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(name);
    };
  }

  snapshot(frame: SnapshotFrame): Verdict {
    return this.publish(this.replica.snapshot(frame));
  }

  delta(frame: DeltaFrame): Verdict {
    return this.publish(this.replica.delta(frame));
  }

  heartbeat(frame: HeartbeatFrame): Verdict {
    return this.publish(this.replica.heartbeat(frame));
  }

  private publish({ verdict, changed }: { verdict: Verdict; changed: string[] }): Verdict {
    if (changed.length === 0) return verdict;
    const names = new Set<string>(['']);
    for (const key of changed) {
      names.add(key);
      const colon = key.indexOf(':');
      if (colon > 0) names.add(key.slice(0, colon + 1));
    }
    for (const name of names) this.versions.set(name, this.version(name) + 1);
    const wake = new Set<Listener>();
    for (const name of names) for (const listener of this.listeners.get(name) ?? []) wake.add(listener);
    for (const listener of wake) listener();
    return verdict;
  }
}
