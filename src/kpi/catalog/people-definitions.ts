import type { KpiUnit, Localised } from '../../shared/api.js';
import type { KpiDefinition, MeasuredOperand } from './definition.js';
import { explain, type RuleName, SOURCES } from './rules.js';

/** Measures of what people do and enter: outcomes, callbacks and agent states. */
export const PEOPLE: KpiDefinition[] = [
  outcome('contacts', 'Contacts', '有效接触量', 'Human answers by the right person.', '由本人接听的人工应答。', [
    'bucket',
  ]),
  outcome(
    'sales',
    'Sales',
    '成单数',
    'Sale outcomes of outbound calls, net of cancellations.',
    '外呼成单，扣除取消。',
    ['saleTime'],
  ),
  money('revenue', 'Revenue', '成交额', 'Amount of outbound sales, net of cancellations.', '外呼成交金额，扣除取消。'),
  outcome('inbound_sales', 'Inbound sales', '呼入成单', 'Sale outcomes of inbound calls.', '呼入通话的成单。', [
    'saleTime',
  ]),
  money('inbound_revenue', 'Inbound revenue', '呼入成交额', 'Amount of inbound sales.', '呼入成交金额。'),
  outcome('other_sales', 'Other sales', '其他成单', 'Sales that belong to no call.', '不属于任何通话的成单。', [
    'saleTime',
  ]),
  money(
    'other_revenue',
    'Other revenue',
    '其他成交额',
    'Amount of sales that belong to no call.',
    '不属于任何通话的成交金额。',
  ),
  outcome(
    'first_call_sales',
    'First-call sales',
    '首呼成单',
    'Sales made on the first attempt to that customer, counted on that attempt’s day.',
    '首次拨打即成交的订单，计入该次拨打的日期。',
    [],
  ),
  {
    ...base('callbacks_due', 'Callbacks due', '预约回访'),
    explanation: explain({
      en: 'Promised callbacks at their due time, for the agent who promised, once the window (±15 min unless set otherwise) has closed.',
      zh: '到期的预约回访，计于承诺的坐席，且仅在时间窗（默认 ±15 分钟）结束后计入。',
    }),
    source: SOURCES.callbacks,
  },
  {
    ...base('callbacks_kept', 'Callbacks kept', '已兑现回访', 'up'),
    explanation: explain({
      en: 'Callbacks due for which the customer was dialled within the window, after the promise.',
      zh: '在时间窗内且于承诺之后拨打过客户的预约回访。',
    }),
    source: SOURCES.callbacks,
  },
  {
    ...outcome('complaints', 'Complaints', '投诉', 'Outcomes flagged as a complaint.', '标记为投诉的结果。', []),
    goodDirection: 'down',
  },
  {
    ...outcome('dnc', 'Do not call', '免打扰', 'Outcomes flagged do-not-call.', '标记为免打扰的结果。', []),
    goodDirection: 'down',
  },
  state(
    'logged_in_s',
    'Logged-in time',
    '签入',
    'Available, on call, wrap-up and paused together.',
    '示闲、通话、整理与小休之和。',
  ),
  state('available_s', 'Available time', '示闲', 'Time ready for a call.', '等待通话的时长。'),
  state('on_call_s', 'On-call time', '通话中', 'Time with a call.', '处于通话中的时长。'),
  state('wrap_up_s', 'Wrap-up time', '整理', 'Time for the work after a call.', '话后整理的时长。'),
  state('paused_s', 'Paused time', '小休', 'Time in a pause.', '小休的时长。'),
];

function base(
  id: MeasuredOperand,
  en: string,
  zh: string,
  goodDirection: KpiDefinition['goodDirection'] = 'neutral',
): Omit<KpiDefinition, 'explanation' | 'source'> {
  return {
    id,
    version: 1,
    kind: 'measure',
    name: { en, zh },
    expression: { type: 'sum', terms: [id] },
    unit: 'count',
    goodDirection,
    thresholds: null,
    available: true,
  };
}

function outcome(
  id: MeasuredOperand,
  nameEn: string,
  nameZh: string,
  en: string,
  zh: string,
  rules: RuleName[],
): KpiDefinition {
  return {
    ...base(id, nameEn, nameZh, 'up'),
    explanation: explain({ en, zh }, ...rules),
    source: SOURCES.outcomes,
  };
}

function money(id: MeasuredOperand, nameEn: string, nameZh: string, en: string, zh: string): KpiDefinition {
  return withUnit(outcome(id, nameEn, nameZh, en, zh, ['saleTime', 'money']), 'money');
}

function state(id: MeasuredOperand, nameEn: string, nameZh: string, en: string, zh: string): KpiDefinition {
  const text: Localised = { en, zh };
  const definition = { ...base(id, nameEn, nameZh), explanation: explain(text, 'states'), source: SOURCES.states };
  return withUnit(definition, 'seconds');
}

function withUnit(definition: KpiDefinition, unit: KpiUnit): KpiDefinition {
  return { ...definition, unit };
}
