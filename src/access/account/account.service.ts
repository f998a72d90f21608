import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, isoOf } from '../../platform/index.js';
import type { AccountChange, AccountView, PasswordChange, TotpSetup } from '../../shared/accounts.js';
import type { AuditActor } from '../../shared/audit.js';
import type { LinkService } from '../links/link.service.js';
import { requireGoodPassword } from '../password-rules.js';
import { hashPassword } from '../passwords.js';
import type { UserPrincipal } from '../principal.js';
import type { SecondFactorRepository } from '../second-factor/second-factor.repository.js';
import type { SecondFactorService } from '../second-factor/second-factor.service.js';
import { IDLE_MS, type SessionService } from '../session.service.js';
import type { SignInService } from '../sign-in.service.js';
import type { UserRepository } from '../users/user.repository.js';

/** Somebody at their own account. */
export interface Self {
  principal: UserPrincipal;
  actor: AuditActor;
}

export class AccountService {
  constructor(
    private readonly pool: Pool,
    private readonly users: UserRepository,
    private readonly secondFactors: SecondFactorRepository,
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: SessionService,
    private readonly signIns: SignInService,
    private readonly links: LinkService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async view(principal: UserPrincipal): Promise<AccountView> {
    const now = this.clock.now();
    const user = await this.users.find(principal.userId, now, now - IDLE_MS);
    const factor = await this.secondFactors.find(principal.userId);
    if (user === null || factor === null) throw new AppError('not_found');
    const { email, name, role, teams, agent, seesNumbers, language, hasPassword, hasSingleSignOn } = user;
    const sessions = await this.sessions.listOwn(principal);
    return {
      ...{ email, name, role, teams, agent, seesNumbers, language, hasPassword, hasSingleSignOn },
      totp:
        factor.enabledAt === null
          ? null
          : { since: isoOf(factor.enabledAt), recoveryCodesLeft: factor.recoveryCodesLeft },
      sessions: sessions.map(({ createdAt, lastSeenAt, expiresAt, ...session }) => ({
        ...session,
        createdAt: isoOf(createdAt),
        lastSeenAt: isoOf(lastSeenAt),
        expiresAt: isoOf(expiresAt),
      })),
    };
  }

  async change({ principal, actor }: Self, { name, language }: AccountChange): Promise<void> {
    if (name === undefined && language === undefined) return;
    await inTransaction(this.pool, async (tx) => {
      await this.users.setProfile(tx, principal.userId, {
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language }),
      });
      await this.audit.record(tx, {
        ...about(principal, actor, 'account.changed'),
        after: { ...(name === undefined ? {} : { name: '•' }), ...(language === undefined ? {} : { language }) },
      });
    });
  }

  /**
   * Returns the new id of this session; all others end. Throws `password_wrong`, `password_missing`, `login_throttled`,
   * or what the rules of passwords throw.
   */
  async changePassword({ principal, actor }: Self, { current, password }: PasswordChange): Promise<string> {
    await this.signIns.prove(principal, current, actor.address ?? '', 'current');
    await requireGoodPassword(password, principal);
    const passwordHash = await hashPassword(password);
    return this.renewing(principal, async (tx) => {
      await this.users.setPassword(tx, principal.userId, passwordHash);
      await this.links.withdraw(tx, principal.userId);
      const ended = await this.sessions.endAllOf(tx, principal.userId, principal.session.idHash);
      return {
        ended,
        audit: () =>
          this.audit.record(tx, {
            ...about(principal, actor, 'account.password_changed'),
            after: { by: 'account', sessionsEnded: ended.length },
          }),
      };
    });
  }

  async beginTotp({ principal, actor }: Self, password: string): Promise<TotpSetup> {
    await this.signIns.prove(principal, password, actor.address ?? '', 'password');
    return this.secondFactor.begin({ id: principal.userId, email: principal.email });
  }

  /** Throws `totp_not_started`, `totp_already_on` or `totp_code_wrong`. */
  async confirmTotp({ principal, actor }: Self, code: string): Promise<{ codes: string[]; sessionId: string }> {
    let sessionId = '';
    const codes = await this.secondFactor.confirm(principal.userId, code, actor, async (tx) => {
      sessionId = await this.sessions.rotate(tx, principal);
    });
    this.sessions.tellEnded([principal.session.idHash]);
    return { codes, sessionId };
  }

  /** Returns the new id of this session. Throws `password_wrong`, `login_throttled` or `totp_off`. */
  async removeTotp({ principal, actor }: Self, password: string): Promise<string> {
    await this.signIns.prove(principal, password, actor.address ?? '', 'password');
    let sessionId = '';
    await this.secondFactor.remove(principal.userId, actor, async (tx) => {
      sessionId = await this.sessions.rotate(tx, principal);
    });
    this.sessions.tellEnded([principal.session.idHash]);
    return sessionId;
  }

  async renewRecoveryCodes({ principal, actor }: Self, password: string): Promise<string[]> {
    await this.signIns.prove(principal, password, actor.address ?? '', 'password');
    return this.secondFactor.renewRecoveryCodes(principal.userId, actor);
  }

  /** Throws `not_found`. */
  async endSession({ principal, actor }: Self, id: string): Promise<void> {
    if (!(await this.sessions.endOwn(principal, id, actor.address ?? ''))) throw new AppError('not_found');
  }

  /** All but this one; returns how many. */
  async endOtherSessions({ principal, actor }: Self): Promise<number> {
    const ended = await inTransaction(this.pool, async (tx) => {
      const hashes = await this.sessions.endAllOf(tx, principal.userId, principal.session.idHash);
      await this.audit.record(tx, {
        ...about(principal, actor, 'session.ended'),
        after: { sessions: hashes.length },
      });
      return hashes;
    });
    this.sessions.tellEnded(ended);
    return ended.length;
  }

  /** A change after which this session goes on under another id. The audit entry is written last: its lock is short. */
  private async renewing(
    principal: UserPrincipal,
    work: (tx: Queryable) => Promise<{ ended: Buffer[]; audit: () => Promise<void> }>,
  ): Promise<string> {
    const { ended, sessionId } = await inTransaction(this.pool, async (tx) => {
      const done = await work(tx);
      const sessionId = await this.sessions.rotate(tx, principal);
      await done.audit();
      return { ended: done.ended, sessionId };
    });
    this.sessions.tellEnded([...ended, principal.session.idHash]);
    return sessionId;
  }
}

function about(
  { userId }: UserPrincipal,
  actor: AuditActor,
  action: 'account.changed' | 'account.password_changed' | 'session.ended',
) {
  return { actor, action, subject: { kind: 'user', id: String(userId) }, outcome: 'done' } as const;
}
