import type { Pool, PoolClient } from 'pg';
import { businessDate, businessDayBounds, DEFAULT_SITE } from '../../organisation/index.js';

export interface ZoneVersion {
  siteId: number;
  /** Epoch ms; −Infinity for "always". */
  validFrom: number;
  timeZone: string;
  dayStartMinutes: number;
}

/** Zones of the sites that have teams, with their history. Pure. */
export class Zones {
  private readonly bySite = new Map<number, ZoneVersion[]>();

  constructor(versions: ZoneVersion[]) {
    for (const version of [...versions].sort((a, b) => a.validFrom - b.validFrom)) {
      this.bySite.set(version.siteId, [...(this.bySite.get(version.siteId) ?? []), version]);
    }
  }

  /** The default site's zone at an instant: the one local dates are read in. */
  at(instant: number): ZoneVersion {
    return versionAt(this.versionsOf(DEFAULT_SITE), (version) => version.validFrom <= instant);
  }

  dateOf(instant: number): string {
    const { timeZone, dayStartMinutes } = this.at(instant);
    return businessDate(instant, timeZone, dayStartMinutes);
  }

  /** Instant at which the business day `date` starts, in the version in force then. */
  startOf(date: string, siteId = DEFAULT_SITE): number {
    const versions = this.versionsOf(siteId);
    const zone = versionAt(versions, (version) => version.validFrom <= startIn(date, version));
    return startIn(date, zone);
  }

  /** Earliest and latest instant at which the business day `date` starts at any site. */
  startsOf(date: string): { first: number; last: number } {
    const starts = [...this.bySite.keys()].map((siteId) => this.startOf(date, siteId));
    return { first: Math.min(...starts), last: Math.max(...starts) };
  }

  /** Every different way of counting days that is in force somewhere in `[from, to)`; the default site's first. */
  inForce(from: number, to: number): ZoneVersion[] {
    const found = new Map<string, ZoneVersion>();
    const sites = [...this.bySite.entries()].sort(
      ([a], [b]) => Number(b === DEFAULT_SITE) - Number(a === DEFAULT_SITE),
    );
    for (const [, versions] of sites) {
      const first = versionAt(versions, (version) => version.validFrom <= from);
      for (const version of [first, ...versions.filter((v) => v.validFrom > from && v.validFrom < to)]) {
        const key = `${version.timeZone}|${version.dayStartMinutes}`;
        if (!found.has(key)) found.set(key, version);
      }
    }
    return [...found.values()];
  }

  private versionsOf(siteId: number): ZoneVersion[] {
    return this.bySite.get(siteId) ?? this.bySite.get(DEFAULT_SITE) ?? [];
  }
}

function startIn(date: string, { timeZone, dayStartMinutes }: ZoneVersion): number {
  return businessDayBounds(date, timeZone, dayStartMinutes).start;
}

/** The latest version that passes, else the oldest: what came before it counts as it did. */
function versionAt(versions: ZoneVersion[], passes: (version: ZoneVersion) => boolean): ZoneVersion {
  const version = versions.findLast(passes) ?? versions[0];
  if (version === undefined) throw new Error('The default site has no zone: the organisation was never set up');
  return version;
}

/** A handful of rows; the primary key of site_version holds them in order. */
export async function loadZones(db: Pick<Pool | PoolClient, 'query'>): Promise<Zones> {
  const { rows } = await db.query<ZoneVersion>(
    `SELECT site_id AS "siteId", (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom",
            time_zone AS "timeZone", day_start_minutes AS "dayStartMinutes"
     FROM site_version WHERE site_id = $1 OR site_id IN (SELECT site_id FROM team)`,
    [DEFAULT_SITE],
  );
  return new Zones(rows);
}
