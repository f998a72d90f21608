/** A document with one of everything, and names of people who mean no good. */
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import type {
  ChartSection,
  ReportColumn,
  ReportDocument,
  ReportSection,
  TableSection,
} from '../../../src/shared/reports.js';

export const HOSTILE_NAMES = [
  `=cmd|'/c calc'!A1`,
  '＝1+1',
  '+1+1',
  '＋1',
  '-2+3',
  '－2',
  '@SUM(1)',
  '＠SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\ufeff=1+1',
  '\u200b=HYPERLINK("http://example.test","x")',
  '\u0000=1+1',
  '|calc',
  '%0A=1',
  'a,b"c\nd',
  'x'.repeat(300),
  '🎉 Ünïcödé 李雷',
  'שלום עולם',
  '\ud800 half',
  "'=1+1",
  '王小明',
] as const;

const definition = (id: string, over: Partial<KpiDefinitionView>): KpiDefinitionView => ({
  id,
  version: 3,
  kind: 'measure',
  name: { en: id, zh: id },
  explanation: { en: `What ${id} means.`, zh: `${id} 的含义。` },
  formula: id,
  unit: 'count',
  goodDirection: 'up',
  thresholds: null,
  source: { en: 'catalog', zh: '指标库' },
  available: true,
  ...over,
});

export const DEFINITIONS: KpiDefinitionView[] = [
  definition('dials', { name: { en: 'Dials', zh: '拨打量' }, formula: 'Σ outbound attempts' }),
  definition('connect_rate', {
    name: { en: 'Connect rate', zh: '接通率' },
    unit: 'fraction',
    kind: 'ratio',
    formula: 'connects ÷ dials',
    explanation: {
      en: 'Share of dials that the network answered, voicemail included.',
      zh: '拨打中被网络接通的占比，含语音信箱；分母为空时不显示数值，绝不显示为零。',
    },
  }),
  definition('talk_s', { name: { en: 'Talk time', zh: '通话时长' }, unit: 'seconds' }),
  definition('revenue', { name: { en: 'Revenue', zh: '成交额' }, unit: 'money' }),
];

const column = (id: string, en: string, zh: string, type: ReportColumn['type']): ReportColumn => ({
  id,
  name: { en, zh },
  type,
  ...(DEFINITIONS.some((one) => one.id === id) ? { kpi: id } : {}),
});

const COLUMNS = [
  column('agent', 'Agent', '坐席', 'text'),
  column('day', 'Day', '日期', 'date'),
  column('dials', 'Dials', '拨打量', 'count'),
  column('connect_rate', 'Connect rate', '接通率', 'fraction'),
  column('talk_s', 'Talk time', '通话时长', 'seconds'),
  column('revenue', 'Revenue', '成交额', 'money'),
  column('change', 'Change', '变化', 'change'),
  column('at', 'Last call', '最后通话', 'instant'),
];

/** Rows whose figures a reader can work out from their index. */
export function table(names: readonly string[]): TableSection {
  const rows = names.map((name, i) => ({
    cells: [
      name,
      `2026-11-2${String(i % 7)}`,
      1_234 + i,
      (i + 1) / 7,
      3_661.25 + i,
      i % 2 === 0
        ? { amountMinor: 123_456 + i, currency: 'CNY' }
        : [
            { amountMinor: 100 + i, currency: 'CNY' },
            { amountMinor: 7, currency: 'JPY' },
          ],
      i === 0 ? null : 0.125,
      '2026-11-22T06:03:07.500Z',
    ],
  }));
  const amount = names.reduce((sum, _, i) => sum + (i % 2 === 0 ? 123_456 + i : 100 + i), 0);
  const totals = {
    emphasis: 'total' as const,
    cells: [
      { en: 'Total', zh: '合计' },
      null,
      names.reduce((sum, _, i) => sum + 1_234 + i, 0),
      0.412_345_678_9,
      names.reduce((sum, _, i) => sum + 3_661.25 + i, 0),
      [
        { amountMinor: amount, currency: 'CNY' },
        { amountMinor: 7 * Math.floor(names.length / 2), currency: 'JPY' },
      ],
      -0.05,
      null,
    ],
  };
  return {
    kind: 'table',
    id: 'by_agent',
    title: { en: 'By agent', zh: '按坐席' },
    columns: COLUMNS,
    rows,
    totals,
    note: { en: 'Calls of the last 15 minutes may still change.', zh: '最近 15 分钟的通话可能仍会变化。' },
  };
}

const hours = Array.from({ length: 10 }, (_, i) => ({ en: `${9 + i}:00`, zh: `${9 + i} 时` }));
const weekdays = [
  { en: 'Monday', zh: '周一' },
  { en: 'Tuesday', zh: '周二' },
  { en: 'Wednesday', zh: '周三' },
];

