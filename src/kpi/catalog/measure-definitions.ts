import type { Localised } from '../../shared/api.js';
import type { KpiDefinition, MeasuredOperand } from './definition.js';
import { explain, type RuleName, SOURCES } from './rules.js';

/** What telephony measures. Ids without a prefix are outbound; inbound has its own, so no rate mixes them. */
export const MEASURED: KpiDefinition[] = [
  count(
    'dials',
    'up',
    ['Dials', '拨打量'],
    ['Outbound attempts to one customer number.', '向一个客户号码发起的外呼次数。'],
    ['customerLeg', 'bucket', 'owner', 'settings', 'unattributed'],
  ),
  count(
    'first_dials',
    'up',
    ['First dials', '首拨'],
    ['First attempt ever to that customer.', '对该客户的首次拨打。'],
    ['bucket', 'owner'],
  ),
  count(
    'connects',
    'up',
    ['Connects', '接通量'],
    ['Outbound attempts the network answered, voicemail included.', '网络已应答的外呼，含语音信箱。'],
    ['ongoing', 'customerLeg', 'bucket', 'owner'],
  ),
  count(
    'connects_ended',
    'up',
    ['Connects, ended', '已结束接通'],
    [
      'Connects whose call has ended: the denominator of everything that needs talk.',
      '通话已结束的接通，是所有与通话时长有关指标的分母。',
    ],
    ['ended', 'bucket'],
  ),
  count(
    'humans',
    'up',
    ['Human answers', '人工应答量'],
    ['Connects that a person answered.', '由真人接听的接通。'],
    ['detection', 'bucket'],
  ),
  count(
    'effective',
    'up',
    ['Effective calls', '有效通话量'],
    [
      'Connects, not machine or fax, with at least the campaign’s seconds of talk (300 unless set otherwise; 30, 60, 90 and 300 are in use in the field).',
      '通话时长达到项目阈值的接通，语音信箱与传真除外（默认 300 秒；业内常用 30、60、90、300 秒）。',
    ],
    ['ended', 'settings', 'bucket'],
  ),
  count('no_answer', 'down', ['No answer', '未接'], ['Dials that nobody answered.', '无人接听的拨打。'], ['bucket']),
  count(
    'busy',
    'down',
    ['Busy', '忙线'],
    ['Dials that met a busy line or were rejected.', '忙线或被拒接的拨打。'],
    ['bucket'],
  ),
  count(
    'invalid',
    'down',
    ['Invalid number', '空号'],
    ['Dials to numbers that do not exist.', '拨打的号码不存在。'],
    ['bucket'],
  ),
  count(
    'canceled',
    'down',
    ['Canceled', '取消'],
    ['Dials given up before an answer.', '应答前主动取消的拨打。'],
    ['bucket'],
  ),
  count(
    'failed',
    'down',
    ['Failed', '失败'],
    [
      'Dials that failed: unreachable, blocked, or never finished. Dials = connects + no answer + busy + invalid + canceled + failed + still open.',
      '失败的拨打：无法接通、被拦截或始终未结束。拨打量 = 接通 + 未接 + 忙线 + 空号 + 取消 + 失败 + 进行中。',
    ],
    ['bucket'],
  ),
  count(
    'machine',
    'down',
    ['Voicemail', '语音信箱'],
    ['Connects answered by a machine or fax; a part of connects.', '由语音信箱或传真应答的接通，属于接通量的一部分。'],
    ['bucket'],
  ),
  time(
    'talk_s',
    'up',
    ['Talk time', '通话时长'],
    [
      'From the customer’s answer to the customer’s hang-up: hold included, ring excluded.',
      '从客户应答到客户挂断：含保持，不含振铃。',
    ],
    ['ended', 'bucket', 'owner'],
  ),
  time('ring_s', 'neutral', ['Ring time', '振铃'], ['Ringing of the customer leg.', '客户侧的振铃时长。'], ['bucket']),
  {
    ...time(
      'hold_s',
      'down',
      ['Hold time', '保持'],
      ['Time the customer was on hold.', '客户被保持的时长。'],
      ['bucket'],
    ),
    source: SOURCES.hold,
    available: false,
  },
  count(
    'handled',
    'up',
    ['Handled calls', '经手通话'],
    [
      'One for each agent with a talking segment in an outbound call: a transferred call counts for both.',
      '外呼中每个有通话段的坐席各计一次：转接的通话双方均计。',
    ],
    ['bucket'],
  ),
  count(
    'inbound',
    'neutral',
    ['Inbound calls', '呼入量'],
    [
      'Calls offered to a queue or an agent; hang-ups in the menu are not.',
      '已分配给队列或坐席的来电；在语音菜单中挂断的不计。',
    ],
    ['customerLeg', 'bucket'],
  ),
  count(
    'inbound_answered',
    'up',
    ['Inbound answered', '呼入接听'],
    ['Inbound calls an agent answered.', '由坐席接听的来电。'],
    ['ongoing', 'bucket'],
  ),
  count(
    'inbound_abandoned',
    'down',
    ['Inbound abandoned', '呼入放弃'],
    ['Inbound calls the customer left first.', '接听前客户先挂断的来电。'],
    ['bucket'],
  ),
  time(
    'inbound_talk_s',
    'up',
    ['Inbound talk time', '呼入通话时长'],
    ['Time agent and customer were both connected.', '坐席与客户同时在线的时长。'],
    ['ended', 'bucket'],
  ),
  count(
    'internal',
    'neutral',
    ['Internal calls', '内部通话'],
    ['Calls between agents and test calls; in no other figure.', '坐席之间的通话与测试通话，不计入其他任何指标。'],
    ['bucket'],
  ),
  count(
    'stale',
    'down',
    ['Closed without an end', '超时关闭'],
    [
      'Calls whose end was never reported, closed after a time (4 h 05 unless set otherwise) without talk; a later real end corrects them.',
      '未收到结束事件、超时（默认 4 小时 05 分）后自动关闭的通话，不计通话时长；之后收到真实结束事件会自动更正。',
    ],
    ['bucket'],
  ),
  count(
    'incomplete',
    'down',
    ['Incomplete calls', '信息不全'],
    [
      'Calls whose events left something unknown, such as the ring time; each says what.',
      '收到的事件不足以得出全部信息（如振铃时长）的通话，每通均注明缺少什么。',
    ],
    ['bucket'],
  ),
];

type Pair = readonly [en: string, zh: string];

function count(
  id: MeasuredOperand,
  goodDirection: KpiDefinition['goodDirection'],
  name: Pair,
  own: Pair,
  rules: RuleName[],
): KpiDefinition {
  return {
    id,
    version: 1,
    kind: 'measure',
    name: localised(name),
    explanation: explain(localised(own), ...rules),
    expression: { type: 'sum', terms: [id] },
    unit: 'count',
    goodDirection,
    thresholds: null,
    source: SOURCES.calls,
    available: true,
  };
}

function time(...definition: Parameters<typeof count>): KpiDefinition {
  return { ...count(...definition), unit: 'seconds' };
}

export function localised([en, zh]: Pair): Localised {
  return { en, zh };
}
