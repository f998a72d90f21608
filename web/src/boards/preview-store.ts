import type { BoardAgent } from '../../../src/shared/live.js';
import type { BoardFeed, BoardReader, LinkState } from '../live/index.js';

/**
 * The live state of the board as it is saved, completed with the figures that only its draft asks for. What is live
 * always wins: a figure is taken from the extra ones only when the live state has none.
 */
export class PreviewStore implements BoardReader {
  private extra = new Map<string, unknown>();
  private extraVersion = 0;
  private readonly listeners = new Set<() => void>();
  private readonly merged = new Map<string, { live: unknown; extra: unknown; result: unknown }>();

  constructor(private readonly live: BoardReader) {}

  /** @param extra by the keys of the live state; agents: `{values}` or whole ones */
  setExtra(extra: Map<string, unknown>): void {
    this.extra = extra;
    this.extraVersion++;
    for (const listener of this.listeners) listener();
  }

  get(key: string): unknown {
    const live = this.live.get(key);
    const extra = this.extra.get(key);
    if (extra === undefined) return live;
    if (live === undefined) return extra;
    if (!key.startsWith('agent:')) return live ?? extra;
    const held = this.merged.get(key);
    if (held && held.live === live && held.extra === extra) return held.result;
    const result = mergedAgent(live as BoardAgent, extra as BoardAgent);
    this.merged.set(key, { live, extra, result });
    return result;
  }

  values<T>(prefix: string): T[] {
    const keys = new Set<string>([...this.extra.keys()].filter((key) => key.startsWith(prefix)));
    for (const value of this.live.values<{ id?: number; start?: number }>(prefix)) {
      const id = value.id ?? value.start;
      if (id !== undefined) keys.add(`${prefix}${id}`);
    }
    return [...keys].map((key) => this.get(key) as T);
  }

  version(prefix: string): number {
    return this.live.version(prefix) + this.extraVersion;
  }

  subscribe(name: string, listener: () => void): () => void {
    const stop = this.live.subscribe(name, listener);
    this.listeners.add(listener);
    return () => {
      stop();
      this.listeners.delete(listener);
    };
  }
}

function mergedAgent(live: BoardAgent, extra: BoardAgent): BoardAgent {
  return { ...live, values: { ...extra.values, ...live.values } };
}

/** A live connection whose state is completed by a `PreviewStore`. */
export class PreviewFeed implements BoardFeed {
  readonly store: PreviewStore;

  constructor(private readonly connection: BoardFeed) {
    this.store = new PreviewStore(connection.store);
  }

  get state(): LinkState {
    return this.connection.state;
  }

  now(): number {
    return this.connection.now();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.connection.subscribe(listener);
}
