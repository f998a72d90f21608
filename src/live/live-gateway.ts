/**
 * Socket.IO side of the live protocol (shared/live.ts). One un-acknowledged frame a client; whatever changes meanwhile
 * goes with the next one. Nothing here touches the database in steady state except a minutely look at each session and a
 * half-minutely note of which screens are on.
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Authenticator, Policy, Principal } from '../access/index.js';
import { SEEN_EVERY_MS } from '../access/screens/index.js';
import { type Clock, type Logger, Reading } from '../platform/index.js';
import {
  type ClientToServerEvents,
  HASH_EVERY_MS,
  HEARTBEAT_MS,
  LIVE_PATH,
  type LiveScope,
  type ServerToClientEvents,
  type SubscribeReply,
  type SubscribeRequest,
  stateHash,
} from '../shared/live.js';
import type { BoardService } from './board.service.js';
import { watchedBoard } from './boards/board-directory.js';
import type { FloorService } from './floor/floor.service.js';
import type { LiveBoard } from './live-board.js';
import { boardIdOf, campaignOf, isOwnKind } from './live-scope.js';
import type { LiveSubject } from './live-subject.js';
import { type Credentials, type LiveSocket, Viewer } from './viewer.js';

const ACK_LIMIT_MS = 10_000;
const SESSION_CHECK_MS = 60_000;
const CONNECTIONS_MAX = 5_000;
const FRAME_BYTES_MAX = 64 * 1024;

type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, Credentials>;

export interface LiveSources {
  /** Everything received up to this instant is in the state, epoch ms. */
  asOf(): number;
}

/** Paired TVs, as far as the gateway deals with them. */
export interface Screens {
  /** Of these, those that still are paired, with their boards. */
  boardsOf(ids: readonly number[]): Promise<Map<number, string>>;
  seen(ids: readonly number[]): Promise<void>;
  left(id: number): Promise<void>;
}

export class LiveGateway {
  private io: LiveServer | null = null;
  private readonly viewers = new Map<string, Viewer>();
  private readonly audiences = new Map<LiveSubject, Set<Viewer>>();
  private timers: NodeJS.Timeout[] = [];
  private lastHashAt = 0;
  /** Raised whenever somebody's rights may have ended: who connects meanwhile is looked at again. */
  private looks = 0;
  /** One look at a time: of two at once the older answer might come last, and give rights back that were taken. */
  private readonly lookingAtPeople = new Reading(() => this.lookAtPeople());
  private readonly lookingAtScreens = new Reading(() => this.lookAtScreens());
  private refusedListener: (principal: Principal, address: string, asked: string) => void = () => {};

  constructor(
    private readonly boards: BoardService,
    private readonly floors: FloorService,
    private readonly sources: LiveSources,
    private readonly authenticator: Authenticator,
    private readonly policy: Policy,
    private readonly screens: Screens,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    boards.listen({
      changed: (board) => this.broadcast(board),
      redefined: (board) => this.askAgain(board),
      deleted: (board) => this.endAll(board),
      reorganised: () => void this.checkSessions(),
    });
    floors.onChanged((subject) => this.broadcast(subject));
  }

  /** Called when somebody asks for a board that exists and is not for them. */
  onRefused(listener: typeof this.refusedListener): void {
    this.refusedListener = listener;
  }

