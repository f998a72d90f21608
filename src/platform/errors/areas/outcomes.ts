import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const OUTCOMES_ERRORS = {
  campaign_unknown: {
    status: 400,
    en: 'There is no campaign with the key "{campaign}".',
    zh: '不存在标识为“{campaign}”的项目。',
    fix: {
      en: 'Give the key of a campaign under Settings → Campaigns, or leave it out: then the call says it.',
      zh: '请填写“设置 → 项目”中的项目标识；不填则以通话所属项目为准。',
    },
  },
  disposition_amount_without_sale: {
    status: 400,
    en: 'An amount can be required of a sale only.',
    zh: '只有成交类结果才能要求填写金额。',
    fix: { en: 'Set the flag "sale", or do not require the amount.', zh: '请勾选“成交”标记，或取消必填金额。' },
  },
  disposition_archived: {
    status: 400,
    en: 'The disposition "{key}" is archived and cannot be chosen any more.',
    zh: '通话结果“{key}”已归档，不能再选用。',
    fix: {
      en: 'Choose another one, or take it out of the archive under Settings → Dispositions.',
      zh: '请改选其他结果，或在“设置 → 通话结果”中恢复启用。',
    },
  },
  disposition_flags_fixed: {
    status: 409,
    en: 'Its flags cannot be changed: outcomes have this disposition, and what they counted would change.',
    zh: '标记无法修改：已有记录使用该通话结果，改动会影响既有统计。',
    fix: {
      en: 'Archive it and make another one with the new flags.',
      zh: '请将其归档，并用新的标记另建一个。',
    },
  },
  disposition_key_taken: {
    status: 409,
    en: 'There is a disposition with this key already.',
    zh: '已存在使用该标识的通话结果。',
    fix: { en: 'Choose another key, or edit that disposition.', zh: '请更换标识，或直接编辑该结果。' },
  },
  disposition_of_other_campaign: {
    status: 400,
    en: 'The disposition "{key}" belongs to another campaign.',
    zh: '通话结果“{key}”属于其他项目。',
    fix: {
      en: 'Choose one of the campaign, or one that every campaign has.',
      zh: '请选择本项目或全部项目通用的结果。',
    },
  },
  disposition_unknown: {
    status: 400,
    en: 'There is no disposition with the key "{key}".',
    zh: '不存在标识为“{key}”的通话结果。',
    fix: {
      en: 'GET /api/v1/dispositions lists the keys; make it under Settings → Dispositions.',
      zh: '可通过 GET /api/v1/dispositions 查看标识，或在“设置 → 通话结果”中新建。',
    },
  },
  do_not_call_reason_missing: {
    status: 400,
    en: 'Say why the number is taken off the list.',
    zh: '请填写移出名单的原因。',
    fix: {
      en: 'Send `reason`; it stays with the entry, as does who did it.',
      zh: '请填写 reason；该原因与操作人会一并保留。',
    },
  },
  not_listed: {
    status: 409,
    en: 'This customer is not on the do-not-call list.',
    zh: '该客户不在免打扰名单中。',
    fix: { en: 'Load the list again.', zh: '请刷新名单。' },
  },
  outcome_agent_unknown: {
    status: 400,
    en: 'There is no such agent.',
    zh: '不存在该坐席。',
    fix: {
      en: 'Give the id of an agent, or a name the phone system uses for them.',
      zh: '请填写坐席编号，或该坐席在电话系统中的名称。',
    },
  },
  outcome_callback_missed: {
    status: 409,
    en: 'The time of this callback has passed without a call, and it counts as missed.',
    zh: '该预约回访已过约定时间且未拨打，已计为错过。',
    fix: {
      en: 'Call the customer and enter a new outcome; whoever leads the team can correct this one.',
      zh: '请致电客户并登记新的结果；如需更正此条，请联系团队主管。',
    },
  },
  outcome_currency_differs: {
    status: 400,
    en: 'The campaign counts in {currency}.',
    zh: '该项目以 {currency} 计算。',
    fix: {
      en: 'Give the amount in the minor units of that currency, or name the campaign it belongs to.',
      zh: '请以该币种的最小单位填写金额，或指明所属项目。',
    },
  },
  outcome_field_missing: {
    status: 400,
    en: 'The disposition "{key}" needs {name}.',
    zh: '通话结果“{key}”必须填写 {name}。',
    fix: {
      en: 'Send it together with the disposition; it has been required under Settings → Dispositions.',
      zh: '请与通话结果一并提交；该字段已在“设置 → 通话结果”中设为必填。',
    },
  },
  outcome_not_yours: {
    status: 403,
    en: '“{name}” names somebody, or a call of somebody, you may not enter outcomes for.',
    zh: '“{name}”指向您无权登记结果的人员或通话。',
    fix: {
      en: 'Enter your own, or those of the teams you lead.',
      zh: '请登记本人或您所带团队的通话结果。',
    },
  },
  outcome_nothing_said: {
    status: 400,
    en: 'The outcome says nothing.',
    zh: '该结果没有任何内容。',
    fix: {
      en: 'Give at least one of disposition, sale, callbackAt, note, cancelled.',
      zh: '请至少填写 disposition、sale、callbackAt、note、cancelled 之一。',
    },
  },
  outcome_sale_contradicts: {
    status: 400,
    en: 'There is an amount, but "{key}" is not a sale.',
    zh: '填写了金额，但“{key}”不是成交类结果。',
    fix: {
      en: 'Choose a disposition with the flag "sale", or leave the amount out.',
      zh: '请选择成交类结果，或不填金额。',
    },
  },
  outcome_time_ahead: {
    status: 400,
    en: 'The time lies more than a day ahead.',
    zh: '该时间晚于当前时间一天以上。',
    fix: { en: 'Give the time of the outcome itself.', zh: '请填写结果发生的时间。' },
  },
  outcomes_too_many: {
    status: 400,
    en: 'At most {max} outcomes in one request.',
    zh: '一次最多提交 {max} 条结果。',
    fix: { en: 'Send the rest in further requests.', zh: '请分批提交。' },
  },
  owner_span_reversed: {
    status: 400,
    en: 'The time it ends must lie behind the time it begins.',
    zh: '结束时间必须晚于开始时间。',
    fix: { en: 'Correct one of the two.', zh: '请修正其中之一。' },
  },
  text_too_long: {
    status: 400,
    en: '{name} has more than {max} characters.',
    zh: '{name} 超过 {max} 个字符。',
    fix: { en: 'Shorten it.', zh: '请缩短内容。' },
  },
  time_in_future: {
    status: 400,
    en: '{name} lies in the future.',
    zh: '{name} 晚于当前时间。',
    fix: {
      en: 'Give a time that has passed, or leave it out: then it is now.',
      zh: '请填写过去的时间；不填则为当前时间。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
