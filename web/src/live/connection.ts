import { io, type Socket } from 'socket.io-client';
import {
  type ClientToServerEvents,
  LIVE_PATH,
  type LiveAuth,
  type LiveFrame,
  type LiveScope,
  type ServerToClientEvents,
} from '../../../src/shared/live.js';
import { browserNow, ClockOffset } from './clock.js';
import type { Verdict } from './replica.js';
import { BoardStore } from './store.js';

/**
 * `connecting`: never connected yet. `reconnecting`: was connected, trying again. `denied`: the session is over.
 * `unknown`: there is no such board.
 */
export type LinkPhase = 'connecting' | 'connected' | 'reconnecting' | 'denied' | 'unknown';

/** The server's answer to a subscription to a board that does not exist. */
const SCOPE_UNKNOWN = 'scope_unknown';

export interface LinkState {
  phase: LinkPhase;
  /** Instant up to which the state is complete, epoch ms of the server; null before the first frame. */
  asOf: number | null;
}

const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 5_000;
/** A board that is not there may be made, or be shared with this person, at any time. */
const UNKNOWN_AGAIN_MS = 10_000;

/** One subscription over one socket. Owns the store; reconnects for ever, with jitter. */
export class BoardConnection {
  readonly store = new BoardStore();
  private readonly offset = new ClockOffset();
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private readonly listeners = new Set<() => void>();
  private link: LinkState = { phase: 'connecting', asOf: null };
  private refusalTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param onRefused called when the server refuses or ends the subscription; says whether the session is over (true:
   *   stop, the page leads to the sign-in; false: try again)
   */
  constructor(
    private readonly scope: LiveScope,
    private readonly onRefused: () => Promise<boolean>,
  ) {
    this.socket = io({
      path: LIVE_PATH,
      transports: ['websocket'],
      autoConnect: false,
      // A TV is known by its own cookie, whoever else is signed in in that browser.
      auth: (scope === 'screen' ? { as: 'screen' } : {}) satisfies LiveAuth,
      reconnectionDelay: RETRY_FIRST_MS,
      reconnectionDelayMax: RETRY_MOST_MS,
      randomizationFactor: 0.5,
    });
    this.listen();
  }

  /** Now on the server's clock, epoch ms. */
  now(): number {
    return browserNow() + this.offset.milliseconds;
  }

  get state(): LinkState {
    return this.link;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  open(): void {
    this.socket.connect();
  }

  close(): void {
    clearTimeout(this.refusalTimer);
    this.socket.disconnect();
  }

  private listen(): void {
    this.socket.on('connect', () => this.subscribeToScope());
    this.socket.on('disconnect', (reason) => {
      this.update({ phase: 'reconnecting' });
      // After a disconnect by the server Socket.IO does not try again by itself.
      if (reason === 'io server disconnect') this.refused();
    });
    this.socket.on('connect_error', () => {
      if (this.link.phase === 'connected') this.update({ phase: 'reconnecting' });
      // An inactive socket means that the server answered "no", rather than that it could not be reached.
      if (!this.socket.active) this.refused();
    });
    this.socket.on('revoked', () => this.refused());
    this.socket.on('snapshot', (frame, ack) => this.receive(frame, () => this.store.snapshot(frame), ack));
    this.socket.on('delta', (frame, ack) => this.receive(frame, () => this.store.delta(frame), ack));
    this.socket.on('heartbeat', (frame) => this.receive(frame, () => this.store.heartbeat(frame)));
  }

  private subscribeToScope(): void {
    this.store.replica.reconnected();
    const last = this.store.replica.last;
    this.socket.emit('subscribe', last ? { scope: this.scope, last } : { scope: this.scope }, (reply) => {
      if (reply.ok) this.update({ phase: 'connected' });
      else if (reply.code === SCOPE_UNKNOWN) this.unknown();
      else this.refused();
    });
  }

  private receive(frame: LiveFrame & { scope: LiveScope }, apply: () => Verdict, ack?: () => void): void {
    if (frame.scope === this.scope) {
      this.offset.sample(frame.sentAt, browserNow());
      const verdict = apply();
      if (verdict === 'resync') this.socket.emit('resync', { scope: this.scope });
      this.update({ phase: this.socket.connected ? 'connected' : this.link.phase });
    }
    // Also for a frame that is not used: without it the server would send nothing more.
    ack?.();
  }

  private unknown(): void {
    this.update({ phase: 'unknown' });
    clearTimeout(this.refusalTimer);
    this.refusalTimer = setTimeout(() => {
      if (this.socket.connected) this.subscribeToScope();
    }, UNKNOWN_AGAIN_MS);
  }

  private refused(): void {
    clearTimeout(this.refusalTimer);
    void this.onRefused().then((over) => {
      if (over) {
        this.update({ phase: 'denied' });
        this.socket.disconnect();
        return;
      }
      const wait = RETRY_FIRST_MS + Math.random() * RETRY_MOST_MS;
      this.refusalTimer = setTimeout(() => {
        if (this.socket.connected) this.subscribeToScope();
        else this.socket.connect();
      }, wait);
    });
  }

  private update(change: Partial<LinkState>): void {
    const next = { ...this.link, ...change, asOf: this.store.replica.asOf };
    if (next.phase === this.link.phase && next.asOf === this.link.asOf) return;
    this.link = next;
    for (const listener of this.listeners) listener();
  }
}
