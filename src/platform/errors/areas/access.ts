import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const ACCESS_ERRORS = {
  key_expiry_invalid: {
    status: 400,
    en: 'A key must expire in the future and within five years.',
    zh: '密钥的到期时间必须在未来五年之内。',
    fix: { en: 'Choose a later day, or leave it empty.', zh: '请选择更晚的日期，或留空表示不过期。' },
  },
  key_scope_refused: {
    status: 403,
    en: 'A key cannot be given what its maker may not do: {scopes}.',
    zh: '密钥的权限不能超出创建者本人的权限：{scopes}。',
    fix: {
      en: 'Leave these out, or ask somebody who has them.',
      zh: '请去掉这些权限，或请拥有这些权限的同事创建。',
    },
  },
  keys_too_many: {
    status: 409,
    en: 'There are already {max} keys in use.',
    zh: '使用中的密钥已达 {max} 个上限。',
    fix: { en: 'Revoke one that nobody uses.', zh: '请先吊销不再使用的密钥。' },
  },
  oidc_account_disabled: {
    status: 403,
    en: 'Your account here was disabled.',
    zh: '您在本系统的账号已被停用。',
    fix: { en: 'Ask an administrator of Tallyboard.', zh: '请联系 Tallyboard 管理员。' },
  },
  oidc_attempt_unknown: {
    status: 400,
    en: 'This sign-in was not started in this browser, or it took longer than ten minutes.',
    zh: '该登录不是在本浏览器发起的，或已超过十分钟。',
    fix: { en: 'Start again from the sign-in page.', zh: '请从登录页重新开始。' },
  },
  oidc_no_role: {
    status: 403,
    en: 'You are known to the sign-in provider, but none of your groups may use Tallyboard.',
    zh: '登录服务认识您，但您所在的组均无权使用 Tallyboard。',
    fix: {
      en: 'Ask an administrator to put you into a group that OIDC_ROLES names.',
      zh: '请管理员将您加入 OIDC_ROLES 所列的组。',
    },
  },
  oidc_not_configured: {
    status: 404,
    en: 'Single sign-on is not set up here.',
    zh: '本系统未配置单点登录。',
    fix: { en: 'Set OIDC_ISSUER and what goes with it.', zh: '请配置 OIDC_ISSUER 等相关参数。' },
  },
  oidc_refused: {
    status: 403,
    en: 'The sign-in provider did not confirm who you are.',
    zh: '登录服务未能确认您的身份。',
    fix: {
      en: 'Try again; if it keeps failing, ask an administrator to look into the log.',
      zh: '请重试；若仍失败，请管理员查看日志。',
    },
  },
  oidc_team_unknown: {
    status: 403,
    en: 'Your group leads a team that does not exist here.',
    zh: '您所在的组对应的团队在本系统中不存在。',
    fix: {
      en: 'An administrator has to make the team, or correct its name in OIDC_ROLES.',
      zh: '请管理员创建该团队，或修正 OIDC_ROLES 中的团队名称。',
    },
  },
  oidc_unreachable: {
    status: 503,
    en: 'The sign-in provider does not answer.',
    zh: '登录服务没有响应。',
    fix: {
      en: 'Try again in a minute, or sign in with a password if you have one.',
      zh: '请稍后重试；如有密码，也可使用密码登录。',
    },
  },
  outside_scope: {
    status: 403,
    en: 'The filter “{name}” names somebody you may not see.',
    zh: '筛选条件“{name}”包含您无权查看的对象。',
    fix: {
      en: 'Leave it out: without it you see everything you may.',
      zh: '去掉该条件即可看到您有权查看的全部内容。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
