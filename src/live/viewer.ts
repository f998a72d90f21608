/** One connection to the live gateway: who it is, what it watches, and the one frame that may be out. */
import type { Socket } from 'socket.io';
import type { Principal } from '../access/index.js';
import type { ClientToServerEvents, LiveScope, ServerToClientEvents } from '../shared/live.js';
import type { LiveSubject } from './live-subject.js';

export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, Credentials>;

export interface Credentials {
  principal: Principal;
  /** Looks at everybody's rights the gateway had begun when this principal was asked for. */
  looks: number;
}

export type Ending = 'session_ended' | 'access_changed' | 'screen_revoked';

export class Viewer {
  /** Null until it subscribes. */
  subject: LiveSubject | null = null;
  /** The scope it asked for: frames carry it. */
  scope: LiveScope = 'board:default';
  /** When the frame now out was sent, epoch ms; null when none is. */
  outSince: number | null = null;
  /** How often its rights were looked at. */
  looks = 0;
  /** Sequence of the last frame sent; −1 = the next frame is a snapshot. */
  private sentSeq = -1;

  constructor(
    readonly socket: LiveSocket,
    private readonly asOf: () => number,
    private readonly now: () => number,
  ) {}

  get principal(): Principal {
    return this.socket.data.principal;
  }

  /** `last`: what the client already holds. */
  show(subject: LiveSubject, last?: { epoch: string; seq: number } | null): void {
    this.subject = subject;
    const known = last !== undefined && last !== null && subject.state.knows(last.epoch, last.seq);
    this.sentSeq = known ? last.seq : -1;
    this.outSince = null;
  }

  /** The client noticed a gap. */
  resync(): void {
    this.sentSeq = -1;
    this.send();
  }

  /** Sends what changed since the last frame, once the client has acknowledged that one. */
  send(): void {
    const { subject } = this;
    if (subject === null || !subject.isReady || this.outSince !== null || this.sentSeq === subject.state.seq) return;
    const [asOf, now] = [this.asOf(), this.now()];
    const since = this.sentSeq;
    const { scope } = this;
    const acked = (): void => {
      // Of something it watched before, maybe: then the new one's frame is not held up by it.
      this.outSince = null;
      this.send();
    };
    this.outSince = now;
    this.sentSeq = subject.state.seq;
    if (since < 0) this.socket.emit('snapshot', { ...subject.state.snapshot(asOf, now), scope }, acked);
    else this.socket.emit('delta', { ...subject.state.deltaSince(since, asOf, now), scope }, acked);
  }

  end(code: Ending): void {
    this.socket.emit('revoked', { code });
    this.socket.disconnect(true);
  }
}
