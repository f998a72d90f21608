/** The words that files add to what a document says, in both languages. Pure. */
import type { Localised } from '../../shared/api.js';
import type { ReportDocument } from '../../shared/reports.js';
import type { ReportLanguage } from '../ports.js';
import { LocalTime } from './local-time.js';

export const WORDS = {
  overview: { en: 'Overview', zh: '概览' },
  definitions: { en: 'Definitions', zh: '口径' },
  headline: { en: 'Headline', zh: '核心指标' },
  findings: { en: 'Findings', zh: '结论' },
  contents: { en: 'Contents', zh: '目录' },
  glance: { en: 'At a glance', zh: '核心指标' },
  continued: { en: 'continued', zh: '续' },
  notes: { en: 'Notes', zh: '说明' },
  range: { en: 'Period', zh: '统计区间' },
  compared: { en: 'Compared with', zh: '对比区间' },
  asOf: { en: 'Data as of', zh: '数据截至' },
  zone: { en: 'Time zone', zh: '时区' },
  filters: { en: 'Filters', zh: '筛选条件' },
  noFilters: { en: 'None: everything within the rights of whoever asked', zh: '无（导出人权限内的全部数据）' },
  madeBy: { en: 'Made by', zh: '导出人' },
  madeAt: { en: 'Made at', zh: '导出时间' },
  figure: { en: 'KPI', zh: '指标' },
  value: { en: 'Value', zh: '数值' },
  before: { en: 'Compared', zh: '对比值' },
  change: { en: 'Change', zh: '变化' },
  target: { en: 'Target', zh: '目标' },
  points: { en: 'pp', zh: '个百分点' },
  attainment: { en: 'Attainment', zh: '达成率' },
  difference: { en: 'Difference', zh: '差值' },
  rowKind: { en: 'row', zh: '行类型' },
  total: { en: 'total', zh: '合计' },
  row: { en: 'row', zh: '明细' },
  category: { en: 'Category', zh: '类别' },
  series: { en: 'Series', zh: '系列' },
  low: { en: 'low', zh: '下限' },
  high: { en: 'high', zh: '上限' },
  sample: { en: 'n', zh: '样本数' },
  id: { en: 'Id', zh: '标识' },
  name: { en: 'Name', zh: '名称' },
  formula: { en: 'Formula', zh: '公式' },
  version: { en: 'Version', zh: '版本' },
  unit: { en: 'Unit', zh: '单位' },
  meaning: { en: 'Meaning', zh: '含义' },
  seconds: { en: 's', zh: '秒' },
  noData: { en: 'No data in this period.', zh: '该区间内暂无数据。' },
  noTarget: { en: 'no target', zh: '未设目标' },
  report: { en: 'Report', zh: '报表' },
  pack: { en: 'Meeting pack', zh: '会议报告' },
  usual: { en: 'usual', zh: '常态' },
} as const satisfies Record<string, Localised>;

export const UNIT_WORDS = {
  count: { en: 'count', zh: '个数' },
  seconds: { en: 'seconds', zh: '秒' },
  fraction: { en: 'fraction (0.4 = 40%)', zh: '比率（0.4 = 40%）' },
  money: { en: 'amount', zh: '金额' },
  per_hour: { en: 'per hour', zh: '每小时' },
  money_per_hour: { en: 'amount per hour', zh: '每小时金额' },
} as const satisfies Record<string, Localised>;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** "Name (detail)" as each language writes it. */
export function withDetail(name: string, detail: string, language: ReportLanguage): string {
  return language === 'zh' ? `${name}（${detail}）` : `${name} (${detail})`;
}

/** A range as people read it: business dates with the last day in it, or instants of the document's zone. */
export function rangeText(
  document: Pick<ReportDocument, 'from' | 'to' | 'dates' | 'timeZone'>,
  language: ReportLanguage,
): string {
  const zone = new LocalTime(document.timeZone);
  if (document.dates === null) {
    return between(zone.text(document.from).slice(0, 16), zone.text(document.to).slice(0, 16), language);
  }
  const last = dayBefore(document.dates.to);
  return last <= document.dates.from ? document.dates.from : between(document.dates.from, last, language);
}

/** What it is compared with; null when with nothing. Whole days are written as days. */
export function comparedText(document: ReportDocument, language: ReportLanguage): string | null {
  if (document.compared === null) return null;
  const { from, to } = document.compared;
  const zone = new LocalTime(document.timeZone);
  const [first, end] = [from, to].map((one) => (DATE.test(one) ? `${one} 00:00` : zone.text(one).slice(0, 16)));
  if (first?.endsWith(' 00:00') && end?.endsWith(' 00:00')) {
    const dates = { from: first.slice(0, 10), to: end.slice(0, 10) };
    return rangeText({ ...document, dates }, language);
  }
  return rangeText({ ...document, from, to, dates: null }, language);
}

function between(from: string, to: string, language: ReportLanguage): string {
  return language === 'zh' ? `${from} 至 ${to}` : `${from} – ${to}`;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The zones whose days a document counts. */
export function zoneText(document: Pick<ReportDocument, 'timeZone' | 'timeZones'>, language: ReportLanguage): string {
  return (document.timeZones ?? [document.timeZone]).join(language === 'zh' ? '、' : ', ');
}
