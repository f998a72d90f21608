/** 项目漏斗: how far calls get, and where fewer get on than usual. */
import type { Localised } from '../../../shared/api.js';
import type {
  ChartSection,
  ChartSeries,
  DocumentRow,
  ReportColumn,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
  TextSection,
} from '../../../shared/reports.js';
import { FUNNEL, FUNNEL_MIN, type FunnelCounts, funnelSteps, leaksOf, type StepView, usualCounts } from '../funnel.js';
import { normDates } from '../norm.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  callsQuery,
  column,
  countOf,
  definitionOf,
  headlineOf,
  keyOf,
  kpiColumn,
  labelOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
  type Values,
} from '../tables.js';
import { both, fill, percent, points } from '../words.js';

const KPIS = [...FUNNEL, 'effective'] as const;
const RATES = ['connect_rate', 'contact_rate', 'conversion_contact', 'conversion_dial'] as const;
/** Campaigns with a funnel of their own, those with the most dials. */
const CHARTS = 6;

export const CAMPAIGN_FUNNEL: ReadyReport = {
  name: both('Campaign funnel', '项目漏斗'),
  explanation: both(
    'How many dials become a connect, a person, the right person and a sale, and where do we lose more than usual?',
    '拨打、接通、人工应答、有效接触到成单各剩多少，哪一步流失比平时多？',
  ),
  takes: ['compare'],
  defaultRange: 'last_7_days',
  forAgents: false,
  async read(asked, sources) {
    const kpis = [...KPIS, ...RATES];
    const [main, usual] = await answers(asked, sources, [
      { kpis, groupBy: ['campaign'], previous: true },
      { kpis: KPIS, groupBy: ['campaign'], dates: normDates(asked.dates) },
    ]);
    return campaignFunnel(asked, main, usual);
  },
};

const countsOf = (values: Values | undefined): FunnelCounts =>
  Object.fromEntries(FUNNEL.map((step) => [step, countOf(values, step)])) as FunnelCounts;

interface Funnel {
  id: string;
  label: Localised;
  counts: FunnelCounts;
  steps: StepView[];
}

export function campaignFunnel({ dates }: Pick<Asked, 'dates'>, main: ReportResult, usual: ReportResult): Content {
  const before = new Map(usual.rows.map((row) => [keyOf(row), row.values]));
  const funnelOf = (row: ReportRow): Funnel => {
    const counts = countsOf(row.values);
    return {
      id: keyOf(row),
      label: labelOf(row),
      counts,
      steps: funnelSteps(counts, countsOf(before.get(keyOf(row)))),
    };
  };
  const counts = countsOf(main.totals);
  const all: Funnel = { id: 'all', label: TOTAL, counts, steps: funnelSteps(counts, countsOf(usual.totals)) };
  const funnels = main.rows.filter((row) => countOf(row.values, 'dials') > 0).map(funnelOf);
  const most = [...funnels].sort((a, b) => b.counts.dials - a.counts.dials).slice(0, CHARTS);
  return {
    main,
    headline: headlineOf(main, ['dials', ...RATES, 'sales']),
    sections: [
      ...(counts.dials === 0 ? [nothing()] : [chartOf(all), stepTable(all)]),
      whereItLeaks([all, ...funnels]),
      campaignTable(dates, main, funnels),
      ...(funnels.length > 1 ? most.flatMap((funnel): ReportSection[] => [chartOf(funnel), stepTable(funnel)]) : []),
    ],
    notes: [
      both(
        'Usual: the rates of the four weeks before. A sale counts when it is made, so a step into sales can pass 100%.',
        '平时：前四周的比率。成单按成交时间计入，因此到成单的一步可能超过 100%。',
      ),
    ],
    kpis: KPIS,
  };
}

function nothing(): TextSection {
  return text(
    'empty',
    both('Nothing dialled yet', '尚无拨打'),
    both(
      'The funnel appears with the first outbound call of the range. Choose another range, or take the filters away.',
      '期间内有外呼后显示漏斗；可更换时间范围或清除筛选。',
    ),
  );
}

function chartOf({ id, label, counts, steps }: Funnel): ChartSection {
  const usual = usualCounts(counts, steps);
  const [leak] = leaksOf(steps);
  const series: ChartSeries[] = [
    {
      name: label,
      unit: 'count',
      points: FUNNEL.map((step, index) => {
        const from = steps[index - 1];
        return { value: counts[step], ...(from === undefined ? {} : { sample: counts[from.from] }) };
      }),
    },
  ];
  if (usual[1] !== null) {
    const name = both('At usual rates', '按平时比率');
    series.push({ name, unit: 'count', usual: true, points: usual.map((value) => ({ value })) });
  }
  return {
    kind: 'chart',
    id: `funnel_${id}`,
    title: fill(both('Funnel: {label}', '漏斗：{label}'), { label }),
    type: 'funnel',
    categories: FUNNEL.map((step) => definitionOf(step).name),
    series,
    ...(leak === undefined ? {} : { leak: FUNNEL.indexOf(leak.to), note: leakText(label, leak) }),
  };
}

