/**
 * Wake-ups between the processes of one installation, over PostgreSQL LISTEN / NOTIFY. Hints, never truth: everything
 * that listens also polls, so a lost signal costs a second and no number (design.md, invariant 10).
 *
 * Not in here: payloads with data. A signal names its sender and nothing else.
 */
import pg from 'pg';
import { delay, uuid } from '../clock/index.js';
import type { Logger } from '../logging/index.js';

/**
 * `rebuilt`: facts and sums were thrown away; what is kept in memory of them is void. `erased`: somebody was erased; nobody
 * may remember them. `boards`: a layout was changed. `screens`: a TV was moved to another board, or revoked.
 * `keys`: the master key was rotated.
 */
export type Signal =
  | 'logged'
  | 'folded'
  | 'sessions'
  | 'rebuilt'
  | 'erased'
  | 'boards'
  | 'screens'
  | 'keys'
  | 'targets';

const RECONNECT_MS = 1_000;
const CHANNEL = 'tallyboard';

export class Signals {
  /** Name of this process in its signals. */
  readonly origin = uuid();
  private readonly listeners = new Map<Signal, Set<() => void>>();
  private client: pg.Client | null = null;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  /** Calls `listener` for signals of other processes, and once whenever they begin to be heard: some may have been missed. */
  on(signal: Signal, listener: () => void): void {
    const set = this.listeners.get(signal) ?? new Set();
    set.add(listener);
    this.listeners.set(signal, set);
  }

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.end().catch(() => {});
  }

  /** SQL that sends a signal with the transaction it runs in: `query(signals.statement, signals.values('folded'))`. */
  readonly statement = 'SELECT pg_notify($1, $2)';

  values(signal: Signal): [string, string] {
    return [CHANNEL, `${signal}:${this.origin}`];
  }

  private async connect(): Promise<void> {
    while (!this.stopped) {
      const client = new pg.Client({ connectionString: this.url, keepAlive: true });
      // All of it before the first answer: signals may come with that of LISTEN, and it may be cut before.
      client.on('notification', ({ payload }) => this.receive(payload ?? ''));
      const over = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
      });
      try {
        await client.connect();
        await client.query(`LISTEN ${CHANNEL}`);
        this.client = client;
        if (!this.stopped) {
          for (const signal of this.listeners.keys()) this.tell(signal);
          await over;
        }
      } catch (error) {
        this.log.debug({ err: error }, 'No connection for signals');
      }
      this.client = null;
      await client.end().catch(() => {});
      if (!this.stopped) await delay(RECONNECT_MS, { keepAlive: false });
    }
  }

  private receive(payload: string): void {
    const [signal, origin] = payload.split(':');
    if (origin !== this.origin) this.tell(signal as Signal);
  }

  private tell(signal: Signal): void {
    for (const listener of this.listeners.get(signal) ?? []) listener();
  }
}
