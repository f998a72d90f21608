/** An answer as a document: what a screen shows and a file prints. Pure but for turns. */
import { definitionViews, findDefinition } from '../../kpi/index.js';
import { mapInTurns } from '../../platform/index.js';
import type { KpiUnit, KpiValue, Localised } from '../../shared/api.js';
import { cellQuery } from '../../shared/cell-query.js';
import type {
  DocumentRow,
  HeadlineFigure,
  ReportCell,
  ReportColumn,
  ReportDocument,
  ReportResult,
  ReportRow,
  TableSection,
} from '../../shared/reports.js';
import { changeOf, shareOf } from './change.js';
import { chartOf } from './chart.js';
import { needsFacts } from './groupings.js';
import { GROUPING_NAMES } from './labels.js';

type DocumentPlace = Pick<ReportDocument, 'asOf' | 'timeZone' | 'timeZones' | 'from' | 'to' | 'dates' | 'compared'>;

const HEADLINES = 6;
const TITLE_KPIS = 3;
const TOTAL: Localised = { en: 'Total', zh: '合计' };

export async function documentOfResult(result: ReportResult, filters: Localised[] = []): Promise<ReportDocument> {
  const { spec } = result;
  const chart = await chartOf(result);
  const table = await tableOf(result);
  return {
    id: 'explore',
    title: titleOf(result),
    ...placeOf(result),
    filters,
    headline: spec.kpis.slice(0, HEADLINES).map((kpi) => headlineOf(result, kpi)),
    sections: [...(chart === null ? [] : [chart]), table],
    definitions: definitionViews(spec.kpis),
    notes: notesOf(result),
  };
}

/** When it was read and of what time: of a document as of the answer it stands on. */
export function placeOf(result: DocumentPlace): DocumentPlace {
  const { asOf, timeZone, timeZones, from, to, dates, compared } = result;
  return { asOf, timeZone, ...(timeZones === undefined ? {} : { timeZones }), from, to, dates, compared };
}

export function nameOfKpi(kpi: string): Localised {
  return findDefinition(kpi)?.name ?? { en: kpi, zh: kpi };
}

export function unitOfKpi(kpi: string): KpiUnit {
  return findDefinition(kpi)?.unit ?? 'count';
}

function titleOf({ spec }: ReportResult): Localised {
  const names = spec.kpis.slice(0, TITLE_KPIS).map(nameOfKpi);
  const more = spec.kpis.length > TITLE_KPIS;
  const by = spec.groupBy.map((one) => GROUPING_NAMES[one]);
  const en = `${names.map((name) => name.en).join(', ')}${more ? ' …' : ''}`;
  const zh = `${names.map((name) => name.zh).join('、')}${more ? '等' : ''}`;
  if (by.length === 0) return { en, zh };
  return {
    en: `${en} by ${by.map((name) => name.en.toLowerCase()).join(' and ')}`,
    zh: `按${by.map((name) => name.zh).join('、')}统计：${zh}`,
  };
}

function headlineOf({ totals, comparedTotals }: ReportResult, kpi: string): HeadlineFigure {
  return {
    kpi,
    name: nameOfKpi(kpi),
    unit: unitOfKpi(kpi),
    value: totals[kpi] ?? null,
    compared: comparedTotals?.[kpi] ?? null,
    target: null,
  };
}

async function tableOf(result: ReportResult): Promise<TableSection> {
  const { spec, rows } = result;
  const labels = spec.groupBy.map(
    (one): ReportColumn => ({
      id: one,
      name: GROUPING_NAMES[one],
      type: one === 'day' ? 'date' : 'text',
    }),
  );
  return {
    kind: 'table',
    id: 'rows',
    title: spec.groupBy.length === 0 ? TOTAL : titleOfTable(result),
    columns: [...labels, ...spec.kpis.flatMap((kpi) => columnsOf(kpi, spec.compare))],
    rows: spec.groupBy.length === 0 ? [] : await mapInTurns(rows, (row) => rowOf(result, row)),
    totals: totalsOf(result),
  };
}

function titleOfTable({ spec }: ReportResult): Localised {
  const names = spec.groupBy.map((one) => GROUPING_NAMES[one]);
  return { en: names.map((name) => name.en).join(' × '), zh: names.map((name) => name.zh).join(' × ') };
}

