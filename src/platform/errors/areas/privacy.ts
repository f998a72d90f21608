import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const PRIVACY_ERRORS = {
  already_erased: {
    status: 409,
    en: 'This person was erased; nothing of them is left to show or to erase.',
    zh: '该对象已被删除，没有可显示或可删除的个人信息。',
  },
  number_expired: {
    status: 409,
    en: 'All calls with this number were removed when they were old enough, and the number with them.',
    zh: '该号码的通话均已到期清除，号码也已一并清除。',
    fix: {
      en: 'It is kept again from the next call on.',
      zh: '再次通话后会重新保存。',
    },
  },
  number_in_use: {
    status: 409,
    en: 'This number is not a customer’s: it belongs to {owner}.',
    zh: '该号码不属于客户，而属于 {owner}。',
    fix: {
      en: 'Take it away from there first (Settings, People), then erase it.',
      zh: '请先在“设置 – 人员”中移除该号码，再执行删除。',
    },
  },
  number_unreadable: {
    status: 400,
    en: 'This is no phone number.',
    zh: '无法识别为电话号码。',
    fix: {
      en: 'Type it with its country code, e.g. +8613812345678, or as it is dialled within the country.',
      zh: '请输入带国家代码的号码（如 +8613812345678），或国内拨号格式。',
    },
  },
  reveal_too_many: {
    status: 429,
    en: 'Too many numbers were shown; try again in {seconds} seconds.',
    zh: '查看号码过于频繁，请在 {seconds} 秒后重试。',
  },
  search_too_many: {
    status: 429,
    en: 'Too many searches; try again in {seconds} seconds.',
    zh: '搜索过于频繁，请在 {seconds} 秒后重试。',
  },
} as const satisfies Record<string, ErrorDefinition>;
