/** What a question must be, whoever asks: an address, a saved report or a schedule. Pure. */
import { AVAILABLE_KPI_IDS, findDefinition } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { REPORT_GROUPINGS, type ReportSpec } from '../../shared/reports.js';
import { needsFacts, needsSlots } from './groupings.js';
import type { Span } from './span.js';

export const MAX_KPIS = 20;
const MAX_GROUPINGS = 2;
const DAY_MS = 86_400_000;

/** Days a question may span: the cost of sums by the day is small, of quarter hours more, of calls most. */
export const MAX_DAYS = { days: 1100, slots: 400, hours: 62, facts: 62 } as const;

/** Throws `kpi_unknown`, `report_kpis_missing`, `report_too_many_kpis`, `report_groupings_invalid`, `report_team_needs_agent`, `report_team_hidden`. */
export function checkSpec({ kpis, groupBy, compare }: ReportSpec, scope: Scope): void {
  if (kpis.length === 0) throw new AppError('report_kpis_missing', { field: 'kpis' });
  if (kpis.length > MAX_KPIS) {
    throw new AppError('report_too_many_kpis', { field: 'kpis', params: { max: MAX_KPIS, given: kpis.length } });
  }
  const unknown = kpis.find((id) => findDefinition(id) === undefined || !AVAILABLE_KPI_IDS.includes(id));
  if (unknown !== undefined) throw new AppError('kpi_unknown', { field: 'kpis', params: { id: unknown.slice(0, 60) } });
  const known = groupBy.every((one) => REPORT_GROUPINGS.includes(one));
  if (!known || groupBy.length > MAX_GROUPINGS || new Set(groupBy).size < groupBy.length) {
    throw new AppError('report_groupings_invalid', {
      field: 'groupBy',
      params: { allowed: REPORT_GROUPINGS.join(', ') },
    });
  }
  if (compare === 'team' && !groupBy.includes('agent')) {
    throw new AppError('report_team_needs_agent', { field: 'compare' });
  }
  // Sums of colleagues are not theirs to see.
  if (compare === 'team' && scope.kind === 'agents') throw new AppError('report_team_hidden', { field: 'compare' });
}

/** Throws `range_too_long`, `report_facts_too_long`. */
export function checkLength(spec: ReportSpec, { from, to }: Span, field: 'to' | 'compareTo' = 'to'): void {
  // An hour of tolerance: a day can have 25.
  const tooLong = (days: number): boolean => to - from > days * DAY_MS + DAY_MS / 24;
  if (needsFacts(spec) && tooLong(MAX_DAYS.facts)) {
    throw new AppError('report_facts_too_long', { field, params: { days: MAX_DAYS.facts } });
  }
  const byHour = spec.groupBy.includes('hour');
  const days = byHour ? MAX_DAYS.hours : needsSlots(spec) ? MAX_DAYS.slots : MAX_DAYS.days;
  if (tooLong(days)) throw new AppError('range_too_long', { field, params: { days } });
}
