import type { KpiDefinition, Term } from './definition.js';
import {
  CONNECT_RATE_PRESET,
  CONNECT_RATE_PRESET_SOURCE,
  OCCUPANCY_PRESET,
  OCCUPANCY_PRESET_SOURCE,
} from './presets.js';
import { explain, type RuleName, SOURCES } from './rules.js';

type Text = readonly [nameEn: string, nameZh: string, en: string, zh: string];
type Options = Partial<Pick<KpiDefinition, 'unit' | 'goodDirection' | 'thresholds' | 'source' | 'available'>> & {
  rules?: RuleName[];
  perHour?: true;
};

/** Ratios over what telephony measures. */
const FROM_CALLS: KpiDefinition[] = [
  ratio(
    'connect_rate',
    [
      'Connect rate',
      '接通率',
      'Share of dials the network answered, voicemail included.',
      '拨打中被网络应答的占比，含语音信箱。',
    ],
    ['connects'],
    ['dials'],
    { thresholds: CONNECT_RATE_PRESET, source: CONNECT_RATE_PRESET_SOURCE, rules: ['ongoing'] },
  ),
  ratio(
    'connect_rate_valid',
    [
      'Connect rate of valid numbers',
      '有效号码接通率',
      'Connect rate without dials to numbers that do not exist.',
      '剔除空号后的接通率。',
    ],
    ['connects'],
    ['dials', '-invalid'],
    { rules: ['ongoing'] },
  ),
  ratio(
    'customer_connect_rate',
    [
      'Connect rate of customers',
      '客户接通率',
      'Share of the customers dialled who were connected at least once.',
      '被拨打的客户中至少接通一次的占比。',
    ],
    ['customers_connected'],
    ['customers'],
    { source: SOURCES.customers, rules: ['distinct'] },
  ),
  ratio(
    'human_rate',
    ['Human-answer rate', '人工应答率', 'Share of dials a person answered.', '拨打中由真人接听的占比。'],
    ['humans'],
    ['dials'],
    { rules: ['detection'] },
  ),
  ratio(
    'effective_rate',
    [
      'Effective-call rate',
      '有效通话率',
      'Share of ended connects that were effective calls.',
      '已结束的接通中达到有效通话的占比。',
    ],
    ['effective'],
    ['connects_ended'],
    { rules: ['ended', 'settings'] },
  ),
  ratio(
    'avg_talk_s',
    [
      'Average talk time',
      '平均通话时长',
      'Talk time per ended connect, outbound.',
      '每个已结束外呼接通的平均通话时长。',
    ],
    ['talk_s'],
    ['connects_ended'],
    { unit: 'seconds', goodDirection: 'neutral', rules: ['ended'] },
  ),
  ratio(
    'inbound_answer_rate',
    ['Inbound answer rate', '呼入接听率', 'Share of inbound calls an agent answered.', '来电中由坐席接听的占比。'],
    ['inbound_answered'],
    ['inbound'],
  ),
  {
    ...ratio(
      'talk_total_s',
      [
        'Talk time, both directions',
        '总通话时长',
        'Outbound and inbound talk time together.',
        '外呼与呼入通话时长之和。',
      ],
      [],
      [],
      { unit: 'seconds' },
    ),
    kind: 'measure',
    explanation: explain(
      { en: 'Outbound and inbound talk time together.', zh: '外呼与呼入通话时长之和。' },
      'ended',
      'bucket',
    ),
    expression: { type: 'sum', terms: ['talk_s', 'inbound_talk_s'] },
  },
];

const OUTCOME: Options = { source: SOURCES.outcomes, rules: ['saleTime'] };
const STATE: Options = { source: SOURCES.states, rules: ['states'] };

