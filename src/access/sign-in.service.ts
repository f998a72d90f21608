import type { AuditLog } from '../audit/index.js';
import { AppError, type Clock } from '../platform/index.js';
import { LoginThrottle } from './login-throttle.js';
import { passwordMatches } from './passwords.js';
import type { SessionService, SignedIn } from './session.service.js';
import type { UserRepository } from './users/user.repository.js';

export class LoginThrottled extends AppError {
  constructor(readonly seconds: number) {
    super('login_throttled', { params: { seconds } });
  }
}

export interface SignInAttempt {
  email: string;
  password: string;
  address: string;
  userAgent: string | null;
  /** Id in the cookie the browser came with. */
  previousId: string | null;
}

/** Signing in with a password of our own. */
export class SignInService {
  private readonly throttle: LoginThrottle;

  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
    clock: Clock,
  ) {
    this.throttle = new LoginThrottle(clock);
  }

  /** Throws `login_failed` or `login_throttled`. */
  async signIn({ email, password, address, userAgent, previousId }: SignInAttempt): Promise<SignedIn> {
    const account = email.toLowerCase();
    const waitSeconds = this.throttle.attempt(account, address);
    if (waitSeconds > 0) throw new LoginThrottled(waitSeconds);
    const user = await this.users.findSecretsByEmail(email);
    const matches = await passwordMatches(user?.passwordHash ?? null, password);
    if (user === null || !matches || user.disabled) {
      this.noteFailure(user?.id ?? null, address, 'password');
      throw new AppError('login_failed');
    }
    const opened = await this.sessions.open({ userId: user.id, method: 'password', address, userAgent, previousId });
    if (opened === null) throw new AppError('login_failed');
    this.throttle.succeeded(account, address);
    return opened;
  }

  /** Who it was about, when there is such a person; never what was typed. */
  private noteFailure(userId: number | null, address: string, reason: string): void {
    this.audit.note({
      actor: { kind: 'anonymous', id: null, address },
      action: 'session.sign_in_failed',
      subject: userId === null ? null : { kind: 'user', id: String(userId) },
      outcome: 'refused',
      after: { reason },
    });
  }
}
