/** Sites: where teams work, and by which clock their days are counted. Zone and day start count from then on. */
import type { Pool } from 'pg';
import { AppError, type Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed, SiteCreate, SiteVersionCreate, SiteView } from '../../shared/organisation.js';
import { isTimeZone } from '../business-time.js';
import type { SettingsChanges } from '../settings-changes.js';
import type { Queryable } from '../teams/teams.repository.js';
import { readStillToCome, readValidFrom, validFromText } from '../valid-from.js';
import {
  deleteSiteVersion,
  insertSite,
  loadSites,
  loadSiteVersions,
  putSiteVersion,
  type SiteVersionRow,
} from './sites.repository.js';

export class SitesService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
  ) {}

  list(): Promise<SiteView[]> {
    return this.views(this.pool);
  }

  one(id: number): Promise<SiteView> {
    return this.view(this.pool, id);
  }

  create(actor: AuditActor, site: SiteCreate): Promise<Changed<SiteView>> {
    requireZone(site.timeZone);
    return this.changes.run(actor, async (tx) => {
      await this.requireFreeName(tx, null, site.name);
      const siteId = await insertSite(tx, site.name);
      const version = { timeZone: site.timeZone, dayStartMinutes: site.dayStartMinutes ?? 0 };
      await putSiteVersion(tx, { siteId, validFrom: null, ...version });
      return {
        audit: [{ action: 'site.created', subject: subjectOf(siteId), after: { name: site.name, ...version } }],
        result: () => this.view(tx, siteId),
      };
    });
  }

  rename(actor: AuditActor, id: number, name: string | undefined): Promise<Changed<SiteView>> {
    return this.changes.run(actor, async (tx) => {
      const old = await this.view(tx, id);
      if (name !== undefined && name !== old.name) {
        await this.requireFreeName(tx, id, name);
        await tx.query('UPDATE site SET name = $2 WHERE id = $1', [id, name]);
      }
      return {
        audit: [
          {
            action: 'site.changed',
            subject: subjectOf(id),
            before: { name: old.name },
            after: { name: name ?? old.name },
          },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  addVersion(actor: AuditActor, id: number, body: SiteVersionCreate): Promise<Changed<SiteView>> {
    if (body.timeZone !== undefined) requireZone(body.timeZone);
    return this.changes.run(actor, async (tx) => {
      // Inside, after the fold's lock: what `now` means must not lie before a call that is being folded.
      const validFrom = readValidFrom(body.validFrom, this.clock.now());
      await this.view(tx, id);
      const before = inForce(await this.versionsOf(tx, id), validFrom);
      const version = {
        timeZone: body.timeZone ?? before.timeZone,
        dayStartMinutes: body.dayStartMinutes ?? before.dayStartMinutes,
      };
      await putSiteVersion(tx, { siteId: id, validFrom, ...version });
      const { timeZone, dayStartMinutes } = before;
      return {
        affected: [{ from: validFrom }],
        audit: [
          {
            action: 'site.changed',
            subject: subjectOf(id),
            before: { timeZone, dayStartMinutes },
            after: { ...version, validFrom: validFromText(validFrom) },
          },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  removeVersion(actor: AuditActor, id: number, validFromParameter: string): Promise<Changed<SiteView>> {
    return this.changes.run(actor, async (tx) => {
      const validFrom = readStillToCome(validFromParameter, this.clock.now());
      await this.view(tx, id);
      if (!(await deleteSiteVersion(tx, id, validFrom))) throw new AppError('not_found');
      return {
        affected: [{ from: validFrom }],
        audit: [
          {
            action: 'site.changed',
            subject: subjectOf(id),
            before: { validFrom: validFromText(validFrom) },
            after: null,
          },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  private async versionsOf(db: Queryable, id: number): Promise<SiteVersionRow[]> {
    return (await loadSiteVersions(db)).filter((version) => version.siteId === id);
  }

  private async requireFreeName(db: Queryable, id: number | null, name: string): Promise<void> {
    const taken = (await loadSites(db)).some(
      (site) => site.id !== id && site.name.toLowerCase() === name.toLowerCase(),
    );
    if (taken) throw new AppError('name_taken', { field: 'name' });
  }

  private async view(db: Queryable, id: number): Promise<SiteView> {
    const view = (await this.views(db)).find((site) => site.id === id);
    if (view === undefined) throw new AppError('not_found');
    return view;
  }

  private async views(db: Queryable): Promise<SiteView[]> {
    const sites = await loadSites(db);
    const versions = await loadSiteVersions(db);
    return sites.map((site) => {
      const own = versions.filter((version) => version.siteId === site.id);
      const { timeZone, dayStartMinutes } = inForce(own, this.clock.now());
      return {
        ...site,
        timeZone,
        dayStartMinutes,
        versions: own.map((version) => ({
          validFrom: validFromText(version.validFrom),
          timeZone: version.timeZone,
          dayStartMinutes: version.dayStartMinutes,
        })),
      };
    });
  }
}

/** Like the snapshot's look-up: the last one that has begun, else the first. */
function inForce(versions: readonly SiteVersionRow[], instant: number): SiteVersionRow {
  const found = versions.findLast((version) => version.validFrom <= instant) ?? versions[0];
  if (found === undefined) throw new Error('A site has no version');
  return found;
}

function requireZone(zone: string): void {
  // Offsets are no zones: they know no summer time, and kpi.md asks for IANA names.
  if (!isTimeZone(zone) || !/^[A-Za-z]/.test(zone)) throw new AppError('time_zone_unknown', { field: 'timeZone' });
}

function subjectOf(id: number): { kind: string; id: string } {
  return { kind: 'site', id: String(id) };
}