/** Ratios over outcomes, callbacks and agent states. */
const FROM_PEOPLE: KpiDefinition[] = [
  ratio(
    'contact_rate',
    ['Contact rate', '有效接触率', 'Share of dials that reached the right person.', '拨打中接触到本人的占比。'],
    ['contacts'],
    ['dials'],
    { ...OUTCOME, rules: [] },
  ),
  ratio(
    'aht_s',
    [
      'Average handling time',
      '平均处理时长',
      'Talk and wrap-up per call, both directions.',
      '双向通话每通的通话与整理时长。',
    ],
    ['talk_s', 'inbound_talk_s', 'wrap_up_s'],
    ['connects_ended', 'inbound_answered'],
    { ...STATE, unit: 'seconds', goodDirection: 'neutral' },
  ),
  ratio(
    'conversion_dial',
    ['Conversion per dial', '拨打转化率', 'Sales per dial.', '每次拨打的成单占比。'],
    ['sales'],
    ['dials'],
    OUTCOME,
  ),
  ratio(
    'conversion_rate',
    ['Conversion per connect', '转化率', 'Sales per connect.', '每次接通的成单占比。'],
    ['sales'],
    ['connects'],
    OUTCOME,
  ),
  ratio(
    'conversion_contact',
    ['Conversion per contact', '有效沟通转化率', 'Sales per contact.', '每次有效接触的成单占比。'],
    ['sales'],
    ['contacts'],
    OUTCOME,
  ),
  ratio(
    'conversion_handled',
    [
      'Conversion per handled call',
      '经手转化率',
      'Sales per handled call: the per-agent one where calls are transferred to closers.',
      '每通经手通话的成单占比，适用于转接成交的团队。',
    ],
    ['sales'],
    ['handled'],
    OUTCOME,
  ),
  ratio(
    'conversion_customer',
    ['Conversion per customer', '名单转化率', 'Sales per customer dialled.', '每个触达客户的成单占比。'],
    ['sales'],
    ['customers'],
    { ...OUTCOME, rules: ['saleTime', 'distinct'] },
  ),
  ratio(
    'avg_deal',
    ['Average deal size', '平均成交额（客单价）', 'Revenue per sale.', '每单的成交金额。'],
    ['revenue'],
    ['sales'],
    { ...OUTCOME, unit: 'money', rules: ['money'] },
  ),
  ratio(
    'first_call_close',
    [
      'First-call close',
      '首呼成交率',
      'Share of first dials that ended in a sale; a cohort by the day of the dial.',
      '首拨即成交的占比，按拨打日期归组。',
    ],
    ['first_call_sales'],
    ['first_dials'],
    { ...OUTCOME, rules: [] },
  ),
  ratio(
    'callback_kept_rate',
    [
      'Callbacks kept rate',
      '预约回访达成率',
      'Share of due callbacks dialled within the window.',
      '到期回访中在时间窗内已拨打的占比。',
    ],
    ['callbacks_kept'],
    ['callbacks_due'],
    { source: SOURCES.callbacks },
  ),
  ratio(
    'dials_per_hour',
    [
      'Dials per productive hour',
      '每小时拨打量',
      'Dials per hour logged in and not paused.',
      '每个有效工时（签入减小休）的拨打量。',
    ],
    ['dials'],
    ['logged_in_s', '-paused_s'],
    { ...STATE, unit: 'per_hour', perHour: true },
  ),
  ratio(
    'sales_per_hour',
    ['Sales per logged-in hour', '每小时成单', 'All sales per hour logged in.', '每签入小时的全部成单。'],
    ['sales', 'inbound_sales', 'other_sales'],
    ['logged_in_s'],
    { ...STATE, unit: 'per_hour', perHour: true, rules: ['saleTime', 'states'] },
  ),
  ratio(
    'revenue_per_hour',
    ['Revenue per logged-in hour', '单位时间产值', 'All revenue per hour logged in.', '每签入小时的全部成交额。'],
    ['revenue', 'inbound_revenue', 'other_revenue'],
    ['logged_in_s'],
    { ...STATE, unit: 'money_per_hour', perHour: true, rules: ['money', 'states'] },
  ),
  ratio(
    'occupancy',
    [
      'Occupancy',
      '工时利用率',
      'Share of working time spent on calls and wrap-up.',
      '工作时间中用于通话与整理的占比。',
    ],
    ['on_call_s', 'wrap_up_s'],
    ['on_call_s', 'wrap_up_s', 'available_s'],
    { ...STATE, goodDirection: 'neutral', thresholds: OCCUPANCY_PRESET, source: OCCUPANCY_PRESET_SOURCE },
  ),
  ratio(
    'pause_share',
    ['Pause share', '小休占比', 'Share of logged-in time spent in pauses.', '签入时间中小休的占比。'],
    ['paused_s'],
    ['logged_in_s'],
    { ...STATE, goodDirection: 'down' },
  ),
  ratio(
    'complaint_rate',
    ['Complaint rate', '投诉率', 'Complaints per connect.', '每次接通的投诉占比。'],
    ['complaints'],
    ['connects'],
    { ...OUTCOME, goodDirection: 'down', rules: [] },
  ),
];

export const RATIOS: KpiDefinition[] = [...FROM_CALLS, ...FROM_PEOPLE];

function ratio(id: string, text: Text, over: Term[], under: Term[], options: Options = {}): KpiDefinition {
  const [nameEn, nameZh, en, zh] = text;
  return {
    id,
    version: 1,
    kind: 'ratio',
    name: { en: nameEn, zh: nameZh },
    explanation: explain({ en, zh }, 'ratio', ...(options.rules ?? [])),
    expression: { type: 'ratio', over, under, ...(options.perHour ? { perHour: true as const } : {}) },
    unit: options.unit ?? 'fraction',
    goodDirection: options.goodDirection ?? 'up',
    thresholds: options.thresholds ?? null,
    source: options.source ?? SOURCES.calls,
    available: options.available ?? true,
  };
}
