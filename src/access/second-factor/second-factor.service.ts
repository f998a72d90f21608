import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, type Keys, secureBytes } from '../../platform/index.js';
import type { TotpSetup } from '../../shared/accounts.js';
import type { AuditActor } from '../../shared/audit.js';
import { hashWithSalt } from '../passwords.js';
import { makeRecoveryCodes, normaliseRecoveryCode } from './recovery-codes.js';
import type { SecondFactorRepository } from './second-factor.repository.js';
import { base32, matchingStep, otpauthUri, SECRET_BYTES } from './totp.js';

/** How the secret in `app_user.totp_secret` is sealed; the rotation of the master key seals it again in the same way. */
export const TOTP_SEAL = { purpose: 'session', context: (userId: number) => `app_user.totp_secret:${userId}` } as const;

interface Person {
  id: number;
  email: string;
}

/** The codes of an authenticator app, and the recovery codes that stand in for them. */
export class SecondFactorService {
  constructor(
    private readonly pool: Pool,
    private readonly repository: SecondFactorRepository,
    private readonly keys: Keys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** What the code proves, or null when it is wrong or was used before. Each counts once. */
  async accept(userId: number, typed: string, address: string): Promise<'totp' | 'recovery' | null> {
    const row = await this.repository.find(userId);
    if (row === null || row.secret === null || row.enabledAt === null) return null;
    const digits = typed.replace(/\s/g, '');
    if (/^\d{6}$/.test(digits)) {
      const step = matchingStep(this.open(userId, row.secret), digits, this.clock.now());
      return step !== null && (await this.repository.spendStep(userId, step)) ? 'totp' : null;
    }
    const code = normaliseRecoveryCode(typed);
    if (code === null || row.recoverySalt === null) return null;
    return (await this.spendRecoveryCode(userId, await hashWithSalt(code, row.recoverySalt), address))
      ? 'recovery'
      : null;
  }

  /** A new secret, not yet in force. Throws `totp_already_on`. */
  async begin({ id, email }: Person): Promise<TotpSetup> {
    const secret = secureBytes(SECRET_BYTES);
    const sealed = this.keys.encrypt(TOTP_SEAL.purpose, secret, TOTP_SEAL.context(id));
    if (!(await this.repository.keepWaiting(id, sealed))) throw new AppError('totp_already_on');
    return { secret: base32(secret), uri: otpauthUri(secret, email) };
  }

  /**
   * Puts the secret in force with its first code, in one transaction with what the caller adds (`also`); returns the
   * recovery codes. Throws `totp_not_started`, `totp_already_on` or `totp_code_wrong`.
   */
  async confirm(
    userId: number,
    typed: string,
    actor: AuditActor,
    also: (tx: Queryable) => Promise<void>,
  ): Promise<string[]> {
    const row = await this.repository.find(userId);
    if (row?.enabledAt) throw new AppError('totp_already_on');
    const sealed = row?.secret ?? null;
    if (sealed === null) throw new AppError('totp_not_started');
    const now = this.clock.now();
    const step = matchingStep(this.open(userId, sealed), typed.replace(/\s/g, ''), now);
    if (step === null) throw new AppError('totp_code_wrong', { field: 'code' });
    const made = await hashedCodes();
    await inTransaction(this.pool, async (tx) => {
      if (!(await this.repository.enable(tx, userId, sealed, step, now))) throw new AppError('totp_already_on');
      await this.repository.replaceRecoveryCodes(tx, userId, made.salt, made.hashes);
      await also(tx);
      await this.audit.record(tx, entry(actor, userId, 'account.totp_enabled'));
    });
    return made.codes;
  }

  /** Throws `totp_off`. */
  async remove(
    userId: number,
    actor: AuditActor,
    also: (tx: Queryable) => Promise<void> = async () => {},
  ): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      if (!(await this.repository.remove(tx, userId))) throw new AppError('totp_off');
      await also(tx);
      await this.audit.record(tx, entry(actor, userId, 'account.totp_disabled'));
    });
  }

  /** Ten new codes; the earlier ones end. Throws `totp_off`. */
  async renewRecoveryCodes(userId: number, actor: AuditActor): Promise<string[]> {
    if (!(await this.repository.find(userId))?.enabledAt) throw new AppError('totp_off');
    const made = await hashedCodes();
    await inTransaction(this.pool, async (tx) => {
      await this.repository.replaceRecoveryCodes(tx, userId, made.salt, made.hashes);
      await this.audit.record(tx, entry(actor, userId, 'account.recovery_codes_made'));
    });
    return made.codes;
  }

  private spendRecoveryCode(userId: number, hash: Buffer, address: string): Promise<boolean> {
    return inTransaction(this.pool, async (tx) => {
      if (!(await this.repository.spendRecoveryCode(tx, userId, hash, this.clock.now()))) return false;
      const actor = { kind: 'user', id: userId, address } as const;
      await this.audit.record(tx, entry(actor, userId, 'account.recovery_code_used'));
      return true;
    });
  }

  private open(userId: number, sealed: Buffer): Buffer {
    return this.keys.decrypt(TOTP_SEAL.purpose, sealed, TOTP_SEAL.context(userId));
  }
}

type TotpAction =
  | 'account.totp_enabled'
  | 'account.totp_disabled'
  | 'account.recovery_codes_made'
  | 'account.recovery_code_used';

function entry(actor: AuditActor, userId: number, action: TotpAction) {
  return { actor, action, subject: { kind: 'user', id: String(userId) }, outcome: 'done' } as const;
}

/** One after the other: each hash takes 19 MiB. */
async function hashedCodes(): Promise<{ codes: string[]; salt: Buffer; hashes: Buffer[] }> {
  const codes = makeRecoveryCodes();
  const salt = secureBytes(16);
  const hashes: Buffer[] = [];
  for (const code of codes) hashes.push(await hashWithSalt(normaliseRecoveryCode(code) ?? code, salt));
  return { codes, salt, hashes };
}
