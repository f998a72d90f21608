import type { KpiDefinition } from './definition.js';
import { explain, SOURCES } from './rules.js';

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

/** Evaluated by the features that own their operands: ownership and targets. */
export const ELSEWHERE: KpiDefinition[] = [
  {
    id: 'touch_rate',
    version: 1,
    kind: 'ratio',
    name: { en: 'Customer touch rate', zh: '客户翻动率' },
    explanation: explain(
      { en: 'Share of the customers one is responsible for who were dialled.', zh: '名下客户中已被拨打的占比。' },
      'ratio',
    ),
    expression: {
      type: 'elsewhere',
      formula:
        'distinct customers dialled by their then owner ÷ distinct customers owned at the period’s start or assigned during it',
    },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.ownership,
    available: false,
  },
  {
    id: 'attainment',
    version: 1,
    kind: 'ratio',
    name: { en: 'Target attainment', zh: '目标达成率' },
    explanation: explain({
      en: 'How much of the target is reached; where low is good the ratio is turned round, and 0 actual is met.',
      zh: '目标完成的比例；越低越好的指标取倒数，实际为 0 即达成。',
    }),
    expression: { type: 'elsewhere', formula: 'actual ÷ target; where low is good, target ÷ actual' },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.targets,
    available: false,
  },
  {
    id: 'pace',
    version: 1,
    kind: 'ratio',
    name: { en: 'Pace', zh: '进度' },
    explanation: explain({
      en: 'Actual against what should be reached by now, by the cumulative hour profile of the working calendar; a ratio’s pace is its attainment; no value before the first working minute.',
      zh: '与当前应达进度相比的实际完成，按工作日历的累计小时分布计算；比率型指标的进度即其达成率；首个工作分钟之前无值。',
    }),
    expression: {
      type: 'elsewhere',
      formula: 'actual ÷ (target × expected share by now); ratio KPI: its attainment',
    },
    unit: 'fraction',
    goodDirection: 'up',
    thresholds: null,
    source: SOURCES.targets,
    available: false,
  },
];