function columnsOf(kpi: string, compare: ReportResult['spec']['compare']): ReportColumn[] {
  const name = nameOfKpi(kpi);
  const own: ReportColumn = { id: kpi, name, type: unitOfKpi(kpi), kpi };
  if (compare === 'none') return [own];
  const changeType = own.type === 'fraction' ? 'points' : 'change';
  const words = compare === 'team' ? { en: 'team', zh: '所在团队' } : { en: 'before', zh: '上一周期' };
  const compared: ReportColumn = {
    id: `${kpi}.compared`,
    name: { en: `${name.en}, ${words.en}`, zh: `${name.zh}（${words.zh}）` },
    type: own.type,
  };
  if (isPartOfTeam(kpi, compare)) {
    const share = { en: `${name.en}, share of the team`, zh: `${name.zh}占团队比例` };
    return [own, compared, { id: `${kpi}.share`, name: share, type: 'fraction' }];
  }
  if (compare === 'team') {
    const difference = { en: `${name.en}, difference`, zh: `${name.zh}差异` };
    return [own, compared, { id: `${kpi}.change`, name: difference, type: changeType }];
  }
  return [
    own,
    compared,
    { id: `${kpi}.change`, name: { en: `${name.en}, change`, zh: `${name.zh}变化` }, type: changeType },
  ];
}

/** Of a sum one person's is a part of the team's; a ratio is held against the team's. */
function isPartOfTeam(kpi: string, compare: ReportResult['spec']['compare']): boolean {
  return compare === 'team' && findDefinition(kpi)?.kind !== 'ratio';
}

function rowOf(result: ReportResult, { keys, labels, values, compared }: ReportRow): DocumentRow {
  const named = labels.map(
    (label, index): ReportCell => (result.spec.groupBy[index] === 'day' ? (keys[index] ?? '') : label),
  );
  return { cells: [...named, ...figures(result, values, compared)], calls: cellQuery(result, keys).toString() };
}

function totalsOf(result: ReportResult): DocumentRow {
  const labels = result.spec.groupBy.map((_, index): ReportCell => (index === 0 ? TOTAL : ''));
  return {
    cells: [...labels, ...figures(result, result.totals, result.comparedTotals)],
    calls: cellQuery(result).toString(),
    emphasis: 'total',
  };
}

type Values = Record<string, KpiValue>;

function figures({ spec }: ReportResult, values: Values, compared: Values | null): ReportCell[] {
  return spec.kpis.flatMap((kpi): ReportCell[] => {
    const value = values[kpi] ?? null;
    if (spec.compare === 'none') return [value];
    const before = compared?.[kpi] ?? null;
    const isPart = isPartOfTeam(kpi, spec.compare);
    return [value, before, isPart ? shareOf(value, before) : changeOf(value, before, unitOfKpi(kpi))];
  });
}

function notesOf(result: ReportResult): Localised[] {
  const { spec, timeZones, compared } = result;
  const notes: Localised[] = [];
  if (timeZones !== undefined) {
    notes.push({
      en: `Teams count their days and hours by the clock of their own site (${timeZones.join(', ')}).`,
      zh: `各团队按所在职场的时间统计日期与时段（${timeZones.join('、')}）。`,
    });
  }
  if (needsFacts(spec)) notes.push({ en: 'Counted call by call.', zh: '逐条通话统计。' });
  notes.push(...(result.gaps ?? []).map(({ text }) => text));
  if (spec.compare === 'team') {
    notes.push({
      en: 'Beside the whole team each agent is in at the end of the range: of sums the share of it, of rates the difference in points, of other averages the difference relative to the team’s.',
      zh: '与坐席期末所在团队整体对照：合计类指标为占团队的比例，比率类指标为百分点之差，其他均值为相对差异。',
    });
  }
  if (spec.compare === 'previous') {
    notes.push({
      en: 'Change: of rates the difference in points, of anything else relative to what it is compared with.',
      zh: '变化：比率类指标为百分点之差，其余指标为相对变化。',
    });
  }
  if (
    compared !== null &&
    Date.parse(compared.to) - Date.parse(compared.from) < Date.parse(result.to) - Date.parse(result.from)
  ) {
    notes.push({
      en: 'The range has not ended: it is compared with as much of the one before as has passed of it.',
      zh: '所选周期尚未结束，仅与上一周期的同等进度相比。',
    });
  }
  return notes;
}
