import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { reportParameters, specOf } from '../../../../src/shared/report-parameters.js';
import type { ReportFilters, ReportGrouping, ReportResult, ReportSpec } from '../../../../src/shared/reports.js';

/** What the page asks and how it shows the answer, as it stands in the address so that it can be shared. Pure. */

export const MAX_KPIS = 20;

/** What a page without an address of its own begins with, as far as the catalog has it. */
const FIRST_KPIS = ['dials', 'connects', 'connect_rate', 'talk_s', 'sales', 'conversion_rate'];

export interface Sorting {
  /** `key:0` or `key:1` of a grouping, else the id of a KPI. */
  column: string;
  descending: boolean;
}

export interface Shown {
  spec: ReportSpec;
  /** Null: in the order of the answer. */
  sorting: Sorting | null;
  /** The KPI in the picture; null: the first. */
  drawn: string | null;
  /** The saved report the question was opened from, or is kept as. */
  saved: number | null;
}

export function shownFrom(search: URLSearchParams): Shown {
  const spec = specOf(search);
  const isFirst = !search.has('kpis') && !search.has('groupBy');
  const sort = search.get('sort');
  const saved = Number(search.get('saved'));
  return {
    spec: isFirst ? { ...spec, kpis: FIRST_KPIS, groupBy: ['agent'] } : spec,
    sorting: sort === null || sort === '' ? null : { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') },
    drawn: search.get('chart'),
    saved: Number.isInteger(saved) && saved > 0 ? saved : null,
  };
}

/** Equal pages have equal addresses. */
export function addressOf({ spec, sorting, drawn, saved }: Shown): URLSearchParams {
  const search = reportParameters(spec);
  if (sorting !== null) search.set('sort', `${sorting.descending ? '-' : ''}${sorting.column}`);
  if (drawn !== null && drawn !== spec.kpis[0]) search.set('chart', drawn);
  if (saved !== null) search.set('saved', String(saved));
  return search;
}

/** Address of the page for a question. */
export function explorePath(spec: ReportSpec, saved: number | null = null): string {
  return `/reports/explore?${addressOf({ spec, sorting: null, drawn: null, saved })}`;
}

/** Whether anything may still come in. */
export function isRunning({ to, asOf }: Pick<ReportResult, 'to' | 'asOf'>): boolean {
  return Date.parse(to) > Date.parse(asOf);
}

/** Whether two questions ask the same. */
export function isSameQuestion(one: ReportSpec, other: ReportSpec): boolean {
  return String(reportParameters(one)) === String(reportParameters(other));
}

/** The question after a change: what no longer makes sense with it goes. */
export function withQuestion(shown: Shown, change: Partial<ReportSpec>): Shown {
  const spec = { ...shown.spec, ...change };
  if (spec.compare === 'team' && !spec.groupBy.includes('agent')) spec.compare = 'none';
  const columns = [...spec.groupBy.map((_, index) => `key:${index}`), ...spec.kpis];
  const regrouped = spec.groupBy.join() !== shown.spec.groupBy.join();
  const keepsSorting = shown.sorting !== null && columns.includes(shown.sorting.column);
  return {
    ...shown,
    spec,
    sorting: keepsSorting && !(regrouped && shown.sorting?.column.startsWith('key:')) ? shown.sorting : null,
    drawn: shown.drawn !== null && spec.kpis.includes(shown.drawn) ? shown.drawn : null,
  };
}

/** The first or second grouping changed; one that stands in the other place moves over. */
export function regroup(
  groupBy: readonly ReportGrouping[],
  place: 0 | 1,
  chosen: ReportGrouping | null,
): ReportGrouping[] {
  const held = [...groupBy];
  if (chosen === null) return held.filter((_, index) => index !== place);
  const other = held[1 - place];
  const next = place === 0 ? [chosen, other] : [other, chosen];
  const found = next.flatMap((one) => one ?? []);
  if (new Set(found).size === found.length) return found;
  const before = held[place];
  return place === 0 ? [chosen, ...(before ? [before] : [])] : [...(before ? [before] : []), chosen];
}

/** The filters with one of them changed; an empty one goes. */
export function withFilter<K extends keyof ReportFilters>(
  filters: ReportFilters,
  key: K,
  values: NonNullable<ReportFilters[K]>,
): ReportFilters {
  const { [key]: _, ...others } = filters;
  return values.length === 0 ? others : { ...others, [key]: values };
}

export interface Columns {
  kpis: KpiDefinitionView[];
  /** Ids this version does not have, e.g. of an address of another one. */
  unknown: string[];
}

/** KPIs of a question the catalog has, in its order; the others are told and not asked for. */
export function columnsOf(spec: ReportSpec, catalog: readonly KpiDefinitionView[]): Columns {
  const found = spec.kpis.map((id) => ({ id, kpi: catalog.find((one) => one.id === id && one.available) }));
  return {
    kpis: found.flatMap(({ kpi }) => kpi ?? []).slice(0, MAX_KPIS),
    unknown: found.flatMap(({ id, kpi }) => (kpi === undefined ? [id] : [])),
  };
}
