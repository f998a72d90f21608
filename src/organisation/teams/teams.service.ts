/** Teams: a tree whose members have a history. A call keeps the team it was made in, whatever happens to the tree. */
import type { Pool, PoolClient } from 'pg';
import { hiddenByScope } from '../../access/index.js';
import { AppError, type Clock } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed, TeamCreate, TeamPatch, TeamView } from '../../shared/organisation.js';
import { changedFields } from '../input.js';
import type { SettingsChanges } from '../settings-changes.js';
import { sitesNow } from '../sites/sites.repository.js';
import { visibleTeams } from '../visible.js';
import { LEVELS_MAX, type TeamRow, type TeamTree } from './team-tree.js';
import {
  hasMembersNowOrLater,
  insertTeam,
  loadTeamTree,
  membersByTeam,
  newAgentsTeam,
  type Queryable,
  updateTeam,
} from './teams.repository.js';

export class TeamsService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope, withArchived: boolean): Promise<TeamView[]> {
    const visible = await visibleTeams(this.pool, scope, new Date(this.clock.now()));
    const views = await this.views(this.pool);
    return views.filter(
      (team) => (visible === null || visible.has(team.id)) && (withArchived || team.archivedAt === null),
    );
  }

  async one(scope: Scope, id: number): Promise<TeamView> {
    const visible = await visibleTeams(this.pool, scope, new Date(this.clock.now()));
    const view = await this.view(this.pool, id);
    if (visible !== null && !visible.has(id)) throw hiddenByScope();
    return view;
  }

  create(actor: AuditActor, team: TeamCreate): Promise<Changed<TeamView>> {
    return this.changes.run(actor, async (tx) => {
      const tree = await loadTeamTree(tx);
      const parentId = team.parentId ?? null;
      await requireSite(tx, team.siteId);
      requireParent(tree, null, parentId);
      requireFreeName(tree, null, parentId, team.name);
      const id = await insertTeam(tx, { name: team.name, siteId: team.siteId, parentId });
      return {
        audit: [{ action: 'team.created', subject: subjectOf(id), after: { ...team, parentId } }],
        result: () => this.view(tx, id),
      };
    });
  }

  change(actor: AuditActor, id: number, patch: TeamPatch): Promise<Changed<TeamView>> {
    return this.changes.run(actor, async (tx) => {
      const tree = await loadTeamTree(tx);
      const old = tree.get(id);
      if (old === undefined) throw new AppError('not_found');
      const name = patch.name ?? old.name;
      const parentId = patch.parentId === undefined ? old.parentId : patch.parentId;
      if (parentId !== old.parentId) requireParent(tree, id, parentId);
      if (name !== old.name || parentId !== old.parentId) requireFreeName(tree, id, parentId, name);
      const archivedAt = await this.archivedAt(tx, tree, old, patch.archived);
      const showsRanks = patch.showsRanks ?? old.showsRanks;
      await updateTeam(tx, id, { name, parentId, archivedAt, showsRanks });
      const before = {
        name: old.name,
        parentId: old.parentId,
        archived: old.archivedAt !== null,
        showsRanks: old.showsRanks,
      };
      const after = changedFields(before, { name, parentId, archived: archivedAt !== null, showsRanks });
      const action = after.archived === true ? 'team.archived' : 'team.changed';
      return {
        audit: [{ action, subject: subjectOf(id), before, after }],
        result: () => this.view(tx, id),
      };
    });
  }

  private async archivedAt(
    tx: PoolClient,
    tree: TeamTree,
    team: TeamRow,
    archived: boolean | undefined,
  ): Promise<number | null> {
    if (archived === undefined || archived === (team.archivedAt !== null)) return team.archivedAt;
    const now = this.clock.now();
    if (!archived) {
      if (team.parentId !== null && (tree.get(team.parentId)?.archivedAt ?? null) !== null) {
        throw new AppError('team_archived', { field: 'parentId' });
      }
      return null;
    }
    const inUse =
      (await newAgentsTeam(tx)) === team.id ||
      tree.childrenOf(team.id).some((child) => child.archivedAt === null) ||
      (await hasMembersNowOrLater(tx, team.id, new Date(now)));
    if (inUse) throw new AppError('team_in_use', { field: 'archived' });
    return now;
  }

  private async view(db: Queryable, id: number): Promise<TeamView> {
    const view = (await this.views(db)).find((team) => team.id === id);
    if (view === undefined) throw new AppError('not_found');
    return view;
  }

  private async views(db: Queryable): Promise<TeamView[]> {
    const now = new Date(this.clock.now());
    const tree = await loadTeamTree(db);
    const members = await membersByTeam(db, now);
    const sites = await sitesNow(db, now);
    const forNew = await newAgentsTeam(db);
    return tree.inOrder().map((team) => ({
      id: team.id,
      name: team.name,
      parentId: team.parentId,
      path: tree.pathOf(team.id),
      site: sites.get(team.siteId) ?? { id: team.siteId, name: '', timeZone: 'UTC' },
      members: members.get(team.id) ?? 0,
      archivedAt: team.archivedAt === null ? null : new Date(team.archivedAt).toISOString(),
      isNewAgentsTeam: team.id === forNew,
      showsRanks: team.showsRanks,
    }));
  }
}

function subjectOf(id: number): { kind: string; id: string } {
  return { kind: 'team', id: String(id) };
}

async function requireSite(db: Queryable, id: number): Promise<void> {
  const { rowCount } = await db.query('SELECT 1 FROM site WHERE id = $1', [id]);
  if (rowCount !== 1) throw new AppError('not_found', { field: 'siteId' });
}

function requireParent(tree: TeamTree, id: number | null, parentId: number | null): void {
  if (parentId === null) return;
  const parent = tree.get(parentId);
  if (parent === undefined) throw new AppError('not_found', { field: 'parentId' });
  if (parent.archivedAt !== null) throw new AppError('team_archived', { field: 'parentId' });
  if (!tree.fits(id, parentId)) throw new AppError('team_circle', { field: 'parentId', params: { max: LEVELS_MAX } });
}

/** A path names one team: the import of people goes by it. */
function requireFreeName(tree: TeamTree, id: number | null, parentId: number | null, name: string): void {
  const wanted = name.toLowerCase();
  const taken = tree.childrenOf(parentId).some((team) => team.id !== id && team.name.toLowerCase() === wanted);
  if (taken) throw new AppError('name_taken', { field: 'name' });
}

/** A team agents may be put into. */
export function requireOpenTeam(tree: TeamTree, id: number, field = 'teamId'): TeamRow {
  const team = tree.get(id);
  if (team === undefined) throw new AppError('not_found', { field });
  if (team.archivedAt !== null) throw new AppError('team_archived', { field });
  return team;
}
