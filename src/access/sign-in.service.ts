import type { AuditLog } from '../audit/index.js';
import { AppError, type Clock } from '../platform/index.js';
import { LoginThrottle } from './login-throttle.js';
import { passwordMatches } from './passwords.js';
import type { SecondFactorService } from './second-factor/second-factor.service.js';
import type { SessionService, SignedIn } from './session.service.js';
import { TokenBuckets } from './token-bucket.js';
import type { UserRepository, UserSecrets } from './users/user.repository.js';

export class LoginThrottled extends AppError {
  constructor(readonly seconds: number) {
    super('login_throttled', { params: { seconds } });
  }
}

/** `confirmation`: the password asked for again by somebody signed in. */
type FailureReason = 'password' | 'code' | 'disabled' | 'throttled' | 'confirmation';

export interface SignInAttempt {
  email: string;
  password: string;
  /** Code of the app, or a recovery code. */
  totp?: string | undefined;
  address: string;
  userAgent: string | null;
  /** Id in the cookie the browser came with. */
  previousId: string | null;
}

/** Signing in with a password of our own, and proving once more with it that somebody is who they are. */
export class SignInService {
  private readonly throttle: LoginThrottle;
  /**
   * Of six digits three are right at any moment. Only somebody who knows the password can spend these, from however many
   * addresses; recovery is a minute away.
   */
  private readonly codes: TokenBuckets;

  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly secondFactor: SecondFactorService,
    private readonly audit: AuditLog,
    clock: Clock,
  ) {
    this.throttle = new LoginThrottle(clock);
    this.codes = new TokenBuckets(clock, { capacity: 10, refillMs: 60_000 });
  }

  /** Throws `login_failed`, `login_throttled`, `totp_required` or `totp_wrong`. */
  async signIn(attempt: SignInAttempt): Promise<SignedIn> {
    const { email, password, totp, ...browser } = attempt;
    const account = email.toLowerCase();
    const waitSeconds = this.throttle.attempt(account, browser.address);
    if (waitSeconds > 0) {
      this.noteFailure(null, browser.address, 'throttled');
      throw new LoginThrottled(waitSeconds);
    }
    const user = await this.users.findSecretsByEmail(email);
    const matches = await passwordMatches(user?.passwordHash ?? null, password);
    if (user === null || !matches || user.disabled) {
      this.noteFailure(user?.id ?? null, browser.address, user?.disabled === true && matches ? 'disabled' : 'password');
      throw new AppError('login_failed');
    }
    const method = user.hasTotp ? await this.secondStep(user, account, totp, browser.address) : 'password';
    const opened = await this.sessions.open({ userId: user.id, method, ...browser });
    if (opened === null) throw new AppError('login_failed');
    this.throttle.succeeded(account, browser.address);
    return opened;
  }

  /** Before something only the person themself may do. Throws `password_wrong`, `password_missing` or `login_throttled`. */
  async prove({ userId, email }: { userId: number; email: string }, password: string, address: string, field: string) {
    const account = email.toLowerCase();
    const waitSeconds = this.throttle.attempt(account, address);
    if (waitSeconds > 0) throw new LoginThrottled(waitSeconds);
    const user = await this.users.findSecretsById(userId);
    if (user?.passwordHash === null) throw new AppError('password_missing');
    if (!(await passwordMatches(user?.passwordHash ?? null, password))) {
      this.noteFailure(userId, address, 'confirmation');
      throw new AppError('password_wrong', { field });
    }
    this.throttle.succeeded(account, address);
  }

  private async secondStep(user: UserSecrets, account: string, totp: string | undefined, address: string) {
    if (totp === undefined) {
      // The password was right: asking for the code is no failure.
      this.throttle.succeeded(account, address);
      throw new AppError('totp_required', { field: 'totp' });
    }
    const key = String(user.id);
    const waitMs = this.codes.take(key);
    if (waitMs > 0) {
      this.noteFailure(user.id, address, 'throttled');
      throw new LoginThrottled(Math.ceil(waitMs / 1000));
    }
    const method = await this.secondFactor.accept(user.id, totp, address);
    if (method === null) {
      this.noteFailure(user.id, address, 'code');
      throw new AppError('totp_wrong', { field: 'totp' });
    }
    this.codes.giveBack(key);
    return method;
  }

  /** Who it was about, when there is such a person; never what was typed. */
  private noteFailure(userId: number | null, address: string, reason: FailureReason): void {
    this.audit.note({
      actor: { kind: 'anonymous', id: null, address },
      action: 'session.sign_in_failed',
      subject: userId === null ? null : { kind: 'user', id: String(userId) },
      outcome: 'refused',
      after: { reason },
    });
  }
}