export const CHARTS: ChartSection[] = [
  {
    kind: 'chart',
    id: 'dials_by_hour',
    title: { en: 'Dials by hour', zh: '分时拨打量' },
    type: 'bar',
    categories: hours,
    series: [
      {
        name: { en: 'Dials', zh: '拨打量' },
        unit: 'count',
        points: hours.map((_, i) => ({ value: i === 3 ? null : 40 + i * i })),
      },
      {
        name: { en: 'Usual', zh: '近四周常态' },
        unit: 'count',
        usual: true,
        points: hours.map((_, i) => ({ value: 60 + i })),
      },
    ],
    target: 100,
  },
  {
    kind: 'chart',
    id: 'trend',
    title: { en: 'Conversion, twelve weeks', zh: '转化率近十二周走势' },
    type: 'line',
    categories: Array.from({ length: 12 }, (_, i) => ({ en: `W${36 + i}`, zh: `第${36 + i}周` })),
    series: [
      {
        name: { en: 'Conversion rate', zh: '转化率' },
        unit: 'fraction',
        points: Array.from({ length: 12 }, (_, i) => ({
          value: 0.08 + (i % 5) / 100,
          low: 0.06 + (i % 5) / 100,
          high: 0.11 + (i % 5) / 100,
          sample: 400 + i,
        })),
      },
      {
        name: { en: 'Team', zh: '团队' },
        unit: 'fraction',
        points: Array.from({ length: 12 }, (_, i) => ({ value: 0.09 + (i % 3) / 200 })),
      },
    ],
  },
  {
    kind: 'chart',
    id: 'funnel',
    title: { en: 'Funnel', zh: '漏斗' },
    type: 'funnel',
    categories: [
      { en: 'Dials', zh: '拨打' },
      { en: 'Connects', zh: '接通' },
      { en: 'Humans', zh: '人工应答' },
      { en: 'Contacts', zh: '有效接触' },
      { en: 'Sales', zh: '成单' },
    ],
    series: [
      {
        name: { en: 'Calls', zh: '通话' },
        unit: 'count',
        points: [12_345, 5_090, 4_100, 2_222, 321].map((value) => ({ value })),
      },
    ],
  },
  {
    kind: 'chart',
    id: 'heat',
    title: { en: 'Connect rate by weekday and hour', zh: '接通率：星期 × 小时' },
    type: 'heatmap',
    categories: hours,
    series: weekdays.map((name, day) => ({
      name,
      unit: 'fraction',
      points: hours.map((_, i) => ({
        value: day === 1 && i === 2 ? null : 0.2 + ((day * 7 + i * 3) % 11) / 30,
        low: 0.1,
        high: 0.6,
        sample: 20 + i,
      })),
    })),
    note: { en: 'Only inside legal hours.', zh: '仅统计合规外呼时段。' },
  },
  {
    kind: 'chart',
    id: 'waterfall',
    title: { en: 'What changed', zh: '变化构成' },
    type: 'waterfall',
    categories: [
      { en: 'Last week', zh: '上周' },
      { en: 'Team A', zh: '一队' },
      { en: 'Team B', zh: '二队' },
      { en: 'Others', zh: '其他' },
      { en: 'This week', zh: '本周' },
    ],
    series: [
      {
        name: { en: 'Revenue', zh: '成交额' },
        unit: 'money',
        currency: 'CNY',
        points: [1_000_000, 250_000, -400_000, 50_000, 900_000].map((value) => ({ value })),
      },
    ],
  },
];

export function sampleDocument(
  over: Partial<ReportDocument> = {},
  names: readonly string[] = HOSTILE_NAMES,
): ReportDocument {
  const sections: ReportSection[] = [
    table(names),
    ...CHARTS,
    {
      kind: 'text',
      id: 'advice',
      title: { en: 'Recommendations', zh: '建议' },
      paragraphs: [
        {
          en: 'Call the campaign “Spring” on weekdays between 10:00 and 12:00: connect rate 46.1 % over 3,412 dials.',
          zh: '“春季”项目建议在工作日 10:00–12:00 集中外呼：3,412 次拨打中接通率为 46.1%，明显高于其他时段；样本不足的时段不作推荐。',
        },
      ],
    },
  ];
  return {
    id: 'daily_floor',
    title: { en: 'Daily floor summary', zh: '每日现场汇总' },
    asOf: '2026-11-22T06:10:00.000Z',
    timeZone: 'Asia/Shanghai',
    from: '2026-11-15T16:00:00.000Z',
    to: '2026-11-22T16:00:00.000Z',
    dates: { from: '2026-11-16', to: '2026-11-23' },
    compared: { from: '2026-11-08T16:00:00.000Z', to: '2026-11-15T16:00:00.000Z' },
    filters: [{ en: 'Team: Team A', zh: '团队：一队' }],
    headline: [
      {
        kpi: 'dials',
        name: { en: 'Dials', zh: '拨打量' },
        unit: 'count',
        value: 1_234_567,
        compared: 1_200_000,
        target: 1_500_000,
      },
      {
        kpi: 'connect_rate',
        name: { en: 'Connect rate', zh: '接通率' },
        unit: 'fraction',
        value: 0.412_345_678_9,
        compared: 0.4,
        target: null,
      },
      {
        kpi: 'talk_s',
        name: { en: 'Talk time', zh: '通话时长' },
        unit: 'seconds',
        value: 987_654.5,
        compared: null,
        target: null,
      },
      {
        kpi: 'revenue',
        name: { en: 'Revenue', zh: '成交额' },
        unit: 'money',
        value: [
          { amountMinor: 123_456_789, currency: 'CNY' },
          { amountMinor: 5_000, currency: 'JPY' },
        ],
        compared: { amountMinor: 150_000_000, currency: 'CNY' },
        target: { amountMinor: 120_000_000, currency: 'CNY' },
      },
    ],
    sections,
    definitions: DEFINITIONS,
    notes: [{ en: 'Rows over several zones use each team’s own date.', zh: '跨时区的行按各团队所在地日期统计。' }],
    ...over,
  };
}

export const OPTIONS = {
  organisation: '云呼科技 Cloud Call Ltd',
  madeBy: '李雷 <li.lei@example.test>',
  madeAt: '2026-11-22T06:15:00.000Z',
};
