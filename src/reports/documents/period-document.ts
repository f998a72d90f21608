/** A closed month as a document: its figures as they were frozen and with what came after, its targets, every adjustment. Pure. */
import { definitionViews, findDefinition } from '../../kpi/index.js';
import type { KpiUnit, KpiValue, Localised } from '../../shared/api.js';
import type {
  DocumentRow,
  ReportCell,
  ReportColumn,
  ReportDocument,
  ReportSection,
  TableSection,
} from '../../shared/reports.js';
import type { AdjustmentView, FrozenTarget, PeriodView } from '../../shared/targets.js';

const both = (en: string, zh: string): Localised => ({ en, zh });

/** The figures of the page of a closed month, in its order. */
const KPIS = ['dials', 'connects', 'talk_total_s', 'effective', 'sales', 'revenue', 'conversion_rate'] as const;
const WHO: ReportColumn = { id: 'agent', name: both('Agent', '坐席'), type: 'text' };
const TOTAL = both('Total', '合计');
const UNASSIGNED = both('Unassigned', '未归属');

export interface PeriodPlace {
  /** ISO 8601: when it was read. */
  asOf: string;
  /** Of the organisation. */
  timeZone: string;
}

export function documentOfPeriod(view: PeriodView, { asOf, timeZone }: PeriodPlace): ReportDocument {
  const dates = datesOf(view.month);
  const targets = KPIS.flatMap((kpi) => targetTable(kpi, view.targets));
  const shown = view.targets.map(({ kpi }) => kpi).filter((kpi) => !KPIS.some((one) => one === kpi));
  return {
    id: 'period',
    title: both(`Closed month ${view.month}`, `月结 ${view.month}`),
    asOf,
    timeZone,
    from: dates.from,
    to: dates.to,
    dates,
    compared: null,
    filters: [],
    headline: KPIS.map((kpi) => ({
      kpi,
      name: nameOf(kpi),
      unit: unitOf(kpi),
      value: view.totals.frozen[kpi] ?? null,
      compared: null,
      target: null,
    })),
    sections: [
      ...champions(view),
      figures('frozen', both('As closed', '结账时'), view, ({ frozen }) => frozen),
      figures('adjusted', both('With adjustments', '含调整'), view, ({ adjusted }) => adjusted),
      ...targets,
      ...[...new Set(shown)].flatMap((kpi) => targetTable(kpi, view.targets)),
      adjustments(view.adjustmentList),
    ],
    definitions: definitionViews([...new Set([...KPIS, view.kpi, ...shown])]),
    notes: [
      both(
        'Figures as closed never change. What came in or was corrected later is an adjustment: as closed + adjustments = what the calls say today.',
        '结账时的数字不再变动，之后到达或更正的数据记为调整：结账时 ＋ 调整 ＝ 目前通话数据。',
      ),
    ],
  };
}

function datesOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) };
}

const nameOf = (kpi: string): Localised => findDefinition(kpi)?.name ?? both(kpi, kpi);
const unitOf = (kpi: string): KpiUnit => findDefinition(kpi)?.unit ?? 'count';

function champions({ champions: found, kpi }: PeriodView): ReportSection[] {
  if (found.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'champions',
      title: both('Champion of the month', '月度冠军'),
      columns: [
        WHO,
        { id: 'team', name: both('Team', '团队'), type: 'text' },
        { id: kpi, name: nameOf(kpi), type: unitOf(kpi) },
      ],
      rows: found.map(({ agent, team, value }) => ({ cells: [agent.name, team.name, value] })),
      totals: null,
    },
  ];
}

type Sums = Record<string, KpiValue>;

function figures(
  id: 'frozen' | 'adjusted',
  title: Localised,
  view: PeriodView,
  of: (from: { frozen: Sums; adjusted: Sums }) => Sums,
): TableSection {
  const cells = (sums: Sums): ReportCell[] => KPIS.map((kpi) => sums[kpi] ?? null);
  return {
    kind: 'table',
    id,
    title,
    columns: [WHO, ...KPIS.map((kpi): ReportColumn => ({ id: kpi, name: nameOf(kpi), type: unitOf(kpi) }))],
    rows: view.rows.map((row) => ({
      cells: [row.agent.id === 0 ? UNASSIGNED : row.agent.name, ...cells(of(row))],
    })),
    totals: { cells: [TOTAL, ...cells(of(view.totals))], emphasis: 'total' },
  };
}

