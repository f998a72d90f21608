import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const ACCESS_ERRORS = {
  email_taken: {
    status: 409,
    en: 'Somebody with this e-mail exists already.',
    zh: '该邮箱已有用户。',
    fix: { en: 'Change that person instead, or use another address.', zh: '请修改已有用户，或使用其他邮箱。' },
  },
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
  key_team_scope_refused: {
    status: 403,
    en: 'A key limited to teams cannot be given what concerns the whole organisation: {scopes}.',
    zh: '限定团队的密钥不能授予涉及全公司的权限：{scopes}。',
    fix: {
      en: 'Leave these out, or make a second key for the whole organisation that has them.',
      zh: '请去掉这些权限，或另建一个不限团队的密钥来使用这些权限。',
    },
  },
  key_team_unknown: {
    status: 400,
    en: 'There is no team {id} a key could be limited to.',
    zh: '没有编号为 {id} 的团队，密钥无法限定于它。',
    fix: {
      en: 'Name teams by the ids that GET /api/v1/teams gives; leave teams out for the whole organisation.',
      zh: '请使用 GET /api/v1/teams 返回的团队编号；不填团队表示可见全公司。',
    },
  },
  keys_too_many: {
    status: 409,
    en: 'There are already {max} keys in use.',
    zh: '使用中的密钥已达 {max} 个上限。',
    fix: { en: 'Revoke one that nobody uses.', zh: '请先吊销不再使用的密钥。' },
  },
  last_administrator: {
    status: 409,
    en: 'This is the last administrator who can sign in.',
    zh: '这是最后一位可登录的管理员。',
    fix: {
      en: 'Make somebody else an administrator first; they must have signed in once.',
      zh: '请先将其他人设为管理员，并确认其已能登录。',
    },
  },
  link_invalid: {
    status: 404,
    en: 'This link does not work any more: it was used, replaced, or its time is over.',
    zh: '该链接已失效：可能已使用、已被替换或已过期。',
    fix: { en: 'Ask whoever gave it to you for a new one.', zh: '请向发给您链接的人索取新链接。' },
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
  oidc_email_taken: {
    status: 409,
    en: 'There is already an account with your e-mail address here, and it is not yours to take over.',
    zh: '本系统已有使用该邮箱的账号，单点登录不会接管它。',
    fix: {
      en: 'Sign in with its password, or ask an administrator to delete it or to change its address.',
      zh: '请使用该账号的密码登录，或请管理员删除该账号或更改其邮箱。',
    },
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
  own_account: {
    status: 403,
    en: 'For yourself, this is done on your account page.',
    zh: '请在“我的账号”页面为自己办理此项操作。',
    fix: { en: 'There you confirm it with your password.', zh: '在该页面需以密码确认。' },
  },
  own_rights: {
    status: 403,
    en: 'Nobody changes their own rights.',
    zh: '不能更改自己的权限。',
    fix: { en: 'Ask another administrator.', zh: '请联系其他管理员。' },
  },
  password_common: {
    status: 400,
    en: 'This password would be guessed: it is on lists of stolen passwords, follows a pattern, or is made of your name.',
    zh: '该密码容易被猜中：出现在泄露名单中、有规律可循，或由您的姓名组成。',
    fix: {
      en: 'Take four words that have nothing to do with each other, or let a password manager make one.',
      zh: '可用四个互不相关的词组成，或由密码管理器生成。',
    },
  },
  password_missing: {
    status: 409,
    en: 'This account has no password: it signs in elsewhere.',
    zh: '该账号没有密码，通过单点登录进入。',
  },
  password_too_long: {
    status: 400,
    en: 'A password has at most {max} characters.',
    zh: '密码最多 {max} 个字符。',
  },
  password_too_short: {
    status: 400,
    en: 'A password has at least {min} characters.',
    zh: '密码至少 {min} 个字符。',
    fix: { en: 'Several words make it long and easy to keep in mind.', zh: '用几个词组成，既够长又好记。' },
  },
  password_wrong: {
    status: 403,
    en: 'This is not your present password.',
    zh: '当前密码不正确。',
  },
  rights_exceed_own: {
    status: 403,
    en: 'This concerns rights that you do not have yourself.',
    zh: '此操作涉及您本人没有的权限。',
    fix: { en: 'Ask somebody who has them.', zh: '请联系拥有这些权限的同事。' },
  },
  totp_already_on: {
    status: 409,
    en: 'The second factor is on already.',
    zh: '两步验证已开启。',
    fix: { en: 'Turn it off first to set up another device.', zh: '如需更换设备，请先关闭。' },
  },
  totp_code_wrong: {
    status: 400,
    en: 'This code is not the one the app shows now.',
    zh: '验证码与验证器当前显示的不一致。',
    fix: {
      en: 'Wait for the next code; check that the clock of the phone is set automatically.',
      zh: '请等待下一个验证码，并确认手机时间为自动设置。',
    },
  },
  totp_not_started: {
    status: 409,
    en: 'The second factor is not being set up.',
    zh: '尚未开始设置两步验证。',
    fix: { en: 'Start again from your account page.', zh: '请在“我的账号”页面重新开始。' },
  },
  totp_off: {
    status: 409,
    en: 'The second factor is off.',
    zh: '两步验证未开启。',
  },
  totp_required: {
    status: 401,
    en: 'Enter the code of your authenticator app.',
    zh: '请输入验证器中的验证码。',
    fix: { en: 'A recovery code works too.', zh: '也可使用恢复码。' },
  },
  totp_wrong: {
    status: 401,
    en: 'This code is wrong or was used already.',
    zh: '验证码错误或已使用过。',
    fix: { en: 'Wait for the next code of the app, or use a recovery code.', zh: '请等待下一个验证码，或使用恢复码。' },
  },
  user_agent_unknown: {
    status: 400,
    en: 'There is no such agent.',
    zh: '没有该坐席。',
  },
  user_disabled: {
    status: 409,
    en: 'This person was disabled.',
    zh: '该用户已停用。',
    fix: { en: 'An administrator can enable them again.', zh: '管理员可重新启用该用户。' },
  },
  user_team_unknown: {
    status: 400,
    en: 'One of these teams does not exist.',
    zh: '其中有不存在的团队。',
  },
  user_unknown: {
    status: 404,
    en: 'Nobody signs in with this e-mail.',
    zh: '没有使用该邮箱的用户。',
    fix: {
      en: 'Write it as the page Users shows it; ADMIN_EMAIL names the first administrator.',
      zh: '请按“用户”页面所示填写；首位管理员的邮箱见 ADMIN_EMAIL。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
