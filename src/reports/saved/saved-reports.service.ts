/** Keeping, sharing and changing saved reports. Every change is audited. */
import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { Principal } from '../../access/index.js';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  SAVED_REPORT_LIMITS,
  SAVED_REPORT_VISIBILITIES,
  type SavedReportCreate,
  type SavedReportList,
  type SavedReportPatch,
  type SavedReportView,
  type SavedReportVisibility,
} from '../../shared/saved-reports.js';
import { readKept } from './read-saved.js';
import { type KeptReport, type Reader, SavedReportRepository } from './saved-report.repository.js';

type User = Extract<Principal, { kind: 'user' }>;
/** Whom it is shown to. */
type Reach = Pick<KeptReport, 'visibility' | 'teamId'>;

export class SavedReportsService {
  constructor(
    private readonly pool: Pool,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal): Promise<SavedReportList> {
    const kept = await new SavedReportRepository(this.pool).visibleTo(readerOf(principal));
    return {
      reports: kept.map((one) => viewOf(one, principal)),
      maySave: principal.kind === 'user' ? offeredTo(principal) : [],
    };
  }

  /** Throws `not_found`, also for what is kept from whoever asks. */
  async get(id: number, principal: Principal): Promise<SavedReportView> {
    return viewOf(present(await new SavedReportRepository(this.pool).find(id, readerOf(principal))), principal);
  }

  /** Throws `saved_report_…`. */
  async create(wish: SavedReportCreate, user: User, actor: AuditActor): Promise<SavedReportView> {
    return this.keep({ ...wish, teamId: wish.teamId ?? null }, wish.source, user, actor);
  }

  /** A private one of one's own. Throws `not_found`, `saved_report_unreadable` or `saved_report_…`. */
  async copy(id: number, name: string, user: User, actor: AuditActor): Promise<SavedReportView> {
    const { source } = await this.get(id, user);
    if (source === null) throw new AppError('saved_report_unreadable');
    return this.keep({ name, visibility: 'private', teamId: null }, source, user, actor);
  }

  /** What is left out stays. Throws `not_found`, `saved_report_not_yours` or `saved_report_…`. */
  async change(id: number, patch: SavedReportPatch, user: User, actor: AuditActor): Promise<SavedReportView> {
    const kept = await inTransaction(this.pool, async (tx) => {
      const repository = new SavedReportRepository(tx);
      const before = requireOwn(present(await repository.lock(id, readerOf(user))), user);
      const visibility = patch.visibility ?? before.visibility;
      const teamId = patch.teamId !== undefined ? patch.teamId : visibility === 'team' ? before.teamId : null;
      const after = {
        name: patch.name ?? before.name,
        visibility,
        teamId,
        source: patch.source ?? before.source,
        // What nobody owns any more and somebody makes their own is theirs.
        ownerId: visibility === 'private' ? (before.ownerId ?? user.userId) : before.ownerId,
      };
      const fields = (['name', 'visibility', 'teamId', 'source', 'ownerId'] as const).filter(
        (field) => !isDeepStrictEqual(before[field], after[field]),
      );
      if (fields.length === 0) return before;
      if (fields.includes('visibility') || fields.includes('teamId')) await requireReach(repository, after, user);
      if (!(await repository.update(id, after, this.clock.now()))) throw exists(after.name);
      const told = (one: typeof after | KeptReport) =>
        Object.fromEntries(fields.map((field) => [field, UNTOLD.has(field) ? '•' : (one[field] as string | number)]));
      await this.record(tx, actor, 'saved_report.changed', id, { before: told(before), after: told(after) });
      // An administrator who takes back what somebody shares does not see it any more.
      return present(await repository.read(id));
    });
    return viewOf(kept, user);
  }

