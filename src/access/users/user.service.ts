import type { Pool } from 'pg';
import type { AuditLog, Json, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction } from '../../platform/index.js';
import type { AccessLink, LinkKind, NewUserRequest, UserChange } from '../../shared/accounts.js';
import type { AuditActor } from '../../shared/audit.js';
import { USERS_LOCK } from '../first-administrator.js';
import type { LinkService } from '../links/link.service.js';
import type { Principal } from '../principal.js';
import type { SecondFactorService } from '../second-factor/second-factor.service.js';
import { IDLE_MS, type SessionService } from '../session.service.js';
import type { UserFilter, UserRepository, UserRights, UserRow } from './user.repository.js';
import { changedRights, isSelf, normaliseRights, requireHolds } from './user-rights.js';

/** Whoever makes a change: what they may do, and how the audit log names them. */
export interface Changer {
  principal: Principal;
  actor: AuditActor;
}

export class UserService {
  constructor(
    private readonly pool: Pool,
    private readonly users: UserRepository,
    private readonly links: LinkService,
    private readonly sessions: SessionService,
    private readonly secondFactor: SecondFactorService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(filter: UserFilter): Promise<UserRow[]> {
    const now = this.clock.now();
    return this.users.list(filter, now, now - IDLE_MS);
  }

  /** Throws `not_found`. */
  async get(id: number): Promise<UserRow> {
    const now = this.clock.now();
    const row = await this.users.find(id, now, now - IDLE_MS);
    if (row === null) throw new AppError('not_found');
    return row;
  }

  /**
   * Makes a person and the link that lets them in. Throws `email_taken`, `rights_exceed_own`, `user_team_unknown` or
   * `user_agent_unknown`.
   */
  async invite(request: NewUserRequest, by: Changer): Promise<{ id: number; link: AccessLink }> {
    const { email, name, language = null } = request;
    const { role, teams = [], agentId = null, seesNumbers = false } = request;
    const rights = normaliseRights({ role, teams, agentId, seesNumbers, disabled: false });
    requireHolds(by.principal, rights);
    return this.change(async (tx) => {
      await this.requireExisting(tx, rights);
      const id = await this.users.insert(tx, { email, name, language, ...rights }, this.clock.now());
      if (id === null) throw new AppError('email_taken', { field: 'email' });
      const link = await this.links.make(tx, id, 'invitation', makerOf(by.principal));
      await this.audit.record(tx, {
        ...about(by, id, 'user.invited'),
        after: { ...pick(rights, ['role', 'teams', 'agentId', 'seesNumbers']), email: '•', name: '•' },
      });
      return { id, link };
    });
  }

  /** Throws `not_found`, `own_rights`, `rights_exceed_own`, `last_administrator`, or what `invite` throws. */
  async update(id: number, change: UserChange, by: Changer): Promise<void> {
    const ended = await this.change(async (tx) => {
      const before = await this.lock(tx, id);
      const { name, ...given } = change;
      const after = normaliseRights({ ...before, ...withoutUndefined(given) });
      const changed = changedRights(before, after);
      if (changed.length > 0) await this.requireAllowed(tx, id, before, after, by);
      await this.users.update(tx, id, { ...after, name: name ?? null }, this.clock.now());
      if (after.disabled) await this.links.withdraw(tx, id);
      if (changed.includes('role') || changed.includes('disabled')) await this.requireAdministrator(tx, before);
      const renamed = name === undefined ? {} : { name: '•' };
      if (changed.length > 0 || name !== undefined) {
        const action = after.disabled && !before.disabled ? 'user.disabled' : 'user.changed';
        await this.audit.record(tx, {
          ...about(by, id, action),
          before: { ...pick(before, changed), ...renamed },
          after: { ...pick(after, changed), ...renamed },
        });
      }
      return changed.length === 0 ? [] : this.sessions.endAllOf(tx, id);
    });
    this.sessions.tellEnded(ended);
  }

  /** Throws `not_found`, `own_rights`, `rights_exceed_own` or `last_administrator`. */
  async remove(id: number, by: Changer): Promise<void> {
    const ended = await this.change(async (tx) => {
      const before = await this.lock(tx, id);
      if (isSelf(by.principal, id)) throw new AppError('own_rights');
      requireHolds(by.principal, before);
      const hashes = await this.sessions.endAllOf(tx, id);
      await this.users.remove(tx, id);
      await this.requireAdministrator(tx, before);
      await this.audit.record(tx, { ...about(by, id, 'user.deleted'), before: { role: before.role } });
      return hashes;
    });
    this.sessions.tellEnded(ended);
  }

  /**
   * A link to set a password with: an invitation for somebody who has none yet, else a reset. Throws `not_found`,
   * `own_account`, `rights_exceed_own` or `password_missing`.
   */
  async makeLink(id: number, by: Changer): Promise<AccessLink> {
    const { hasPassword, hasSingleSignOn } = await this.get(id);
    // A password beside it would let somebody in whom the provider keeps out.
    if (hasSingleSignOn && !hasPassword) throw new AppError('password_missing');
    const kind: LinkKind = hasPassword ? 'reset' : 'invitation';
    return this.change(async (tx) => {
      await this.requireOther(tx, id, by);
      const link = await this.links.make(tx, id, kind, makerOf(by.principal));
      await this.audit.record(tx, { ...about(by, id, 'user.link_made'), after: { kind } });
      return link;
    });
  }

  /** Returns how many. Throws `not_found` or `rights_exceed_own`. */
  async endSessions(id: number, by: Changer): Promise<number> {
    const ended = await this.change(async (tx) => {
      requireHolds(by.principal, await this.lock(tx, id));
      const hashes = await this.sessions.endAllOf(tx, id);
      await this.audit.record(tx, { ...about(by, id, 'session.ended'), after: { sessions: hashes.length } });
      return hashes;
    });
    this.sessions.tellEnded(ended);
    return ended.length;
  }

  /** For somebody who lost their phone and their codes. Throws `not_found`, `own_account`, `rights_exceed_own`, `totp_off`. */
  async removeSecondFactor(id: number, by: Changer): Promise<void> {
    await inTransaction(this.pool, (tx) => this.requireOther(tx, id, by));
    await this.secondFactor.remove(id, by.actor);
  }

  /** One change of people at a time: two administrators must not demote each other at once. */
  private change<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [USERS_LOCK]);
      return work(tx);
    });
  }

  private async lock(tx: Queryable, id: number): Promise<UserRights> {
    const rights = await this.users.lockRights(tx, id);
    if (rights === null) throw new AppError('not_found');
    return rights;
  }

  private async requireAllowed(tx: Queryable, id: number, before: UserRights, after: UserRights, by: Changer) {
    if (isSelf(by.principal, id)) throw new AppError('own_rights');
    requireHolds(by.principal, before);
    requireHolds(by.principal, after);
    await this.requireExisting(tx, after);
  }

  /** What would let somebody in as this person is never done for oneself: the account page asks for the password. */
  private async requireOther(tx: Queryable, id: number, by: Changer): Promise<void> {
    const rights = await this.lock(tx, id);
    if (isSelf(by.principal, id)) throw new AppError('own_account');
    requireHolds(by.principal, rights);
  }

  private async requireExisting(tx: Queryable, { teams, agentId }: UserRights): Promise<void> {
    if (!(await this.users.teamsExist(tx, teams))) throw new AppError('user_team_unknown', { field: 'teams' });
    if (agentId !== null && !(await this.users.agentExists(tx, agentId))) {
      throw new AppError('user_agent_unknown', { field: 'agentId' });
    }
  }

  /** After a change, before its commit: somebody must still be able to undo it. */
  private async requireAdministrator(tx: Queryable, before: UserRights): Promise<void> {
    if (before.role !== 'admin' || before.disabled) return;
    if ((await this.users.countAdministrators(tx)) === 0) throw new AppError('last_administrator');
  }
}

function makerOf(principal: Principal): number | null {
  return principal.kind === 'user' ? principal.userId : null;
}

type UserAction =
  | 'user.invited'
  | 'user.changed'
  | 'user.disabled'
  | 'user.deleted'
  | 'user.link_made'
  | 'session.ended';

function about({ actor }: Changer, id: number, action: UserAction) {
  return { actor, action, subject: { kind: 'user', id: String(id) }, outcome: 'done' } as const;
}

function pick(rights: UserRights, keys: readonly (keyof UserRights)[]): Record<string, Json> {
  return Object.fromEntries(keys.map((key) => [key, rights[key]]));
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
