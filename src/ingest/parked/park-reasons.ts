/** Why an event is parked, for people. Closed list; a test holds it equal to what translators and the fold can give. */
import type { Localised } from '../../shared/api.js';

export const PARK_REASONS: Record<string, Localised> = {
  account_sid_invalid: { en: 'AccountSid is not an id.', zh: 'AccountSid 不是有效的标识。' },
  account_sid_missing: { en: 'AccountSid is missing.', zh: '缺少 AccountSid。' },
  activity_missing: { en: 'WorkerActivityName is missing.', zh: '缺少 WorkerActivityName。' },
  answered_by_missing: { en: 'AnsweredBy is missing.', zh: '缺少 AnsweredBy。' },
  attribution_invalid: {
    en: 'agent or campaign in the callback URL is longer than 128 characters or has control characters.',
    zh: '回调地址中的 agent 或 campaign 超过 128 个字符或包含控制字符。',
  },
  call_sid_invalid: { en: 'CallSid is not an id.', zh: 'CallSid 不是有效的标识。' },
  call_sid_missing: { en: 'CallSid is missing.', zh: '缺少 CallSid。' },
  customer_unreadable: { en: 'customer is not a phone number.', zh: 'customer 不是电话号码。' },
  dial_action_request: {
    en: 'This is the action request of a <Dial>, not a status callback. Point only status callbacks here.',
    zh: '这是 <Dial> 的 action 请求，不是状态回调。请只将状态回调指向此地址。',
  },
  duration_invalid: { en: 'CallDuration is not a number of seconds.', zh: 'CallDuration 不是有效的秒数。' },
  event_type_missing: { en: 'EventType is missing.', zh: '缺少 EventType。' },
  event_type_unknown: { en: 'EventType has a value nobody knows.', zh: 'EventType 的取值未知。' },
  fold_failed: { en: 'The event was logged but could not be counted.', zh: '事件已记录，但无法计入。' },
  outcome_invalid: { en: 'The outcome cannot be read.', zh: '通话结果无法识别。' },
  parameter_repeated: {
    en: 'A parameter stands twice with different values.',
    zh: '同一参数出现两次且取值不同。',
  },
  parent_sid_invalid: { en: 'ParentCallSid is not the id of another leg.', zh: 'ParentCallSid 不是另一通话段的标识。' },
  party_invalid: { en: 'From or To cannot be read.', zh: 'From 或 To 无法识别。' },
  recording_sid_missing: { en: 'RecordingSid is missing.', zh: '缺少 RecordingSid。' },
  reservation_sid_missing: {
    en: 'ReservationSid is missing or no id.',
    zh: '缺少 ReservationSid 或其不是有效的标识。',
  },
  state_invalid: { en: 'The status cannot be read.', zh: '状态无法识别。' },
  status_missing: { en: 'CallStatus is missing.', zh: '缺少 CallStatus。' },
  status_unknown: { en: 'CallStatus has a value nobody knows.', zh: 'CallStatus 的取值未知。' },
  store_refused: { en: 'The database refused the event.', zh: '数据库拒绝了该事件。' },
  timestamp_future: {
    en: 'Timestamp is more than 24 hours ahead of our clock.',
    zh: 'Timestamp 比本机时钟超前 24 小时以上。',
  },
  timestamp_impossible: { en: 'Timestamp is no date that exists.', zh: 'Timestamp 不是存在的日期。' },
  worker_sid_missing: { en: 'WorkerSid is missing or no id.', zh: '缺少 WorkerSid 或其不是有效的标识。' },
};

export function parkReason(reason: string): Localised {
  return PARK_REASONS[reason] ?? { en: reason, zh: reason };
}
