/** What the maker of an export may see now: exports are made and fetched in their name later. */
import type { Pool } from 'pg';
import { keyStandingOf, standingOf } from '../../access/index.js';
import { AppError, type Clock, type Config } from '../../platform/index.js';
import type { Permission, Scope } from '../../shared/access.js';
import type { ExportSource } from '../../shared/exports.js';
import type { ExportJob, ExportMaker } from './export-job.js';

/** What reading a source needs beside `exports:make`. */
export function permissionFor(source: ExportSource): Permission {
  switch (source.kind) {
    case 'calls':
      return 'calls:read';
    case 'outcomes':
      return 'outcomes:read';
    case 'explore':
    case 'ready':
    case 'period':
      return 'kpis:read';
  }
}

export class MakerRights {
  constructor(
    private readonly pool: Pool,
    private readonly config: Pick<Config, 'apiKey'>,
    private readonly clock: Clock,
  ) {}

  /** Throws `export_rights_lost` unless the maker still may see all that is, or will be, in it. Returns their name. */
  async require(job: Pick<ExportJob, 'maker' | 'source' | 'scope' | 'fullNumbers'>): Promise<string> {
    const standing = await this.standing(job.maker);
    const needed: Permission[] = ['exports:make', permissionFor(job.source)];
    if (job.fullNumbers) needed.push('numbers:reveal');
    if (
      standing === null ||
      !needed.every((one) => standing.permissions.has(one)) ||
      !covers(standing.scope, job.scope)
    ) {
      throw new AppError('export_rights_lost');
    }
    return standing.name;
  }

  private standing({ kind, id }: ExportMaker) {
    if (kind === 'user') return id === null ? null : standingOf(this.pool, id);
    // The bootstrap key may have been taken out of the settings.
    if (id === null && this.config.apiKey === null) return null;
    return keyStandingOf(this.pool, id, this.clock.now());
  }
}

/** Whether `now` sees everything `then` saw. */
export function covers(now: Scope, then: Scope): boolean {
  if (now.kind === 'all') return true;
  if (now.kind === 'teams') return then.kind === 'teams' && then.teams.every((team) => now.teams.includes(team));
  return then.kind === 'agents' && then.agents.every((agent) => now.agents.includes(agent));
}
