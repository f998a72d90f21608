/** Answers questions from the sums, or from facts where sums do not have what is asked: one snapshot for all of a call. */
import type { PoolClient } from 'pg';
import { requireInScope } from '../../access/index.js';
import { KpiRepository, loadZones } from '../../kpi/index.js';
import type { OwnNumbers } from '../../organisation/index.js';
import { type Clock, type Database, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import { openTimes } from '../../presence/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportResult } from '../../shared/reports.js';
import type { ReportEngine, ReportQuestion } from '../ports.js';
import { answer } from './answer.js';
import { withinBudget } from './budget.js';
import { checkLength, checkSpec } from './check-spec.js';
import { ExploreRepository } from './explore.repository.js';
import { needsFacts } from './groupings.js';
import { neededFor } from './measures-needed.js';
import { NamesRepository } from './names.repository.js';
import { countsOwnedByTime } from './owned.js';
import { type ReadingContext, readSpan, readTeams } from './read-span.js';
import { spanBefore, spanOf } from './span.js';

export class SqlReportEngine implements ReportEngine {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
    private readonly numbers: Pick<OwnNumbers, 'masked'>,
  ) {}

  run(specs: readonly ReportQuestion[], scope: Scope): Promise<ReportResult[]> {
    for (const spec of specs) checkSpec(spec, scope);
    return inTransaction(this.database.pool, (tx) => this.read(tx, specs, scope), READ_SNAPSHOT);
  }

  private async read(tx: PoolClient, specs: readonly ReportQuestion[], scope: Scope): Promise<ReportResult[]> {
    const zones = await loadZones(tx);
    const names = new NamesRepository(tx, this.numbers);
    const now = this.clock.now();
    const asOf = Math.min(now, (await new KpiRepository(tx, scope).oldestPendingAt()) ?? now);
    const needed = specs.map(({ kpis }) => neededFor(kpis));
    const open = needed.some(({ states }) => states) ? await openTimes(tx, asOf) : [];
    const currencies = needed.some(({ money }) => money) ? await names.currencies() : null;
    const repository = new ExploreRepository(tx, scope);
    const results: ReportResult[] = [];
    for (const spec of specs) {
      await requireInScope(tx, scope, spec.filters);
      const context = { repository, names, zones, now, asOf, currencies, open };
      const one = () => this.one(spec, context);
      results.push(needsFacts(spec) || countsOwnedByTime(spec) ? await withinBudget(tx, one) : await one());
    }
    return results;
  }

  private async one({ against, ...spec }: ReportQuestion, context: ReadingContext): Promise<ReportResult> {
    const { zones, now } = context;
    const span = spanOf(spec.range, zones, now);
    checkLength(spec, span);
    const reading = await readSpan(spec, span, context);
    if (spec.compare === 'previous') {
      const before = spanBefore(span, zones, now, against);
      checkLength(spec, before, 'compareTo');
      const compared = { span: before, reading: await readSpan(spec, before, context) };
      return answer(spec, span, reading, { previous: compared, teams: null }, context);
    }
    const teams = spec.compare === 'team' ? await readTeams(spec, span, reading, context) : null;
    return answer(spec, span, reading, { previous: null, teams }, context);
  }
}
