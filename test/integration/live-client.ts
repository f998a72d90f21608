/** A screen as the protocol of shared/live.ts describes it: keeps a replica and every frame it was sent. */
import { io, type Socket } from 'socket.io-client';
import type { Clock } from '../../src/platform/index.js';
import {
  type BoardAgent,
  type BoardHour,
  type ClientToServerEvents,
  type DeltaFrame,
  type HeartbeatFrame,
  LIVE_PATH,
  type LiveScope,
  type LiveState,
  type ServerToClientEvents,
  type SnapshotFrame,
  type SubscribeReply,
  type SubscribeRequest,
  stateHash,
} from '../../src/shared/live.js';

export type Frame = ({ kind: 'snapshot' } & SnapshotFrame) | ({ kind: 'delta' } & DeltaFrame);

export interface ScreenOptions {
  headers: Record<string, string>;
  /** False: frames are kept but never acknowledged, until `acknowledge`. */
  acks?: boolean;
  /** A TV says so. */
  as?: 'screen';
}

export class Screen {
  readonly frames: Frame[] = [];
  readonly heartbeats: HeartbeatFrame[] = [];
  /** Of the same state: what the server said, and what the replica comes to. */
  readonly hashes: { told: string; own: string }[] = [];
  readonly revocations: string[] = [];
  /** Every message as it came over the wire. */
  readonly raw: string[] = [];
  readonly state: LiveState = {};
  /** Frames that did not follow the one before. */
  gaps = 0;
  epoch: string | null = null;
  seq = -1;
  private readonly owed: (() => void)[] = [];
  private scope: LiveScope = 'board:default';

  private constructor(
    private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>,
    private readonly acks: boolean,
  ) {
    socket.on('snapshot', (frame, ack) => {
      for (const key of Object.keys(this.state)) delete this.state[key];
      Object.assign(this.state, frame.state);
      this.took({ kind: 'snapshot', ...frame }, ack);
    });
    socket.on('delta', (frame, ack) => {
      if (frame.prevSeq !== this.seq || frame.epoch !== this.epoch) this.gaps++;
      Object.assign(this.state, frame.set);
      for (const key of frame.unset) delete this.state[key];
      this.took({ kind: 'delta', ...frame }, ack);
    });
    socket.on('heartbeat', (frame) => {
      this.heartbeats.push(frame);
      const { seq, hash } = frame;
      if (hash !== undefined && seq === this.seq) this.hashes.push({ told: hash, own: stateHash(this.state) });
    });
    socket.on('revoked', ({ code }) => this.revocations.push(code));
    socket.io.engine.on('packet', ({ data }) => {
      if (typeof data === 'string') this.raw.push(data);
    });
  }

  /** Rejects with the server's word when the connection is refused. */
  static open(url: string, { headers, acks = true, as }: ScreenOptions): Promise<Screen> {
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, {
      path: LIVE_PATH,
      transports: ['websocket'],
      extraHeaders: headers,
      auth: as === undefined ? {} : { as },
      reconnection: false,
      forceNew: true,
    });
    const screen = new Screen(socket, acks);
    return new Promise((resolve, reject) => {
      socket.on('connect', () => resolve(screen));
      socket.on('connect_error', (error) => {
        socket.close();
        reject(error);
      });
    });
  }

  private took(frame: Frame, ack: () => void): void {
    this.frames.push(frame);
    this.epoch = frame.epoch;
    this.seq = frame.seq;
    if (this.acks) ack();
    else this.owed.push(ack);
  }

  subscribe(request: Partial<SubscribeRequest> = {}): Promise<SubscribeReply> {
    const { scope = 'board:default', ...last } = request;
    this.scope = scope;
    return new Promise((resolve) => this.socket.emit('subscribe', { scope, ...last }, resolve));
  }

  resync(): void {
    this.socket.emit('resync', { scope: this.scope });
  }

  acknowledge(): void {
    for (const ack of this.owed.splice(0)) ack();
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  close(): void {
    this.socket.close();
  }
}

/** Runs on from noon in Shanghai, and can jump: no test meets a midnight it did not ask for. */
export class JumpingClock implements Clock {
  private ahead = Date.parse('2026-05-05T04:00Z') - Date.now();
  now(): number {
    return Date.now() + this.ahead;
  }
  jump(ms: number): void {
    this.ahead += ms;
  }
}

/** What time in states is a part of moves by itself: two looks at it differ. */
export const OF_TIME = new Set([
  'logged_in_s',
  'available_s',
  'on_call_s',
  'wrap_up_s',
  'paused_s',
  'aht_s',
  'dials_per_hour',
  'sales_per_hour',
  'revenue_per_hour',
  'occupancy',
  'pause_share',
]);

/** The figures on a screen, by the names the API gives them. */
export function fromScreen({ state }: Screen): unknown {
  const entries = Object.entries(state);
  const of = <T>(prefix: string): T[] =>
    entries.flatMap(([key, value]) => (key.startsWith(prefix) ? [value as T] : []));
  return {
    totals: Object.fromEntries(
      entries.flatMap(([key, value]) =>
        key.startsWith('kpi:') && !OF_TIME.has(key.slice(4)) ? [[key.slice(4), value]] : [],
      ),
    ),
    agents: Object.fromEntries(
      // Somebody on the floor without a call of today has no row in a report.
      of<BoardAgent>('agent:')
        .filter(({ dials, inboundAnswered }) => dials + inboundAnswered > 0)
        .map((agent) => [
          agent.name,
          {
            dials: agent.dials,
            connects: agent.connects,
            effective: agent.effective,
            talk_total_s: agent.talkSeconds,
            inbound_answered: agent.inboundAnswered,
            connect_rate: agent.connectRate,
          },
        ]),
    ),
    hours: Object.fromEntries(
      of<BoardHour>('hour:')
        .filter((hour) => hour.dials !== 0)
        .map(({ start, dials, connects, effective, talkSeconds }) => [
          start,
          { dials, connects, effective, talk_s: talkSeconds },
        ]),
    ),
  };
}
