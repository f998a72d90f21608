/** The organisation's own rates for a preview: of the last 28 days, as far as whoever asks may see them. */
import type { Pool } from 'pg';
import { scopeSql } from '../../access/index.js';
import { AppError, type Clock } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { TargetPreview, TargetPreviewRequest } from '../../shared/targets.js';
import { plusDays } from '../calendar/periods.js';
import { requireFigure, requireValue } from './check-target.js';
import { previewOf, REFERENCE_CONNECT_RATE, REFERENCE_EFFECTIVE_SECONDS } from './preview.js';

const DAYS = 28;
/** Fewer dials say nothing about a connect rate. */
const DIALS_MIN = 100;

export class PreviewService {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Throws `target_denominator_missing`, `target_kpi_unknown`, `target_value_invalid`. */
  async preview(seen: Scope, request: TargetPreviewRequest): Promise<TargetPreview> {
    for (const [place, { kpi, value }] of request.targets.entries()) {
      requireValue(requireFigure(kpi, `targets.${place}.kpi`), value, `targets.${place}.value`);
    }
    const targets = new Map(request.targets.map(({ kpi, value }) => [kpi, value]));
    if (targets.size !== request.targets.length) {
      throw new AppError('request_invalid', { field: 'targets', params: { reason: 'targets: a KPI is named twice' } });
    }
    const { dials, connects, contacts } = await this.history(seen);
    const own = dials >= DIALS_MIN ? connects / dials : null;
    return previewOf({
      targets,
      connectRate: request.connectRate ?? own ?? REFERENCE_CONNECT_RATE,
      connectRateFrom: request.connectRate !== undefined ? 'given' : own === null ? 'reference' : 'history',
      effectiveSeconds: request.effectiveSeconds ?? REFERENCE_EFFECTIVE_SECONDS,
      contactsPerConnect: dials >= DIALS_MIN && connects > 0 && contacts > 0 ? contacts / connects : null,
    });
  }

  private async history(seen: Scope): Promise<{ dials: number; connects: number; contacts: number }> {
    const until = new Date(this.clock.now()).toISOString().slice(0, 10);
    const values: unknown[] = [plusDays(until, -DAYS), until];
    const columns = { agent: 'r.agent_id', team: 'r.team_id' };
    const visible = scopeSql(seen, columns, (value, type) => `$${values.push(value)}::${type}`);
    const { rows } = await this.pool.query<{ dials: number; connects: number; contacts: number }>(
      `SELECT coalesce(sum(dials), 0)::float8 AS dials, coalesce(sum(connects), 0)::float8 AS connects,
         coalesce(sum(contacts), 0)::float8 AS contacts
       FROM rollup_day r WHERE r.business_date >= $1 AND r.business_date < $2${visible === null ? '' : ` AND ${visible}`}`,
      values,
    );
    return rows[0] ?? { dials: 0, connects: 0, contacts: 0 };
  }
}
