import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../audit/index.js';
import { type Clock, inTransaction, secureToken } from '../platform/index.js';
import type { SessionMethod } from '../shared/accounts.js';
import { permissionsOf, scopeOf } from './policy.js';
import type { UserPrincipal } from './principal.js';
import type { OwnSessionRow, SessionRepository, SessionRow } from './session.repository.js';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Activity is written at most this often for each session. */
const TOUCH_EVERY_MS = 60_000;
const USER_AGENT_MAX = 300;

export interface Opening {
  userId: number;
  method: SessionMethod;
  address: string;
  userAgent: string | null;
  /** Id in the cookie the browser came with: that session ends, ids rotate at sign-in. */
  previousId: string | null;
}

export interface SignedIn {
  /** 256-bit id for the cookie; nowhere else. */
  sessionId: string;
  principal: UserPrincipal;
}

/** Reference sessions: the cookie holds a random id, the database only its sha256. */
export class SessionService {
  private readonly endListeners = new Set<(idHash: Buffer) => void>();

  constructor(
    private readonly pool: Pool,
    private readonly repository: SessionRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A session for somebody who has proved who they are. Null when they were disabled or deleted meanwhile. */
  async open({ userId, method, address, userAgent, previousId }: Opening): Promise<SignedIn | null> {
    const now = this.clock.now();
    const sessionId = secureToken(32);
    const idHash = hashOf(sessionId);
    const previous = previousId === null ? null : hashOf(previousId);
    const row = await inTransaction(this.pool, async (tx) => {
      await this.repository.removeOver(tx, now, now - IDLE_MS);
      if (previous !== null) await this.repository.remove(tx, previous);
      const { rowCount } = await tx.query(
        'UPDATE app_user SET last_sign_in_at = $2 WHERE id = $1 AND disabled_at IS NULL',
        [userId, new Date(now)],
      );
      if (rowCount !== 1) return null;
      const id = await this.repository.insert(tx, {
        idHash,
        userId,
        method,
        address,
        userAgent: userAgent?.slice(0, USER_AGENT_MAX) ?? null,
        now,
        expiresAt: now + ABSOLUTE_MS,
      });
      const opened = await this.repository.findLive(idHash, now, now - IDLE_MS, tx);
      await this.audit.record(tx, {
        actor: { kind: 'user', id: userId, address },
        action: 'session.signed_in',
        subject: { kind: 'session', id },
        outcome: 'done',
        after: { method },
      });
      return opened;
    });
    if (previous !== null) this.tellEnded([previous]);
    return row === null ? null : { sessionId, principal: principalOf(idHash, row) };
  }

  /** Principal of a cookie's id, noting the activity; null when there is no such session or it is over. */
  async authenticate(sessionId: string): Promise<UserPrincipal | null> {
    const idHash = hashOf(sessionId);
    const now = this.clock.now();
    const row = await this.repository.findLive(idHash, now, now - IDLE_MS);
    if (row === null) return null;
    if (now - row.lastSeenAt >= TOUCH_EVERY_MS) await this.repository.touch(idHash, now, now - IDLE_MS);
    return principalOf(idHash, row);
  }

  /** An open screen counts as activity: call it about once a minute. False = the session is over, close the screen. */
  touch(idHash: Buffer): Promise<boolean> {
    const now = this.clock.now();
    return this.repository.touch(idHash, now, now - IDLE_MS);
  }

  async signOut({ session, userId }: UserPrincipal, address: string): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      const removed = await this.repository.remove(tx, session.idHash);
      if (removed === null) return;
      await this.audit.record(tx, {
        actor: { kind: 'user', id: userId, address },
        action: 'session.signed_out',
        subject: { kind: 'session', id: removed.id },
        outcome: 'done',
      });
    });
    this.tellEnded([session.idHash]);
  }

  /** Sessions of the person themself, the current one first. */
  listOwn({ userId, session }: UserPrincipal): Promise<OwnSessionRow[]> {
    const now = this.clock.now();
    return this.repository.listOf(userId, session.idHash, now, now - IDLE_MS);
  }

  /** Ends one of one's own sessions; false when there is no such one. */
  async endOwn({ userId }: UserPrincipal, id: string, address: string): Promise<boolean> {
    const idHash = await inTransaction(this.pool, async (tx) => {
      const removed = await this.repository.removeOwn(tx, userId, id);
      if (removed === null) return null;
      await this.audit.record(tx, {
        actor: { kind: 'user', id: userId, address },
        action: 'session.ended',
        subject: { kind: 'session', id },
        outcome: 'done',
      });
      return removed;
    });
    if (idHash === null) return false;
    this.tellEnded([idHash]);
    return true;
  }

  /**
   * Inside a transaction that takes rights away or changes a password: the sessions of a person, except one when given.
   * Call `tellEnded` with what it returns after the commit.
   */
  endAllOf(tx: Queryable, userId: number, except: Buffer | null = null): Promise<Buffer[]> {
    return this.repository.removeAllOf(tx, userId, except);
  }

  /** Inside such a transaction of one's own account: this session goes on under another id. Returns that, for the cookie. */
  async rotate(tx: Queryable, { session }: UserPrincipal): Promise<string> {
    const sessionId = secureToken(32);
    await this.repository.rotate(tx, session.idHash, hashOf(sessionId));
    return sessionId;
  }

  /** Closes the screens of sessions that are over (or have another id), here and in other processes. */
  tellEnded(idHashes: readonly Buffer[]): void {
    for (const idHash of idHashes) for (const listener of this.endListeners) listener(idHash);
  }

  /** Called with the hash of each session ended in this process, so that its screens close at once. */
  onEnded(listener: (idHash: Buffer) => void): void {
    this.endListeners.add(listener);
  }
}

function hashOf(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId, 'ascii').digest();
}

function principalOf(idHash: Buffer, row: SessionRow): UserPrincipal {
  const { userId, email, name, role, agentId, seesNumbers, teams, expiresAt } = row;
  return {
    kind: 'user',
    userId,
    email,
    name,
    role,
    agentId,
    permissions: permissionsOf(role, seesNumbers),
    scope: scopeOf(role, agentId, teams),
    session: { idHash, expiresAt },
  };
}