  attach(server: HttpServer): void {
    const io: LiveServer = new Server(server, {
      path: LIVE_PATH,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: FRAME_BYTES_MAX,
      connectTimeout: 10_000,
    });
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
      setInterval(() => this.noteSeen(this.screenIds()), SEEN_EVERY_MS),
    ];
  }

  /** Closes the sockets of a session at once. */
  revokeSession(idHash: Buffer): void {
    this.looks++;
    for (const viewer of [...this.viewers.values()]) {
      const { principal } = viewer;
      if (principal.kind === 'user' && principal.session.idHash.equals(idHash)) viewer.end('session_ended');
    }
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    const ids = this.screenIds();
    await this.io?.close();
    await Promise.all(ids.map((id) => this.screens.left(id).catch(() => {})));
  }

  /**
   * Looks at everybody who is connected: an open subscription counts as activity, what somebody may do is learned anew,
   * and whose session, key or pairing is over is closed. Resolves when nobody is as they were before this was called.
   */
  checkSessions(): Promise<void> {
    return this.lookingAtPeople.again();
  }

  /** Screens that were revoked close; those that were moved show their new board. */
  checkScreens(): Promise<void> {
    return this.lookingAtScreens.again();
  }

  private async lookAtPeople(): Promise<void> {
    this.looks++;
    const people = new Map<string, Viewer[]>();
    for (const viewer of this.viewers.values()) {
      const id = identityOf(viewer.principal);
      if (id !== null) people.set(id, [...(people.get(id) ?? []), viewer]);
    }
    for (const [, viewers] of people) await this.lookAt(viewers);
    await this.checkScreens();
  }

  /** All of one session or key. */
  private async lookAt(viewers: readonly Viewer[]): Promise<void> {
    const [first] = viewers;
    if (first === undefined) return;
    const turns = new Map(viewers.map((viewer) => [viewer, ++viewer.looks]));
    try {
      const principal = await this.learnAgain(first);
      // Who is being looked at again meanwhile waits for that answer: this one is older.
      for (const [viewer, turn] of turns) if (viewer.looks === turn) this.renew(viewer, principal);
    } catch (error) {
      this.log.warn({ err: error }, 'A session could not be checked; its screens stay until it can be');
    }
  }

  private async lookAtScreens(): Promise<void> {
    this.looks++;
    const ids = this.screenIds();
    if (ids.length === 0) return;
    try {
      const boards = await this.screens.boardsOf(ids);
      for (const viewer of [...this.viewers.values()]) {
        const { principal } = viewer;
        if (principal.kind !== 'screen') continue;
        const boardId = boards.get(principal.screenId);
        if (boardId === undefined) viewer.end('screen_revoked');
        else if (boardId !== principal.boardId) this.move(viewer, { ...principal, boardId });
      }
    } catch (error) {
      this.log.warn({ err: error }, 'The screens could not be checked; they stay until they can be');
    }
  }

  private async authenticate(socket: LiveSocket): Promise<boolean> {
    if (this.viewers.size >= CONNECTIONS_MAX) return false;
    const as = (socket.handshake.auth as { as?: unknown }).as === 'screen' ? 'screen' : 'person or key';
    socket.data.looks = this.looks;
    const principal = await this.authenticator.authenticateSocket(...handshakeOf(socket), as);
    if (principal === null) return false;
    socket.data.principal = principal;
    return true;
  }

  private welcome(socket: LiveSocket): void {
    const viewer = new Viewer(
      socket,
      () => this.sources.asOf(),
      () => this.clock.now(),
    );
    this.viewers.set(socket.id, viewer);
    if (socket.data.looks !== this.looks) {
      void (viewer.principal.kind === 'screen' ? this.checkScreens() : this.lookAt([viewer]));
    }
    if (viewer.principal.kind === 'screen') this.noteSeen([viewer.principal.screenId]);
    socket.on('subscribe', (request, reply) => {
      const answer = this.subscribe(viewer, request);
      if (typeof reply === 'function') reply(answer);
      viewer.send();
    });
    socket.on('resync', () => viewer.resync());
    socket.on('disconnect', () => this.farewell(viewer));
  }

  private farewell(viewer: Viewer): void {
    this.viewers.delete(viewer.socket.id);
    this.leave(viewer);
    const { principal } = viewer;
    if (principal.kind !== 'screen' || this.screenIds().includes(principal.screenId)) return;
    this.screens
      .left(principal.screenId)
      .catch((error: unknown) => this.log.debug({ err: error }, 'That a screen left could not be noted'));
  }

  private subscribe(viewer: Viewer, request: unknown): SubscribeReply {
    const { scope, last } = (request ?? {}) as Partial<SubscribeRequest>;
    const subject = scope === undefined ? null : this.watch(viewer, scope);
    if (subject === null || scope === undefined) {
      // Told like something that does not exist; that somebody asked for what they may not see is kept.
      this.noteRefused(viewer, scope);
      return { ok: false, code: 'scope_unknown', message: 'There is no such board, or it is not for you.' };
    }
    viewer.scope = scope;
    viewer.show(subject, last);
    return { ok: true };
  }

  /** What a scope means for this viewer, if it is theirs to watch; they then watch nothing else. */
  private watch(viewer: Viewer, scope: LiveScope): LiveSubject | null {
    const subject = this.subjectOf(viewer.principal, scope);
    if (subject === null) return null;
    this.leave(viewer);
    const audience = this.audiences.get(subject) ?? new Set();
    this.audiences.set(subject, audience.add(viewer));
    return subject;
  }

  private subjectOf(principal: Principal, scope: unknown): LiveSubject | null {
    if (scope === 'me') {
      const agentId = principal.kind === 'user' ? principal.agentId : null;
      return agentId === null ? null : this.floors.watchMe(agentId);
    }
    const campaign = campaignOf(scope);
    if (campaign !== undefined) {
      const teams = this.policy.floorOf(principal);
      return teams === undefined ? null : this.floors.watchFloor(teams, campaign);
    }
    const boardId = scope === 'screen' && principal.kind === 'screen' ? principal.boardId : boardIdOf(scope);
    return boardId !== null && this.mayWatch(principal, boardId) ? this.boards.watch(boardId) : null;
  }

  private noteRefused({ principal, socket }: Viewer, scope: unknown): void {
    const boardId = boardIdOf(scope);
    const exists = boardId === null ? isOwnKind(scope) : this.boards.directory.get(boardId) !== undefined;
    if (!exists) return;
    this.refusedListener(principal, this.authenticator.addressOf(...handshakeOf(socket)), boardId ?? String(scope));
  }

  private leave(viewer: Viewer): void {
    const { subject } = viewer;
    if (subject === null) return;
    viewer.subject = null;
    const audience = this.audiences.get(subject);
    audience?.delete(viewer);
    if (audience?.size === 0) this.audiences.delete(subject);
    subject.leave(this.clock.now());
  }

  private mayWatch(principal: Principal, boardId: string): boolean {
    const known = this.boards.directory.get(boardId);
    return known !== undefined && this.policy.mayWatch(principal, watchedBoard(known));
  }

  /** A TV was bound to another board. */
  private move(viewer: Viewer, principal: Principal & { kind: 'screen' }): void {
    viewer.socket.data.principal = principal;
    if (viewer.subject !== null) this.watchAgain(viewer);
  }

  /** What the scope they asked for means by now: nothing changes, something else is sent, or it is over. */
  private watchAgain(viewer: Viewer): void {
    const before = viewer.subject;
    const subject = this.watch(viewer, viewer.scope);
    if (subject === null) {
      viewer.end('access_changed');
      return;
    }
    if (subject === before) {
      viewer.subject = subject;
      return;
    }
    viewer.show(subject);
    viewer.send();
  }

  /** What a person or key may do now; null when it is over. */
  private async learnAgain({ principal, socket }: Viewer): Promise<Principal | null> {
    if (principal.kind === 'user') return this.authenticator.authenticateSocket(...handshakeOf(socket));
    if (principal.kind === 'key') return this.authenticator.keyAgain(principal);
    return (await this.authenticator.touchSession(principal)) ? principal : null;
  }

  private renew(viewer: Viewer, principal: Principal | null): void {
    if (principal === null) {
      viewer.end('session_ended');
      return;
    }
    viewer.socket.data.principal = principal;
    if (viewer.subject !== null) this.watchAgain(viewer);
  }

  /** Sends what changed to everyone who watches this and is ready for it. */
  private broadcast(subject: LiveSubject): void {
    for (const viewer of this.audiences.get(subject) ?? []) viewer.send();
  }

  private askAgain(board: LiveBoard): void {
    for (const viewer of [...(this.audiences.get(board) ?? [])]) {
      if (!this.mayWatch(viewer.principal, board.id)) viewer.end('access_changed');
    }
  }

  private endAll(board: LiveBoard): void {
    for (const viewer of [...(this.audiences.get(board) ?? [])]) viewer.end('access_changed');
  }

  private heartbeat(): void {
    // In this order: nothing is complete up to later than it was sent.
    const asOf = this.sources.asOf();
    const now = this.clock.now();
    const withHash = now - this.lastHashAt >= HASH_EVERY_MS;
    if (withHash) this.lastHashAt = now;
    const hashes = new Map<LiveSubject, string>();
    for (const viewer of this.viewers.values()) {
      const { subject, scope, outSince } = viewer;
      if (subject === null || !subject.isReady) continue;
      if (outSince !== null && now - outSince > ACK_LIMIT_MS) {
        viewer.socket.disconnect(true);
        continue;
      }
      const { epoch, seq } = subject.state;
      if (withHash && !hashes.has(subject)) hashes.set(subject, stateHash(subject.state.state()));
      const hash = hashes.get(subject);
      viewer.socket.volatile.emit('heartbeat', {
        scope,
        epoch,
        seq,
        asOf,
        sentAt: now,
        ...(hash === undefined ? {} : { hash }),
      });
    }
  }

  private screenIds(): number[] {
    const ids = [...this.viewers.values()].flatMap(({ principal }) =>
      principal.kind === 'screen' ? [principal.screenId] : [],
    );
    return [...new Set(ids)];
  }

  private noteSeen(ids: readonly number[]): void {
    this.screens
      .seen(ids)
      .catch((error: unknown) => this.log.debug({ err: error }, 'That screens are on could not be noted'));
  }
}

function handshakeOf(socket: LiveSocket) {
  const { headers, address, secure } = socket.handshake;
  return [headers, { remoteAddress: address, encrypted: secure }] as const;
}

/** Whom one look answers for: all sockets of a session or key. Screens are looked at together. */
function identityOf(principal: Principal): string | null {
  if (principal.kind === 'user') return `session ${principal.session.idHash.toString('base64')}`;
  return principal.kind === 'key' ? `key ${principal.keyId}` : null;
}
