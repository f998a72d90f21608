/**
 * People of the provider as people here. Found by issuer and subject and by nothing else: an account of our own with the
 * same e-mail address is not taken over. Made at their first sign-in; name, role and teams are set again at each.
 */
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, type OidcRole } from '../../platform/index.js';
import type { Role } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import { USERS_LOCK } from '../first-administrator.js';
import type { SessionService } from '../session.service.js';
import type { OidcPerson } from './oidc-provider.js';
import { roleOfGroups } from './role-of-groups.js';

interface Rights {
  role: Role;
  /** Ids, ascending. */
  teams: number[];
}

interface KnownUser extends Rights {
  id: number;
  email: string;
  name: string;
  disabled: boolean;
}

const NAME_MAX = 200;

export class OidcUsers {
  constructor(
    private readonly pool: Pool,
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Id of the user this person is. Throws `oidc_no_role` (and ends the sessions somebody without a role still has),
   * `oidc_team_unknown`, `oidc_email_taken` and `oidc_account_disabled`.
   */
  async admit(person: OidcPerson, rules: readonly OidcRole[], address: string): Promise<number> {
    const granted = roleOfGroups(person.groups, rules);
    const ended: Buffer[] = [];
    const found = await inTransaction(this.pool, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [USERS_LOCK]);
      const known = await findUser(tx, person);
      if (granted === null) {
        if (known !== null) ended.push(...(await this.sessions.endAllOf(tx, known.id)));
        return 'oidc_no_role' as const;
      }
      if (known?.disabled) return 'oidc_account_disabled' as const;
      const teams = await teamsNamed(tx, granted.teams);
      if (granted.role === 'supervisor' && teams.length === 0) return 'oidc_team_unknown' as const;
      const rights = { role: granted.role, teams };
      if (known === null) return this.make(tx, person, rights, address);
      ended.push(...(await this.refresh(tx, known, person, rights, address)));
      return known.id;
    });
    this.sessions.tellEnded(ended);
    if (typeof found !== 'number') throw new AppError(found);
    return found;
  }

  private async make(
    tx: Queryable,
    person: OidcPerson,
    rights: Rights,
    address: string,
  ): Promise<number | 'oidc_email_taken'> {
    const now = new Date(this.clock.now());
    const { rows } = await tx.query<{ id: number }>(
      `INSERT INTO app_user (email, name, role, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (lower(email)) DO NOTHING RETURNING id`,
      [emailOf(person), nameOf(person), rights.role, now],
    );
    const id = rows[0]?.id;
    if (id === undefined) return 'oidc_email_taken';
    await setTeams(tx, id, rights.teams);
    await tx.query(
      'INSERT INTO user_identity (issuer, subject, user_id, created_at, last_sign_in_at) VALUES ($1, $2, $3, $4, $4)',
      [person.issuer, person.subject, id, now],
    );
    await this.audit.record(tx, {
      actor: byThemself(id, address),
      action: 'user.created',
      subject: { kind: 'user', id: String(id) },
      outcome: 'done',
      after: { ...rights, method: 'oidc' },
    });
    return id;
  }

  /** Returns the sessions that ended because the rights changed. */
  private async refresh(
    tx: Queryable,
    known: KnownUser,
    person: OidcPerson,
    rights: Rights,
    address: string,
  ): Promise<Buffer[]> {
    const { id } = known;
    await tx.query('UPDATE user_identity SET last_sign_in_at = $3 WHERE issuer = $1 AND subject = $2', [
      person.issuer,
      person.subject,
      new Date(this.clock.now()),
    ]);
    // An address that somebody else has here meanwhile stays theirs.
    await tx.query(
      `UPDATE app_user SET name = $2, email = $3 WHERE id = $1
       AND NOT EXISTS (SELECT 1 FROM app_user other WHERE other.id <> $1 AND lower(other.email) = lower($3))`,
      [id, nameOf(person), emailOf(person)],
    );
    const before = { role: known.role, teams: known.teams };
    if (JSON.stringify(before) === JSON.stringify(rights)) return [];
    await tx.query('UPDATE app_user SET role = $2 WHERE id = $1', [id, rights.role]);
    await setTeams(tx, id, rights.teams);
    await this.audit.record(tx, {
      actor: byThemself(id, address),
      action: 'user.changed',
      subject: { kind: 'user', id: String(id) },
      outcome: 'done',
      before,
      after: { ...rights },
    });
    return this.sessions.endAllOf(tx, id);
  }
}

async function findUser(tx: Queryable, { issuer, subject }: OidcPerson): Promise<KnownUser | null> {
  const { rows } = await tx.query<KnownUser>(
    `SELECT u.id, u.email, u.name, u.role, u.disabled_at IS NOT NULL AS disabled,
       ARRAY(SELECT team_id FROM user_team WHERE user_id = u.id ORDER BY team_id) AS teams
     FROM user_identity i JOIN app_user u ON u.id = i.user_id
     WHERE i.issuer = $1 AND i.subject = $2 FOR UPDATE OF u`,
    [issuer, subject],
  );
  return rows[0] ?? null;
}

/** A name two teams have is nobody's: better no access than to the wrong team. */
async function teamsNamed(tx: Queryable, names: readonly string[]): Promise<number[]> {
  if (names.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    'SELECT min(id) AS id FROM team WHERE name = ANY($1::text[]) AND id <> 0 GROUP BY name HAVING count(*) = 1 ORDER BY 1',
    [[...names]],
  );
  return rows.map((row) => row.id);
}

async function setTeams(tx: Queryable, userId: number, teams: readonly number[]): Promise<void> {
  await tx.query('DELETE FROM user_team WHERE user_id = $1', [userId]);
  await tx.query('INSERT INTO user_team (user_id, team_id) SELECT $1, unnest($2::integer[])', [userId, [...teams]]);
}

function byThemself(id: number, address: string): AuditActor {
  return { kind: 'user', id, address };
}

function nameOf(person: OidcPerson): string {
  const name = (person.name ?? person.email ?? person.subject).replace(/\p{Cc}/gu, ' ').trim();
  return name.slice(0, NAME_MAX) || person.subject.slice(0, NAME_MAX);
}

/** Providers need not tell one; then the name people are listed under is made of what is sure. */
function emailOf({ email, subject, issuer }: OidcPerson): string {
  if (email !== null && email.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email)) return email;
  return `${encodeURIComponent(subject).slice(0, 150)}@${new URL(issuer).hostname}`;
}
