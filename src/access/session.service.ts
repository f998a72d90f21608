import { createHash } from 'node:crypto';
import { AppError, type Clock, secureToken } from '../platform/index.js';
import { LoginThrottle } from './login-throttle.js';
import { passwordMatches } from './passwords.js';
import { permissionsOf, scopeOf } from './policy.js';
import type { UserPrincipal } from './principal.js';
import type { SessionRepository, SessionRow } from './session.repository.js';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Activity is written at most this often for each session. */
const TOUCH_EVERY_MS = 60_000;

export interface SignedIn {
  /** 256-bit id for the cookie; nowhere else. */
  sessionId: string;
  principal: UserPrincipal;
}

export class LoginThrottled extends AppError {
  constructor(readonly seconds: number) {
    super('login_throttled', { params: { seconds } });
  }
}

/** Reference sessions: the cookie holds a random id, the database only its sha256. */
export class SessionService {
  private readonly throttle: LoginThrottle;
  private readonly endListeners = new Set<(idHash: Buffer) => void>();

  constructor(
    private readonly repository: SessionRepository,
    private readonly clock: Clock,
  ) {
    this.throttle = new LoginThrottle(clock);
  }

  /** Throws `login_failed` or `login_throttled`. A session of the same browser ends: ids rotate at sign-in. */
  async signIn(email: string, password: string, address: string, previousId: string | null): Promise<SignedIn> {
    const account = email.toLowerCase();
    const waitSeconds = this.throttle.attempt(account, address);
    if (waitSeconds > 0) throw new LoginThrottled(waitSeconds);
    const user = await this.repository.findUserByEmail(email);
    const matches = await passwordMatches(user?.passwordHash ?? null, password);
    if (user === null || !matches) throw new AppError('login_failed');
    this.throttle.succeeded(account, address);
    if (previousId !== null) await this.end(hashOf(previousId));
    const now = this.clock.now();
    await this.repository.removeOver(now, now - IDLE_MS);
    const sessionId = secureToken(32);
    const idHash = hashOf(sessionId);
    const expiresAt = now + ABSOLUTE_MS;
    await this.repository.insert(idHash, user.id, now, expiresAt);
    const row: SessionRow = { ...user, userId: user.id, expiresAt, lastSeenAt: now };
    return { sessionId, principal: principalOf(idHash, row) };
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

  signOut(principal: UserPrincipal): Promise<void> {
    return this.end(principal.session.idHash);
  }

  /** Called with the hash of each session ended in this process, so that its screens close at once. */
  onEnded(listener: (idHash: Buffer) => void): void {
    this.endListeners.add(listener);
  }

  private async end(idHash: Buffer): Promise<void> {
    await this.repository.remove(idHash);
    for (const listener of this.endListeners) listener(idHash);
  }
}

function hashOf(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId, 'ascii').digest();
}

function principalOf(idHash: Buffer, row: SessionRow): UserPrincipal {
  const { userId, email, name, role, expiresAt } = row;
  return {
    kind: 'user',
    userId,
    email,
    name,
    role,
    agentId: null,
    permissions: permissionsOf(role, false),
    scope: scopeOf(role, null, []),
    session: { idHash, expiresAt },
  };
}
