import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const ME_ERRORS = {
  not_an_agent: {
    status: 404,
    en: 'Your account does not say which agent on the phone you are.',
    zh: '您的账号尚未关联话务坐席。',
    fix: {
      en: 'An administrator sets it under Settings → Users. My day then shows your own calls and targets.',
      zh: '请管理员在“设置 → 用户”中关联；关联后“我的一天”即显示您本人的通话与目标。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