const STEP_COLUMNS: ReportColumn[] = [
  textColumn('step', both('Step', '环节')),
  column('reached', both('Reached', '进入'), 'count'),
  column('passed', both('Got on', '通过'), 'count'),
  column('rate', both('Rate', '通过率'), 'fraction'),
  column('low', both('From', '下限'), 'fraction'),
  column('high', both('To', '上限'), 'fraction'),
  column('usual', both('Usual', '平时'), 'fraction'),
  column('difference', both('Difference', '差值'), 'points'),
  column('cost', both('Sales it costs', '影响成单'), 'count'),
];

function stepTable({ id, label, counts, steps }: Funnel): TableSection {
  return {
    kind: 'table',
    id: `steps_${id}`,
    title: fill(both('Steps: {label}', '各环节：{label}'), { label }),
    columns: STEP_COLUMNS,
    rows: steps.map((step): DocumentRow => {
      const [from, to] = [definitionOf(step.from).name, definitionOf(step.to).name];
      const { rate, low, high, usual, difference, cost } = step;
      const name = fill(both('{from} → {to}', '{from} → {to}'), { from, to });
      const cells = [name, counts[step.from], counts[step.to], rate, low, high, usual, difference, cost];
      return step.leaks ? { cells, emphasis: 'bad' } : { cells };
    }),
    totals: null,
    note: fill(
      both(
        'From–to: the 90% interval (Wilson). Marked: the usual rate lies above it. Sales it costs: reached × (usual − rate) × the rates of the steps after it; below 0 it wins sales. Of fewer than {min} nothing is said.',
        '上下限为 90% 区间（Wilson）。平时比率高于上限时标记。影响成单＝进入 ×（平时−当前）× 后续各环节通过率，负值为增加。不足 {min} 次不作判断。',
      ),
      { min: FUNNEL_MIN },
    ),
  };
}

function leakText(label: Localised, { from, to, rate, usual, difference, cost }: StepView): Localised {
  return fill(
    both(
      '{label}: from {from} to {to} {rate} instead of {usual} ({difference}); about {cost} sales.',
      '{label}：{from}到{to}为 {rate}，平时 {usual}（{difference}），约影响 {cost} 单。',
    ),
    {
      label,
      from: definitionOf(from).name,
      to: definitionOf(to).name,
      rate: percent(rate ?? 0),
      usual: percent(usual ?? 0),
      difference: points(difference ?? 0),
      cost: cost ?? 0,
    },
  );
}

function whereItLeaks(funnels: readonly Funnel[]): TextSection {
  const leaks = funnels.flatMap(({ label, steps }) => leaksOf(steps).map((step) => leakText(label, step)));
  const judged = funnels.some(({ steps }) => steps.some(({ difference }) => difference !== null));
  const none = judged
    ? both(
        'Nowhere more than chance explains, against the four weeks before.',
        '与前四周相比，各环节没有超出偶然范围的流失。',
      )
    : both(
        `Nothing to compare with yet: a step needs ${FUNNEL_MIN} calls now and in the four weeks before.`,
        `尚无可比数据：每个环节当前及前四周均需至少 ${FUNNEL_MIN} 次。`,
      );
  return text('leaks', both('Where it leaks', '流失环节'), ...(leaks.length > 0 ? leaks : [none]));
}

function campaignTable(dates: Asked['dates'], main: ReportResult, funnels: readonly Funnel[]): TableSection {
  const values = new Map(main.rows.map((row) => [keyOf(row), row.values]));
  const rateCells = (steps: readonly StepView[]) => steps.map(({ rate }) => rate);
  const all = funnelSteps(countsOf(main.totals), countsOf(undefined));
  return {
    kind: 'table',
    id: 'campaigns',
    title: both('By campaign', '按项目'),
    columns: [
      textColumn('campaign', both('Campaign', '项目')),
      ...KPIS.map(kpiColumn),
      ...all.map(({ from, to }) =>
        column(
          `${from}_${to}`,
          fill(both('{from} → {to}', '{from} → {to}'), { from: definitionOf(from).name, to: definitionOf(to).name }),
          'fraction',
        ),
      ),
    ],
    rows: funnels.map(
      ({ id, label, steps }): DocumentRow => ({
        cells: [label, ...KPIS.map((kpi) => values.get(id)?.[kpi] ?? null), ...rateCells(steps)],
        calls: callsQuery(dates, { campaign: id }),
      }),
    ),
    totals: totalRow([TOTAL, ...KPIS.map((kpi) => main.totals[kpi] ?? null), ...rateCells(all)]),
    note:
      funnels.length === 0
        ? both(
            'Campaigns appear with their first outbound call of the range.',
            '项目在所选范围内产生首个外呼后会显示在此处。',
          )
        : both(
            'Effective calls stand beside the funnel: they mark length, not how far a call got.',
            '有效通话与漏斗并列：它衡量通话时长，不表示进展到哪一步。',
          ),
  };
}