  /** Throws `not_found` or `saved_report_not_yours`. */
  async remove(id: number, user: User, actor: AuditActor): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      const repository = new SavedReportRepository(tx);
      const before = requireOwn(present(await repository.lock(id, readerOf(user))), user);
      await repository.remove(id);
      await this.record(tx, actor, 'saved_report.deleted', id, { before: toldReach(before) });
    });
  }

  private async keep(
    reach: Reach & { name: string },
    source: SavedReportCreate['source'],
    user: User,
    actor: AuditActor,
  ): Promise<SavedReportView> {
    const { name, visibility, teamId } = reach;
    const id = await inTransaction(this.pool, async (tx) => {
      const repository = new SavedReportRepository(tx);
      await requireReach(repository, reach, user);
      const limit = SAVED_REPORT_LIMITS.ofOnePerson;
      if ((await repository.countOf(user.userId)) >= limit) {
        throw new AppError('saved_report_limit_reached', { params: { limit } });
      }
      const fields = { name, visibility, teamId, source, ownerId: user.userId };
      const made = await repository.insert(fields, this.clock.now());
      if (made === null) throw exists(name);
      await this.record(tx, actor, 'saved_report.created', made, { after: toldReach(reach) });
      return made;
    });
    return this.get(id, user);
  }

  private record(
    tx: Queryable,
    actor: AuditActor,
    action: 'saved_report.created' | 'saved_report.changed' | 'saved_report.deleted',
    id: number,
    change: { before?: Told; after?: Told },
  ): Promise<void> {
    const subject = { kind: 'saved_report', id: String(id) };
    return this.audit.record(tx, { actor, action, subject, outcome: 'done', ...change });
  }
}

type Told = Record<string, string | number | null>;
/** Free text, and whom somebody looked at: that it changed is told, not to what. */
const UNTOLD: ReadonlySet<string> = new Set(['name', 'source']);

const toldReach = ({ visibility, teamId }: Reach): Told => ({ name: '•', visibility, teamId, source: '•' });

const readerOf = (principal: Principal): Reader => ({
  userId: principal.kind === 'user' ? principal.userId : null,
  scope: principal.scope,
});

function present<T>(found: T | null): T {
  if (found === null) throw new AppError('not_found');
  return found;
}

const isChangeable = (report: Pick<KeptReport, 'ownerId'>, principal: Principal): boolean =>
  principal.kind === 'user' && (report.ownerId === principal.userId || principal.role === 'admin');

function requireOwn(report: KeptReport, user: User): KeptReport {
  if (!isChangeable(report, user)) throw new AppError('saved_report_not_yours');
  return report;
}

/** Nobody shares further than they see themselves. */
function offeredTo({ scope }: Pick<User, 'scope'>): SavedReportVisibility[] {
  if (scope.kind === 'all') return [...SAVED_REPORT_VISIBILITIES];
  return scope.kind === 'teams' ? ['private', 'team'] : ['private'];
}

/** Throws `saved_report_invalid`, `saved_report_reach` or `saved_report_team_unknown`. */
async function requireReach(repository: SavedReportRepository, reach: Reach, user: User): Promise<void> {
  const { visibility, teamId } = reach;
  if ((visibility === 'team') !== (teamId !== null)) {
    const reason = visibility === 'team' ? 'say which team' : 'only with visibility "team"';
    throw new AppError('saved_report_invalid', { field: 'teamId', params: { field: 'teamId', reason } });
  }
  if (!offeredTo(user).includes(visibility)) throw new AppError('saved_report_reach', { field: 'visibility' });
  if (teamId === null) return;
  const isSeen = user.scope.kind === 'all' || (user.scope.kind === 'teams' && user.scope.teams.includes(teamId));
  // A team out of sight is answered like one that does not exist.
  if (!isSeen || !(await repository.hasTeam(teamId))) {
    throw new AppError('saved_report_team_unknown', { field: 'teamId', params: { id: teamId } });
  }
}

const exists = (name: string): AppError => new AppError('saved_report_exists', { field: 'name', params: { name } });

function viewOf(kept: KeptReport, principal: Principal): SavedReportView {
  const { id, name, ownerId, ownerName, visibility, teamId, teamName } = kept;
  return {
    id,
    name,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    own: principal.kind === 'user' && ownerId === principal.userId,
    mayChange: isChangeable(kept, principal),
    visibility,
    team: teamId === null ? null : { id: teamId, name: teamName ?? '' },
    ...readKept(kept.source),
    createdAt: kept.createdAt.toISOString(),
    updatedAt: kept.updatedAt.toISOString(),
  };
}
