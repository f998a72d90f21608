import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, isoOf, secureToken } from '../../platform/index.js';
import type { AccessLink, Language, LinkKind, LinkRedeemed, LinkView, RedeemRequest } from '../../shared/accounts.js';
import { requireGoodPassword } from '../password-rules.js';
import { hashPassword } from '../passwords.js';
import { MS } from '../session.repository.js';
import type { SessionService } from '../session.service.js';

const LIFETIME_MS: Record<LinkKind, number> = { invitation: 7 * 86_400_000, reset: 3_600_000 };

interface LinkRow {
  userId: number;
  kind: LinkKind;
  email: string;
  name: string;
  language: Language | null;
  /** Epoch ms. */
  expiresAt: number;
}

/**
 * Links that let somebody set their password. The token stands in the fragment of the address: no server, proxy or log
 * on the way sees it. Kept as a hash; works once; a newer one replaces it.
 */
export class LinkService {
  constructor(
    private readonly pool: Pool,
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that says why. `createdBy` null: a key, or the command line. */
  async make(tx: Queryable, userId: number, kind: LinkKind, createdBy: number | null): Promise<AccessLink> {
    const now = this.clock.now();
    const token = secureToken(32);
    const expiresAt = now + LIFETIME_MS[kind];
    await tx.query('DELETE FROM access_link WHERE (user_id = $1 AND used_at IS NULL) OR expires_at <= $2', [
      userId,
      new Date(now),
    ]);
    await tx.query(
      `INSERT INTO access_link (token_hash, user_id, kind, expires_at, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [hashOf(token), userId, kind, new Date(expiresAt), createdBy, new Date(now)],
    );
    return { kind, token, expiresAt: isoOf(expiresAt) };
  }

  /** Ends what was handed out for somebody: they chose a password themself, or must not get in any more. */
  async withdraw(tx: Queryable, userId: number): Promise<void> {
    await tx.query('DELETE FROM access_link WHERE user_id = $1 AND used_at IS NULL', [userId]);
  }

  /** Whom a link is for. Throws `link_invalid`. */
  async inspect(token: string): Promise<LinkView> {
    const { userId: _, expiresAt, ...row } = await this.find(token);
    return { ...row, expiresAt: isoOf(expiresAt) };
  }

  /** Throws `link_invalid`, or what the rules of passwords throw: the link then still works. */
  async redeem({ token, password, name }: RedeemRequest, address: string): Promise<LinkRedeemed> {
    const found = await this.find(token);
    await requireGoodPassword(password, { email: found.email, name: name ?? found.name });
    const passwordHash = await hashPassword(password);
    const ended = await inTransaction(this.pool, async (tx) => {
      await this.useUp(tx, token);
      await tx.query('UPDATE app_user SET password_hash = $2, name = coalesce($3, name) WHERE id = $1', [
        found.userId,
        passwordHash,
        name ?? null,
      ]);
      const hashes = await this.sessions.endAllOf(tx, found.userId);
      await this.audit.record(tx, {
        actor: { kind: 'user', id: found.userId, address },
        action: 'account.password_changed',
        subject: { kind: 'user', id: String(found.userId) },
        outcome: 'done',
        after: { by: found.kind },
      });
      return hashes;
    });
    this.sessions.tellEnded(ended);
    return { email: found.email };
  }

  private async find(token: string): Promise<LinkRow> {
    const { rows } = await this.pool.query<LinkRow>(
      `SELECT u.id AS "userId", l.kind, u.email, u.name, u.language, ${MS('l.expires_at')} AS "expiresAt"
       FROM access_link l JOIN app_user u ON u.id = l.user_id
       WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND u.disabled_at IS NULL`,
      [hashOf(token), new Date(this.clock.now())],
    );
    const row = rows[0];
    if (row === undefined) throw new AppError('link_invalid');
    return row;
  }

  /** Of two who redeem at once, one gets through. */
  private async useUp(tx: Queryable, token: string): Promise<void> {
    const now = new Date(this.clock.now());
    const { rowCount } = await tx.query(
      `UPDATE access_link l SET used_at = $2 FROM app_user u
       WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND u.id = l.user_id AND u.disabled_at IS NULL`,
      [hashOf(token), now],
    );
    if (rowCount !== 1) throw new AppError('link_invalid');
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
