/**
 * Socket.IO side of the live protocol (shared/live.ts). One un-acknowledged frame a client; whatever changes meanwhile
 * goes with the next one. Nothing here touches the database in steady state except a minutely look at each session.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Authenticator, Policy, Principal } from '../access/index.js';
import type { Clock, Logger } from '../platform/index.js';
import {
  type ClientToServerEvents,
  HASH_EVERY_MS,
  HEARTBEAT_MS,
  LIVE_PATH,
  type ServerToClientEvents,
  type SubscribeReply,
  type SubscribeRequest,
  stateHash,
} from '../shared/live.js';
import type { BoardState } from './board-state.js';

const ACK_LIMIT_MS = 10_000;
const SESSION_CHECK_MS = 60_000;
const CONNECTIONS_MAX = 5_000;
const FRAME_BYTES_MAX = 64 * 1024;

type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, { principal: Principal }>;

interface Client {
  socket: LiveSocket;
  /** Sequence of the last frame sent; −1 = the next frame is a snapshot. */
  sentSeq: number;
  /** When the frame now out was sent, epoch ms; null when none is. */
  outSince: number | null;
}

export interface LiveSources {
  /** Everything received up to this instant is in the state, epoch ms. */
  asOf(): number;
}

export class LiveGateway {
  private io: Server<
    ClientToServerEvents,
    ServerToClientEvents,
    Record<string, never>,
    { principal: Principal }
  > | null = null;
  private readonly clients = new Map<string, Client>();
  private timers: NodeJS.Timeout[] = [];
  private lastHashAt = 0;

  constructor(
    private readonly board: BoardState,
    private readonly sources: LiveSources,
    private readonly authenticator: Authenticator,
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  attach(server: HttpServer): void {
    const io = new Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, { principal: Principal }>(
      server,
      {
        path: LIVE_PATH,
        transports: ['websocket'],
        serveClient: false,
        perMessageDeflate: false,
        maxHttpBufferSize: FRAME_BYTES_MAX,
        connectTimeout: 10_000,
      },
    );
    io.use((socket, next) => {
      this.authenticate(socket).then(
        (allowed) => next(allowed ? undefined : new Error('unauthenticated')),
        (error: unknown) => {
          this.log.warn({ err: error }, 'A live connection could not be checked');
          next(new Error('unavailable'));
        },
      );
    });
    io.on('connection', (socket) => this.welcome(socket));
    this.io = io;
    this.timers = [
      setInterval(() => this.heartbeat(), HEARTBEAT_MS),
      setInterval(() => void this.checkSessions(), SESSION_CHECK_MS),
    ];
  }

  /** Sends what changed to everyone who is ready for it. */
  broadcast(): void {
    for (const client of this.clients.values()) this.send(client);
  }

  /** Closes the sockets of a session at once. */
  revokeSession(idHash: Buffer): void {
    for (const { socket } of this.clients.values()) {
      const { principal } = socket.data;
      if (principal.kind === 'user' && principal.session.idHash.equals(idHash)) this.revoke(socket);
    }
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.io?.close();
  }

  get viewers(): number {
    return this.clients.size;
  }

  private async authenticate(socket: LiveSocket): Promise<boolean> {
    if (this.clients.size >= CONNECTIONS_MAX) return false;
    const { headers, address, secure } = socket.handshake;
    const principal = await this.authenticator.authenticateSocket(headers, {
      remoteAddress: address,
      encrypted: secure,
    });
    if (principal === null) return false;
    socket.data.principal = principal;
    return true;
  }

  private welcome(socket: LiveSocket): void {
    socket.on('subscribe', (request, reply) => {
      const answer = this.subscribe(socket, request);
      if (typeof reply === 'function') reply(answer);
      const client = this.clients.get(socket.id);
      if (answer.ok && client !== undefined) this.send(client);
    });
    socket.on('resync', () => {
      const client = this.clients.get(socket.id);
      if (client === undefined) return;
      client.sentSeq = -1;
      this.send(client);
    });
    socket.on('disconnect', () => this.clients.delete(socket.id));
  }

  private subscribe(socket: LiveSocket, request: unknown): SubscribeReply {
    const { scope, last } = (request ?? {}) as Partial<SubscribeRequest>;
    const board = { id: 'default', teams: null, audience: 'scope' } as const;
    if (scope !== this.board.scope || !this.policy.mayWatch(socket.data.principal, board)) {
      return { ok: false, code: 'scope_unknown', message: 'There is no such board.' };
    }
    const known = last !== undefined && last !== null && this.board.knows(last.epoch, last.seq);
    this.clients.set(socket.id, { socket, sentSeq: known ? last.seq : -1, outSince: null });
    return { ok: true };
  }

  private send(client: Client): void {
    if (client.outSince !== null || client.sentSeq === this.board.seq) return;
    const now = this.clock.now();
    const acked = (): void => {
      client.outSince = null;
      this.send(client);
    };
    client.outSince = now;
    if (client.sentSeq < 0) client.socket.emit('snapshot', this.board.snapshot(this.sources.asOf(), now), acked);
    else client.socket.emit('delta', this.board.deltaSince(client.sentSeq, this.sources.asOf(), now), acked);
    client.sentSeq = this.board.seq;
  }

  private heartbeat(): void {
    const now = this.clock.now();
    const asOf = this.sources.asOf();
    const withHash = now - this.lastHashAt >= HASH_EVERY_MS;
    if (withHash) this.lastHashAt = now;
    const frame = {
      scope: this.board.scope,
      epoch: this.board.epoch,
      seq: this.board.seq,
      asOf,
      sentAt: now,
      ...(withHash && this.clients.size > 0 ? { hash: stateHash(this.board.state()) } : {}),
    };
    for (const client of this.clients.values()) {
      if (client.outSince !== null && now - client.outSince > ACK_LIMIT_MS) client.socket.disconnect(true);
      else client.socket.volatile.emit('heartbeat', frame);
    }
  }

  /** An open subscription counts as activity; a session that has ended closes its sockets. */
  async checkSessions(): Promise<void> {
    for (const { socket } of [...this.clients.values()]) {
      try {
        if (!(await this.authenticator.touchSession(socket.data.principal))) this.revoke(socket);
      } catch (error) {
        this.log.warn({ err: error }, 'A session could not be checked; its screen stays until it can be');
      }
    }
  }

  private revoke(socket: LiveSocket): void {
    socket.emit('revoked', { code: 'session_ended' });
    socket.disconnect(true);
  }
}
