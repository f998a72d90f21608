import type { Localised } from '../../shared/api.js';

/** The settled rules for edge cases, in the words of the help. Each definition shows those that touch it. */
export const RULES = {
  bucket: {
    en: 'Counts and talk belong to the 15-minute interval in which the call started; a call that ends after midnight changes the day it started in.',
    zh: '计数与通话时长归入通话开始所在的 15 分钟区间；跨过午夜的通话计入开始的那一天。',
  },
  ongoing: {
    en: 'It counts while the call is live.',
    zh: '通话进行中即计入。',
  },
  ended: {
    en: 'It counts when the call ends; a call that was closed without a reported end has no talk.',
    zh: '通话结束后计入；因超时而关闭、没有收到结束事件的通话不计通话时长。',
  },
  customerLeg: {
    en: 'Only the customer leg counts; internal and test calls are left out.',
    zh: '仅以客户侧通话段计，内部通话与测试通话不计。',
  },
  owner: {
    en: 'It belongs to the originator. An agent who was only offered the call never owns it: a predictive dial that nobody took counts as unassigned.',
    zh: '归属于发起人。仅被振铃而未接入的坐席不拥有该通话：预测外呼无人接入时计入“未归属”。',
  },
  settings: {
    en: 'Team, campaign and threshold are those at the time of the call; later changes do not rewrite it.',
    zh: '团队、项目与阈值取通话当时的设置，之后的修改不影响历史。',
  },
  detection: {
    en: 'A disposition overrides answering-machine detection; detection “unknown” is not human; without detection the campaign decides (it assumes a human by default).',
    zh: '坐席处置结果优先于语音信箱检测；检测结果“未知”不算人工；未做检测时由项目设置决定（默认视为人工）。',
  },
  distinct: {
    en: 'Counted exactly over the requested range at each row’s grouping, totals included, never summed. Whole business days only: by the hour there is no value. Anonymous callers are no customer.',
    zh: '在所选范围内按每行的分组精确去重，合计单独计算、从不相加。仅适用于完整业务日：按小时无值。匿名号码不计为客户。',
  },
  ratio: {
    en: 'A ratio of sums, never an average of ratios; without a denominator there is no value.',
    zh: '先求和再相除，从不对比率求平均；分母为零时无值。',
  },
  saleTime: {
    en: 'Sales count at the time of the sale and dials at the time of the call, so a day can pass 100 %. A cancellation amends the interval of its sale.',
    zh: '成单按成交时间计、拨打按通话时间计，因此单日可能超过 100%。取消成单会修正其成交所在区间。',
  },
  states: {
    en: 'Agent states exclude each other; overlapping sources are united; time is split at the boundaries of intervals; what lasts counts up to now. It belongs to no campaign: by campaign it is in the total only.',
    zh: '坐席状态互斥，来源重叠时取并集，时长在区间边界处切分，仍在持续的状态计至当前时刻。状态时长不属于任何项目：按项目分组时仅计入合计。',
  },
  money: {
    en: 'The currency comes with the campaign; amounts in several currencies are listed, never added.',
    zh: '币种由项目决定；多币种金额分别列出，从不相加。',
  },
  unattributed: {
    en: 'What nobody can be found for is counted under “Unassigned” and listed for fixing.',
    zh: '无法归属的计入“未归属”，并列出待处理。',
  },
} as const satisfies Record<string, Localised>;

export type RuleName = keyof typeof RULES;

/** One sentence of its own, then the rules that apply. */
export function explain(own: Localised, ...rules: RuleName[]): Localised {
  return {
    en: [own.en, ...rules.map((rule) => RULES[rule].en)].join(' '),
    zh: [own.zh, ...rules.map((rule) => RULES[rule].zh)].join(''),
  };
}

/** Where the figures of a definition come from. */
export const SOURCES = {
  calls: { en: 'Call events of the phone system', zh: '电话系统的通话事件' },
  hold: {
    en: 'Hold events of the phone system; no connected system reports them yet',
    zh: '电话系统的保持事件；目前接入的系统尚未提供',
  },
  outcomes: { en: 'Outcomes of calls: agents’ entries or the CRM', zh: '通话结果：坐席登记或 CRM' },
  callbacks: { en: 'Promised callbacks', zh: '预约回访' },
  states: { en: 'Agent states', zh: '坐席状态' },
  customers: { en: 'Call events, by customer', zh: '通话事件（按客户）' },
  ownership: { en: 'Customer ownership', zh: '客户归属' },
  targets: { en: 'Targets and the working calendar', zh: '目标与工作日历' },
} as const satisfies Record<string, Localised>;
