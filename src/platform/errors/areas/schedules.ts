import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. Scheduled reports, and what is sent out of the house. */
export const SCHEDULES_ERRORS = {
  delivery_file_gone: {
    status: 410,
    en: 'The file of this run is not kept any more.',
    zh: '该次运行的文件已过保留期。',
    fix: { en: 'Run the schedule again to make a new one.', zh: '请立即运行一次以生成新文件。' },
  },
  delivery_in_progress: {
    status: 409,
    en: 'This delivery is on its way already.',
    zh: '该投递正在进行中。',
    fix: { en: 'Wait until it is sent or has failed.', zh: '请等待其发送成功或失败后再试。' },
  },
  delivery_interrupted: {
    status: 500,
    en: 'Sending was cut off {attempts} times before it was known how it went.',
    zh: '发送已中断 {attempts} 次，结果未知。',
    fix: {
      en: 'It may have arrived. The log of the server says why its process ended; then try again.',
      zh: '消息可能已送达。请先在服务器日志中查明进程退出的原因，再重试。',
    },
  },
  destination_answered: {
    status: 502,
    en: 'The other side answered with status {status}.',
    zh: '对方返回状态码 {status}。',
    fix: { en: 'Check the address, and what the other side logs.', zh: '请检查地址以及对方的日志。' },
  },
  destination_kind_changed: {
    status: 400,
    en: 'The kind of a destination cannot be changed.',
    zh: '不能更改投递目标的类型。',
    fix: { en: 'Remove it and add another.', zh: '请删除后重新添加。' },
  },
  destination_rejected: {
    status: 502,
    en: 'The other side refused the message: {code} {message}',
    zh: '对方拒收消息：{code} {message}',
    fix: {
      en: 'Check the address and the signing secret of the robot, and its keywords or allowed addresses.',
      zh: '请检查机器人的地址与加签密钥，以及关键词或 IP 白名单设置。',
    },
  },
  destination_removed: {
    status: 409,
    en: 'The destination was removed.',
    zh: '该投递目标已被删除。',
  },
  destination_too_large: {
    status: 413,
    en: 'The pack is larger than what this destination takes ({limit} MB).',
    zh: '报表包超过该投递目标的上限（{limit} MB）。',
    fix: { en: 'Send fewer reports, or another format.', zh: '请减少报表数量或更换格式。' },
  },
  destination_wrong_host: {
    status: 400,
    en: 'This is not the address of such a robot: it begins with {begins}.',
    zh: '这不是该类机器人的地址，应以 {begins} 开头。',
    fix: { en: 'Copy the address from the settings of the robot.', zh: '请从机器人设置中复制地址。' },
  },
  mail_not_set_up: {
    status: 409,
    en: 'No mail server is set up.',
    zh: '尚未配置邮件服务器。',
    fix: {
      en: 'Set SMTP_URL and MAIL_FROM, and start the server again.',
      zh: '请设置 SMTP_URL 与 MAIL_FROM 并重启服务。',
    },
  },
  mail_partly_refused: {
    status: 502,
    en: 'The mail server took the mail for some and refused {count} of the addresses.',
    zh: '邮件服务器接受了部分收件人，拒绝了 {count} 个地址。',
    fix: { en: 'Correct the addresses of this destination.', zh: '请更正该投递目标的收件地址。' },
  },
  mail_refused: {
    status: 502,
    en: 'The mail server refused the mail ({reason}).',
    zh: '邮件服务器拒收邮件（{reason}）。',
    fix: {
      en: 'Check MAIL_FROM, the sign-in in SMTP_URL, and the recipients.',
      zh: '请检查 MAIL_FROM、SMTP_URL 中的账号及收件人。',
    },
  },
  mail_unreachable: {
    status: 502,
    en: 'The mail server could not be reached ({reason}).',
    zh: '无法连接邮件服务器（{reason}）。',
    fix: { en: 'Check SMTP_URL and the way to that server.', zh: '请检查 SMTP_URL 及网络连通性。' },
  },
  outbound_address_invalid: {
    status: 400,
    en: 'This is not an address that can be sent to.',
    zh: '该地址不可用于发送。',
    fix: {
      en: 'Give a whole address that begins with https://, without a user name in it.',
      zh: '请填写以 https:// 开头的完整地址，且不含用户名。',
    },
  },
  outbound_address_refused: {
    status: 400,
    en: 'This address is inside the network or not of one host.',
    zh: '该地址位于内网，或不是单一主机地址。',
    fix: {
      en: 'Use an address of the internet, or have the administrator name the host in OUTBOUND_ALLOW.',
      zh: '请使用公网地址，或请管理员将该主机加入 OUTBOUND_ALLOW。',
    },
  },
  outbound_redirected: {
    status: 502,
    en: 'The other side answered with a redirect ({status}), which is not followed.',
    zh: '对方返回了重定向（{status}），系统不会跟随。',
    fix: { en: 'Give the address it redirects to.', zh: '请直接填写重定向后的地址。' },
  },
  outbound_reply_too_large: {
    status: 502,
    en: 'The answer of the other side is larger than {limit} bytes.',
    zh: '对方的响应超过 {limit} 字节。',
  },
  outbound_timeout: {
    status: 504,
    en: 'The other side did not answer within {seconds} s.',
    zh: '对方在 {seconds} 秒内没有响应。',
  },
  outbound_unreachable: {
    status: 502,
    en: 'The other side could not be reached ({reason}).',
    zh: '无法连接对方（{reason}）。',
    fix: { en: 'Check the address.', zh: '请检查地址。' },
  },
  pack_link_invalid: {
    status: 410,
    en: 'This link does not work any more.',
    zh: '该链接已失效。',
    fix: {
      en: 'Links work for 7 days and end with their schedule; ask whoever sends the reports, or wait for the next one.',
      zh: '链接 7 天内有效，定时报表删除或关闭链接后即失效；请联系发送人，或等待下一期报表。',
    },
  },
  pack_link_sign_in: {
    status: 403,
    en: 'This link works after sign-in only.',
    zh: '该链接需登录后使用。',
    fix: { en: 'Sign in, and open the link again.', zh: '请登录后重新打开该链接。' },
  },
  pack_outside_scope: {
    status: 403,
    en: 'This pack shows teams that you may not see.',
    zh: '该报表包含您无权查看的团队数据。',
    fix: { en: 'Ask whoever sends the reports.', zh: '请联系报表的发送人。' },
  },
  pack_too_slow: {
    status: 504,
    en: 'The pack took longer than ten minutes to write.',
    zh: '报表包生成超过十分钟，已中止。',
    fix: { en: 'Take fewer reports, or a shorter period.', zh: '请减少报表数量或缩短统计周期。' },
  },
  schedule_build_failed: {
    status: 500,
    en: 'The pack could not be made.',
    zh: '报表包生成失败。',
    fix: { en: 'Try again; the log of the server says why.', zh: '请重试；原因见服务器日志。' },
  },
  schedule_changed: {
    status: 409,
    en: 'Somebody has changed this schedule in the meantime (revision {revision} now).',
    zh: '该定时任务已被他人修改（当前为第 {revision} 版）。',
    fix: { en: 'Load it again, and make your change on that.', zh: '请重新载入后再修改。' },
  },
  schedule_needs_person: {
    status: 403,
    en: 'A schedule belongs to a person: a pack shows what that person may see.',
    zh: '定时任务必须归属于某个用户：报表包只包含该用户有权查看的数据。',
    fix: { en: 'Sign in to make one.', zh: '请登录后创建。' },
  },
  schedule_owner_lost: {
    status: 409,
    en: 'The owner of this schedule may not send reports any more.',
    zh: '该定时任务的负责人已无权发送报表。',
    fix: { en: 'An administrator can take it over.', zh: '可由管理员接管。' },
  },
  schedule_rhythm_invalid: {
    status: 400,
    en: 'A weekly schedule names a weekday, a monthly one a day of the month, a daily one neither.',
    zh: '每周任务需指定星期，每月任务需指定日期，每日任务两者都不填。',
  },
  schedules_too_many: {
    status: 409,
    en: 'There are {max} schedules already.',
    zh: '定时任务已达上限 {max} 个。',
    fix: { en: 'Delete one that is not needed.', zh: '请先删除不需要的任务。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
