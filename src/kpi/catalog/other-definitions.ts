import type { KpiDefinition } from './definition.js';
import { explain, SOURCES } from './rules.js';

/** From whom an agent looks after; counted over whole business days for the organisation, teams and agents. */
export const OWNERSHIP: KpiDefinition[] = [
  {
    id: 'touch_rate',
    version: 1,
    kind: 'ratio',
    name: { en: 'Customer touch rate', zh: '客户翻动率' },
    explanation: explain(
      {
        en: 'Of the customers somebody looked after at the period’s start or was given during it, the share they dialled while they looked after them. Whole business days; by team, agent or in all, in reports also by day, week and month, each a period of its own. Each customer is in the team their owner was in at the period’s start, or when they were given later.',
        zh: '期初名下及期间分配的客户中，归属期内被归属坐席本人拨打过的占比。按完整业务日统计，可按团队、坐席或整体查看，报表中还可按日、周、月查看（各自为一个周期）；客户计入归属坐席期初（或分配时）所在团队。',
      },
      'distinct',
      'ratio',
    ),
    expression: { type: 'ratio', over: ['customers_touched'], under: ['customers_owned'] },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.ownership,
    available: true,
  },
];

/** Distinct customers: not additive, exact, never estimated. */
export const DISTINCT: KpiDefinition[] = [
  {
    id: 'customers',
    version: 1,
    kind: 'distinct',
    name: { en: 'Customers dialled', zh: '触达客户数' },
    explanation: explain({ en: 'Different customers dialled.', zh: '被拨打的不同客户数。' }, 'distinct'),
    expression: { type: 'distinct', of: 'customers' },
    unit: 'count',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.customers,
    available: true,
  },
  {
    id: 'customers_connected',
    version: 1,
    kind: 'distinct',
    name: { en: 'Customers connected', zh: '接通客户数' },
    explanation: explain(
      { en: 'Different customers connected at least once.', zh: '至少接通一次的不同客户数。' },
      'distinct',
    ),
    expression: { type: 'distinct', of: 'customers_connected' },
    unit: 'count',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.customers,
    available: true,
  },
];

/** Evaluated by targets, of one target at a time (GET /attainment): there is no such figure of a range or a row of calls. */
export const ELSEWHERE: KpiDefinition[] = [
  {
    id: 'attainment',
    version: 1,
    kind: 'ratio',
    name: { en: 'Target attainment', zh: '目标达成率' },
    explanation: explain({
      en: 'How much of a target is reached; where low is good the ratio is turned round, and 0 actual is met. A person’s target is prorated by their working minutes: leave, employment and holidays of the working calendar.',
      zh: '目标完成的比例；越低越好的指标取倒数，实际为 0 即达成。个人目标按工作日历（请假、在职期间、节假日）的工作分钟数折算。',
    }),
    expression: { type: 'elsewhere', formula: 'actual ÷ target' },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.targets,
    available: true,
  },
  {
    id: 'pace',
    version: 1,
    kind: 'ratio',
    name: { en: 'Pace', zh: '进度' },
    explanation: explain({
      en: 'Actual against what should be reached by now. How much that is follows the own hour profile of the last four weeks within today’s shifts (flat while there is none) and the working calendar of the period. 1 or more is on pace, also where low is good. A ratio’s pace is its attainment; no value before the first working minute.',
      zh: '实际完成与当前应达进度之比。应达进度按近四周自身的小时分布（限当日班次内，无历史时按工作时间均匀分布）与周期内的工作日历计算；达到 1 即为不落后，越低越好的指标同理。比率型指标的进度即其达成率；首个工作分钟之前无值。',
    }),
    expression: { type: 'elsewhere', formula: 'actual ÷ (target × expected_share)' },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.targets,
    available: true,
  },
];