/** A table a KPI: figures of several units have no column in common. */
function targetTable(kpi: string, all: readonly FrozenTarget[]): TableSection[] {
  const own = all.filter((target) => target.kpi === kpi);
  if (own.length === 0) return [];
  const amount = (value: number | null, currency: string | null): KpiValue =>
    value === null || currency === null ? value : { amountMinor: Math.round(value), currency };
  return [
    {
      kind: 'table',
      id: `targets_${kpi}`,
      title: both(`Targets: ${nameOf(kpi).en}`, `目标：${nameOf(kpi).zh}`),
      columns: [
        { id: 'who', name: both('Of whom', '对象'), type: 'text' },
        { id: 'target', name: both('Target', '目标'), type: unitOf(kpi) },
        { id: 'actual', name: both('Actual', '实际'), type: unitOf(kpi) },
        { id: 'attainment', name: both('Attainment', '达成率'), type: 'fraction' },
      ],
      rows: own.map(
        ({ scope, label, target, actual, currency, attainment }): DocumentRow => ({
          cells: [
            scope.kind === 'organisation' ? both('Organisation', '组织') : label,
            amount(target, currency),
            actual,
            attainment,
          ],
        }),
      ),
      totals: null,
    },
  ];
}

const FAMILIES: Record<AdjustmentView['family'], Localised> = {
  events: both('Correction', '更正'),
  settings: both('Settings', '设置变更'),
  rebuild: both('Repair', '修复'),
};
const AUTHORS = {
  user: both('A user', '用户'),
  key: both('A key', '密钥'),
  system: both('Tallyboard', '系统'),
} as const;
const NOBODY = both('The telephone system', '话务系统');

function adjustments(list: readonly AdjustmentView[]): TableSection {
  return {
    kind: 'table',
    id: 'adjustments',
    title: both('Adjustments', '调整'),
    columns: [
      { id: 'at', name: both('Received', '收到时间'), type: 'instant' },
      { id: 'day', name: both('Of the day', '归属日期'), type: 'date' },
      WHO,
      { id: 'team', name: both('Team', '团队'), type: 'text' },
      { id: 'why', name: both('Why', '原因'), type: 'text' },
      { id: 'by', name: both('By', '操作人'), type: 'text' },
      { id: 'figure', name: both('Figure', '指标'), type: 'text' },
      { id: 'count', name: both('More or less', '增减数量'), type: 'count' },
      { id: 'seconds', name: both('More or less time', '增减时长'), type: 'seconds' },
      { id: 'amount', name: both('More or less money', '增减金额'), type: 'money' },
    ],
    rows: list.flatMap((one) => Object.entries(one.delta).map(([column, value]) => adjustment(one, column, value))),
    totals: null,
    ...(list.length === 0 ? { note: both('Nothing has changed since the month was closed.', '结账后没有变化。') } : {}),
  };
}

function adjustment(one: AdjustmentView, column: string, value: number): DocumentRow {
  const isTime = column.endsWith('_ms');
  const isMoney = column.endsWith('_minor');
  const kpi = isTime ? column.replace(/_ms$/, '_s') : column.replace(/_minor$/, '');
  const said = (text: Localised): Localised => both(`${text.en} (${one.reason})`, `${text.zh}（${one.reason}）`);
  return {
    cells: [
      one.at,
      one.date,
      one.agent.id === 0 ? UNASSIGNED : one.agent.name,
      one.team.name,
      said(FAMILIES[one.family]),
      authorsOf(one.by),
      nameOf(kpi),
      isTime || isMoney ? null : value,
      isTime ? value / 1_000 : null,
      isMoney ? { amountMinor: value, currency: one.currency } : null,
    ],
  };
}

function authorsOf(by: AdjustmentView['by']): Localised {
  if (by.length === 0) return NOBODY;
  const names = by.map(({ kind, name }) => (name === null ? AUTHORS[kind] : both(name, name)));
  return both(names.map(({ en }) => en).join(', '), names.map(({ zh }) => zh).join('、'));
}
