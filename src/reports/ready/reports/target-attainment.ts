/** 目标达成: how far teams and people are, by target. */
import { periodOf } from '../../../comparison/index.js';
import type { KpiUnit, KpiValue, Localised } from '../../../shared/api.js';
import type {
  ChartSection,
  DocumentRow,
  HeadlineFigure,
  ReportCell,
  ReportColumn,
  ReportResult,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import type { TargetPeriod, TargetScope } from '../../../shared/targets.js';
import type { ReachedTarget } from '../../../targets/index.js';
import { daysOf } from '../norm.js';
import { type Asked, answers, type Content, type Dates, type ReadyReport } from '../ready-report.js';
import { whoseOf } from '../ready-targets.js';
import { callsQuery, column, definitionOf, grouped, kpiColumn, text, textColumn } from '../tables.js';
import { both, fill, same } from '../words.js';

/** The report's own question only says which moment and zones it is of. */
const MAIN = ['dials'] as const;

export const TARGET_ATTAINMENT: ReadyReport = {
  name: both('Target attainment', '目标达成'),
  explanation: both(
    'How much of each target is reached, is it on pace, and where will it end?',
    '各项目标完成多少、进度是否正常、预计最终达到多少？',
  ),
  takes: [],
  defaultRange: 'this_month',
  forAgents: false,
  // Each row is of whom its target is of; targets have no campaign.
  narrowedBy: [],
  async read(asked, sources) {
    const [main] = await answers(asked, sources, [{ kpis: MAIN }]);
    const { agents, teams } = asked.filters;
    // Of a team its own and those of its people.
    if (agents === undefined && teams !== undefined) {
      const within = { ...asked, scope: { kind: 'teams' as const, teams } };
      return targetAttainment(asked, main, await sources.targets.of(within, null));
    }
    const scopes: TargetScope[] | null =
      agents === undefined
        ? null
        : [
            ...(teams ?? []).map((id) => ({ kind: 'team' as const, id })),
            ...agents.map((id) => ({ kind: 'agent' as const, id })),
          ];
    return targetAttainment(asked, main, await sources.targets.of(asked, scopes));
  },
};

const PERIODS: Record<TargetPeriod, Localised> = {
  day: both('Day', '日'),
  week: both('Week', '周'),
  month: both('Month', '月'),
  quarter: both('Quarter', '季度'),
  year: both('Year', '年'),
};

export function targetAttainment(
  asked: Pick<Asked, 'dates' | 'filters' | 'scope'>,
  main: ReportResult,
  all: readonly ReachedTarget[],
): Content {
  const reached = ofLongPeriods(all, asked.dates);
  const byKpi = grouped(reached, ({ kpi, currency }) => `${kpi}|${currency ?? ''}`);
  const sections = [...byKpi.values()].flatMap((targets) => ofKpi(targets, periodOf(asked.dates)));
  return {
    main,
    headline: headline(asked, reached),
    sections: sections.length > 0 ? sections : [noTargets()],
    notes: [
      ...(reached.length === all.length
        ? []
        : [
            both(
              'Targets of periods shorter than the range are left out: they would be those of its last day.',
              '周期短于所选范围的目标未列出，否则只会显示最后一天的目标。',
            ),
          ]),
      both(
        'A person’s target is prorated by working minutes (leave, employment, holidays). Pace: actual ÷ what is expected by now; below 90% is behind. The projection holds four times out of five.',
        '个人目标按工作分钟数（请假、在职、节假日）折算。进度＝实际 ÷ 截至目前应达到的数量，低于 90% 为落后。预计区间的把握为八成。',
      ),
      ...(asked.filters.campaigns === undefined
        ? []
        : [
            both(
              'Targets are set for people and teams: the campaign filter does not apply.',
              '目标按人员与团队设定，项目筛选不适用。',
            ),
          ]),
    ],
    kpis: ['attainment', 'pace', ...new Set(reached.map(({ kpi }) => kpi))],
  };
}

/** A day's target says little about a week: those at least as long as the range, if there are any. */
function ofLongPeriods(all: readonly ReachedTarget[], dates: Dates): readonly ReachedTarget[] {
  const long = all.filter(({ from, until }) => daysOf({ from, to: until }) >= daysOf(dates));
  return long.length > 0 ? long : all;
}

function noTargets(): ReportSection {
  return text(
    'empty',
    both('No targets', '暂无目标'),
    both(
      'Targets of the organisation, of teams and of people appear here once they are set: under Settings → Targets, from a template or by cascading.',
      '在“设置 → 目标”中设定（套用模板或逐级分解）后，组织、团队与人员的目标会显示在此处。',
    ),
  );
}

/**
 * Of the organisation, or of whom is asked for. Of each KPI the target of the range's own period; where there is none the
 * longest, and its name says which: its figures are not those of the range.
 */
function headline(
  asked: Pick<Asked, 'dates' | 'filters' | 'scope'>,
  reached: readonly ReachedTarget[],
): HeadlineFigure[] {
  const whose = whoseOf(asked);
  const wished = periodOf(asked.dates);
  const shown = new Map<string, ReachedTarget>();
  for (const one of reached) {
    if (whose === null || !sameScope(one.scope, whose)) continue;
    if (shown.get(one.kpi)?.period !== wished || wished === null) shown.set(one.kpi, one);
  }
  return [...shown.values()].map((one) => {
    const { kpi, actual, target, currency, period, from } = one;
    const { name, unit } = definitionOf(kpi);
    const named =
      period === wished
        ? name
        : both(`${name.en} (${PERIODS[period].en} from ${from})`, `${name.zh}（${PERIODS[period].zh}，${from} 起）`);
    return { kpi, name: named, unit, value: actual, compared: null, target: amount(target, currency), ...callsOf(one) };
  });
}

function sameScope(a: TargetScope, b: TargetScope): boolean {
  if (a.kind === 'organisation' || b.kind === 'organisation') return a.kind === b.kind;
  return a.kind === b.kind && a.id === b.id;
}

const amount = (value: number | null, currency: string | null): KpiValue =>
  value === null || currency === null ? value : { amountMinor: Math.round(value), currency };

const ORDER = { organisation: 0, team: 1, agent: 2 } as const;
const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

function ofKpi(targets: readonly ReachedTarget[], wished: TargetPeriod | null): ReportSection[] {
  const ordered = [...targets].sort(
    (a, b) => ORDER[a.scope.kind] - ORDER[b.scope.kind] || byName.compare(a.label, b.label) || a.targetId - b.targetId,
  );
  const teams = ordered.filter(({ scope }) => scope.kind === 'team');
  const people = ordered.filter(({ scope }) => scope.kind === 'agent');
  const shown = teams.length > 1 ? teams : people;
  return [table(ordered), ...(shown.length > 1 ? [chart(shown, wished)] : [])];
}

function columnsOf(kpi: string, unit: KpiUnit): ReportColumn[] {
  return [
    textColumn('who', both('Of whom', '对象')),
    textColumn('period', both('Period', '周期')),
    column('from', both('From', '起'), 'date'),
    column('target', both('Target', '目标'), unit),
    { ...kpiColumn(kpi), id: 'actual', name: both('Actual', '实际') },
    column('attainment', both('Attainment', '达成率'), 'fraction'),
    column('expected', both('Expected by now', '截至目前应达'), unit),
    column('pace', both('Pace', '进度'), 'fraction'),
    column('low', both('Projection from', '预计下限'), unit),
    column('middle', both('Projection', '预计'), unit),
    column('high', both('Projection to', '预计上限'), unit),
  ];
}

function whoOf({ scope, label }: ReachedTarget): Localised {
  return scope.kind === 'organisation' ? both('Organisation', '组织') : same(label);
}

function table(targets: readonly ReachedTarget[]): TableSection {
  const kpi = targets[0]?.kpi ?? '';
  const { name, unit } = definitionOf(kpi);
  return {
    kind: 'table',
    id: idOf(targets),
    title: name,
    columns: columnsOf(kpi, unit),
    rows: targets.map((one): DocumentRow => {
      const of = (value: number | null | undefined) => amount(value ?? null, one.currency);
      const cells: ReportCell[] = [
        whoOf(one),
        PERIODS[one.period],
        one.from,
        of(one.target),
        one.actual,
        one.attainment,
        of(one.expectedNow),
        one.pace,
        of(one.projection?.low),
        of(one.projection?.middle),
        of(one.projection?.high),
      ];
      return { cells, ...callsOf(one), ...emphasisOf(one) };
    }),
    totals: null,
  };
}

const idOf = ([first]: readonly ReachedTarget[]): string =>
  [first?.kpi ?? '', first?.currency ?? ''].filter((part) => part !== '').join('_');

/** What has been reached is that of the target's own period and of whom it is of. */
function callsOf({ scope, from, until }: ReachedTarget): { calls: string } {
  const filter = scope.kind === 'organisation' ? {} : { [scope.kind]: String(scope.id) };
  return { calls: callsQuery({ from, to: until }, filter) };
}

/** Nine tenths of what is expected by now is behind. */
const BEHIND = 0.9;

function emphasisOf({ attainment, pace }: ReachedTarget): Pick<DocumentRow, 'emphasis'> {
  if (attainment !== null && attainment >= 1) return { emphasis: 'good' };
  return pace !== null && pace < BEHIND ? { emphasis: 'bad' } : {};
}

/** Of one period, or bars would not be comparable: that of the range, else the one most of them have. */
function chart(targets: readonly ReachedTarget[], wished: TargetPeriod | null): ChartSection {
  const groups = [...grouped(targets, ({ period }) => period).values()];
  const most = groups.sort((a, b) => b.length - a.length)[0] ?? [];
  const shown = groups.find(([first]) => first?.period === wished) ?? most;
  const { name } = definitionOf(targets[0]?.kpi ?? '');
  const period = PERIODS[shown[0]?.period ?? 'day'];
  return {
    kind: 'chart',
    id: `${idOf(targets)}_chart`,
    title: fill(both('{name}: attainment ({period})', '{name}达成率（{period}）'), { name, period }),
    type: 'bar',
    categories: shown.map(whoOf),
    series: [
      {
        name: definitionOf('attainment').name,
        unit: 'fraction',
        points: shown.map(({ attainment }) => ({ value: attainment })),
      },
    ],
    target: 1,
  };
}
