/** What the home page shows of the log. */
import type { Pool } from 'pg';
import { businessDate, businessDayBounds, DEFAULT_SITE } from '../organisation/index.js';
import { type Clock, isoOf } from '../platform/index.js';
import type { IngestStatus } from '../shared/api.js';
import { backlogOf } from './fold/fold.repository.js';
import type { FoldService } from './fold/fold.service.js';
import type { Freshness } from './freshness.js';
import type { IngestService } from './ingest.service.js';
import type { ParkedService } from './parked/parked.service.js';

/** Several open pages share one reading. */
const CACHE_MS = 1_000;

export class StatusReadModel {
  private cached: { at: number; status: Promise<IngestStatus> } | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly ingest: IngestService,
    private readonly fold: FoldService,
    private readonly parked: ParkedService,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    /** What the self-audit of the sums has counted since the start. */
    private readonly audit: () => IngestStatus['audit'],
  ) {}

  read(): Promise<IngestStatus> {
    const now = this.clock.now();
    if (this.cached === null || now - this.cached.at >= CACHE_MS) {
      const status = this.load(now);
      status.catch(() => {
        this.cached = null;
      });
      this.cached = { at: now, status };
    }
    return this.cached.status;
  }

  private async load(now: number): Promise<IngestStatus> {
    const settings = await this.fold.currentSettings();
    const zone = settings.zoneOfSite(DEFAULT_SITE, now);
    const date = businessDate(now, zone.timeZone, zone.dayStartMinutes);
    const { start } = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
    const [backlog, parked, events, sums] = [
      await backlogOf(this.pool),
      await this.parked.count(),
      // The brin index on received_at finds today's pages.
      await this.pool.query<{ n: string; last: number | null }>(
        `SELECT count(*) FILTER (WHERE received_at >= to_timestamp($1::float8 / 1000)) AS n,
           (SELECT (extract(epoch FROM received_at) * 1000)::float8 FROM call_event ORDER BY id DESC LIMIT 1) AS last
         FROM call_event WHERE received_at >= to_timestamp($1::float8 / 1000)`,
        [start],
      ),
      await this.pool.query<{ incomplete: string; unassigned: string }>(
        `SELECT coalesce(sum(incomplete), 0) AS incomplete,
           coalesce(sum(dials + inbound_answered) FILTER (WHERE agent_id = 0), 0) AS unassigned
         FROM rollup_day WHERE business_date = $1`,
        [date],
      ),
    ];
    const { accepted, duplicates, rejected, erased, expired } = this.ingest.counters;
    const lastEventAt = this.ingest.lastReceivedAt ?? events.rows[0]?.last ?? null;
    return {
      asOf: isoOf(this.freshness.asOf()),
      lastEventAt: lastEventAt === null ? null : isoOf(lastEventAt),
      eventsToday: Number(events.rows[0]?.n ?? 0),
      accepted,
      duplicates,
      rejected,
      erased,
      expired,
      parked,
      pending: backlog.pending,
      spooled: this.ingest.spoolSize,
      newAgents: [...settings.data.agents.values()].filter((agent) => agent.status === 'new').length,
      incompleteCallsToday: Number(sums.rows[0]?.incomplete ?? 0),
      audit: this.audit(),
      unassignedCallsToday: Number(sums.rows[0]?.unassigned ?? 0),
    };
  }
}
