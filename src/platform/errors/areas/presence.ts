import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const PRESENCE_ERRORS = {
  pause_reason_used: {
    status: 409,
    en: 'The reason "{key}" is used and cannot be left out.',
    zh: '原因“{key}”已被使用，不能从列表中删除。',
    fix: {
      en: 'Archive it instead: it stays where it was used, and nobody can choose it any more.',
      zh: '请改为归档：历史记录保留该原因，但不可再选择。',
    },
  },
  reason_required: {
    status: 400,
    en: 'A pause needs a reason.',
    zh: '小休须选择原因。',
    fix: { en: 'Send `reason` as one of: {keys}.', zh: '请在 reason 中填写以下之一：{keys}。' },
  },
  reason_unknown: {
    status: 400,
    en: 'There is no pause reason "{key}" to choose.',
    zh: '没有可选的小休原因“{key}”。',
    fix: { en: 'Send one of: {keys}.', zh: '请填写以下之一：{keys}。' },
  },
  thresholds_unordered: {
    status: 400,
    en: 'The steps of "{state}" do not grow.',
    zh: '“{state}”的阈值未按从小到大排列。',
    fix: {
      en: 'Give one to six whole numbers of seconds, each greater than the one before, at most 86,400.',
      zh: '请填写 1 至 6 个整数秒，逐个递增，最大 86400。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
