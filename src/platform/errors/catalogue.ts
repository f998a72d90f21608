import { ACCESS_ERRORS } from './areas/access.js';
import { AUDIT_ERRORS } from './areas/audit.js';
import { BOARDS_ERRORS } from './areas/boards.js';
import { COMPARISON_ERRORS } from './areas/comparison.js';
import { EXPORTS_ERRORS } from './areas/exports.js';
import { ME_ERRORS } from './areas/me.js';
import { ODATA_ERRORS } from './areas/odata.js';
import { OUTCOMES_ERRORS } from './areas/outcomes.js';
import { PEOPLE_ERRORS } from './areas/people.js';
import { PRESENCE_ERRORS } from './areas/presence.js';
import { PRIVACY_ERRORS } from './areas/privacy.js';
import { REPORTS_ERRORS } from './areas/reports.js';
import { SCHEDULES_ERRORS } from './areas/schedules.js';
import { TARGETS_ERRORS } from './areas/targets.js';
import type { ErrorDefinition } from './error-definition.js';

export type { ErrorDefinition };

/**
 * Every error this product can report, sorted by code within an area (`areas/` holds those of settings and people). A code never changes its meaning and is never reused;
 * docs/errors.md is generated from this table (`npm run docs`). `{name}` is replaced by the parameter of that name.
 */
const COMMON_ERRORS = {
  body_too_large: {
    status: 413,
    en: 'The request body is larger than {limit} bytes.',
    zh: '请求正文超过 {limit} 字节。',
  },
  choice_unknown: {
    status: 400,
    en: '{name} does not take this value.',
    zh: '{name} 不接受该值。',
    fix: { en: 'Use one of: {allowed}.', zh: '可用的值：{allowed}。' },
  },
  config_invalid: {
    status: 500,
    en: 'The settings are not usable:\n{problems}',
    zh: '配置无法使用：\n{problems}',
  },
  csrf_header_missing: {
    status: 403,
    en: 'A request that changes something must carry the header X-Tallyboard: 1.',
    zh: '修改数据的请求必须带有请求头 X-Tallyboard: 1。',
  },
  cursor_invalid: {
    status: 400,
    en: 'The cursor is not one this address gave out.',
    zh: '该游标不是由此地址给出的。',
    fix: { en: 'Start again without a cursor.', zh: '请去掉 cursor 重新查询。' },
  },
  data_dir_in_use: {
    status: 500,
    en: 'Another Tallyboard (process {pid}) is already running on the data directory {dir}.',
    zh: '另一个 Tallyboard（进程 {pid}）已在使用数据目录 {dir}。',
    fix: {
      en: 'Stop that process first, or give this one its own DATA_DIR and PORT.',
      zh: '请先停止该进程，或为本进程设置单独的 DATA_DIR 与 PORT。',
    },
  },
  data_dir_mismatch: {
    status: 500,
    en: 'The data directory {dir} was made by a {found} run, and this is a {wanted} run.',
    zh: '数据目录 {dir} 由 {found} 模式创建，而当前是 {wanted} 模式。',
    fix: {
      en: 'Set DATA_DIR to another directory: a demo never touches real data, nor the other way round.',
      zh: '请将 DATA_DIR 指向另一个目录：演示数据与真实数据互不混用。',
    },
  },
  database_embedded_failed: {
    status: 500,
    en: 'The embedded PostgreSQL could not be started: {reason}',
    zh: '内置 PostgreSQL 无法启动：{reason}',
    fix: {
      en: 'Read the end of {log}; or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      zh: '请查看 {log} 末尾；或将 DATABASE_URL 指向自有的 PostgreSQL 15 及以上版本。',
    },
  },
  database_embedded_unsupported: {
    status: 500,
    en: 'There is no embedded PostgreSQL for {platform}, or it was not installed.',
    zh: '没有适用于 {platform} 的内置 PostgreSQL，或尚未安装。',
    fix: {
      en: 'Run `npm ci`; where that does not help, set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      zh: '请运行 `npm ci`；若无效，请将 DATABASE_URL 指向自有的 PostgreSQL 15 及以上版本。',
    },
  },
  database_embedded_user: {
    status: 500,
    en: 'PostgreSQL does not run as root, and {reason}.',
    zh: 'PostgreSQL 不能以 root 身份运行，且 {reason}。',
    fix: {
      en: 'Run as an ordinary user, move the checkout and DATA_DIR out of directories only root may enter, or set DATABASE_URL.',
      zh: '请以普通用户运行，或将代码目录与 DATA_DIR 移出仅 root 可进入的目录，或设置 DATABASE_URL。',
    },
  },
  database_newer: {
    status: 500,
    en: 'The database was migrated by a newer version ({migrations} unknown here).',
    zh: '数据库已由更新的版本迁移（本版本不认识 {migrations}）。',
    fix: { en: 'Run that version or a later one.', zh: '请使用该版本或更新的版本。' },
  },
  database_refused: {
    status: 500,
    en: 'The database answers but cannot be used: {reason}',
    zh: '数据库有响应但无法使用：{reason}',
    fix: {
      en: 'Check DATABASE_URL: user, password, database name, TLS.',
      zh: '请检查 DATABASE_URL：用户、密码、库名与 TLS。',
    },
  },
  database_unavailable: {
    status: 503,
    en: 'The database does not answer: {reason}',
    zh: '数据库没有响应：{reason}',
    fix: { en: 'Start it, or check DATABASE_URL.', zh: '请启动数据库，或检查 DATABASE_URL。' },
  },
  forbidden: { status: 403, en: 'You may not do this.', zh: '您无权执行此操作。' },
  form_field_too_long: {
    status: 400,
    en: 'A form field is longer than allowed.',
    zh: '表单字段超出允许长度。',
  },
  form_media_type: {
    status: 400,
    en: 'Webhooks take application/x-www-form-urlencoded bodies in UTF-8.',
    zh: '回调只接受 UTF-8 编码的 application/x-www-form-urlencoded 正文。',
  },
  form_not_utf8: {
    status: 400,
    en: 'The form is not valid UTF-8.',
    zh: '表单不是有效的 UTF-8 编码。',
  },
  form_too_large: {
    status: 400,
    en: 'The form is larger than 65,536 bytes.',
    zh: '表单超过 65,536 字节。',
  },
  form_too_many_fields: {
    status: 400,
    en: 'The form has more than 300 fields.',
    zh: '表单字段超过 300 个。',
  },
  id_invalid: {
    status: 400,
    en: '{name} must be one id or several separated by commas, {max} at most.',
    zh: '{name} 必须是一个 ID，或以逗号分隔的多个 ID（最多 {max} 个）。',
  },
  internal: { status: 500, en: 'Something went wrong on our side.', zh: '服务器内部错误。' },
  kpi_unknown: {
    status: 400,
    en: 'There is no KPI {id}.',
    zh: '不存在指标 {id}。',
    fix: { en: 'GET /api/v1/kpis/catalog lists them all.', zh: 'GET /api/v1/kpis/catalog 列出全部指标。' },
  },
  login_failed: { status: 401, en: 'E-mail or password is wrong.', zh: '邮箱或密码错误。' },
  login_throttled: {
    status: 429,
    en: 'Too many failed attempts; try again in {seconds} seconds.',
    zh: '失败次数过多，请在 {seconds} 秒后重试。',
  },
  master_key_mismatch: {
    status: 500,
    en: 'The key file {file} holds key {found}, but the database was encrypted with key {expected}.',
    zh: '密钥文件 {file} 中是密钥 {found}，而数据库由密钥 {expected} 加密。',
    fix: {
      en: 'Restore the right key file, or set MASTER_KEY_FILE to it.',
      zh: '请恢复正确的密钥文件，或将 MASTER_KEY_FILE 指向它。',
    },
  },
  master_key_missing: {
    status: 500,
    en: 'The database holds data encrypted with key {expected}, but the key file {file} does not exist.',
    zh: '数据库中的数据由密钥 {expected} 加密，但密钥文件 {file} 不存在。',
    fix: {
      en: 'Restore that file from your backup, or set MASTER_KEY_FILE to where it is. A new key cannot read the old data.',
      zh: '请从备份恢复该文件，或将 MASTER_KEY_FILE 指向它。新密钥无法读取旧数据。',
    },
  },
  master_key_unsafe: {
    status: 500,
    en: 'The key file {file} cannot be used: {reason}.',
    zh: '密钥文件 {file} 无法使用：{reason}。',
    fix: {
      en: 'It must hold 64 hexadecimal digits and be readable by its owner only: chmod 600.',
      zh: '文件须包含 64 位十六进制数字，且仅属主可读：chmod 600。',
    },
  },
  method_not_allowed: { status: 405, en: 'This address does not take this method.', zh: '该地址不支持此方法。' },
  migration_failed: {
    status: 500,
    en: 'The database schema could not be brought up to date: {reason}',
    zh: '数据库结构升级失败：{reason}',
    fix: {
      en: 'Nothing was changed by the failed step. Report this with the sentence above.',
      zh: '失败的步骤未做任何更改。请连同以上信息反馈。',
    },
  },
  not_found: { status: 404, en: 'There is nothing at this address.', zh: '该地址没有内容。' },
  number_invalid: {
    status: 400,
    en: '{name} must be a whole number from {min} to {max}.',
    zh: '{name} 必须是 {min} 到 {max} 之间的整数。',
  },
  origin_not_allowed: {
    status: 403,
    en: 'Requests from this origin are not accepted.',
    zh: '不接受来自此来源的请求。',
  },
  parameter_repeated: {
    status: 400,
    en: '{name} is given more than once.',
    zh: '参数 {name} 重复。',
  },
  parameter_unknown: {
    status: 400,
    en: 'There is no parameter {name} here.',
    zh: '此处没有参数 {name}。',
    fix: { en: 'The parameters are: {allowed}.', zh: '可用参数：{allowed}。' },
  },
  port_in_use: {
    status: 500,
    en: 'Port {port} on {host} is taken by another program.',
    zh: '{host} 的端口 {port} 已被其他程序占用。',
    fix: { en: 'Stop that program or set PORT to another number.', zh: '请停止该程序，或将 PORT 设为其他端口。' },
  },
  range_empty: {
    status: 400,
    en: 'The range is empty: to must be after from.',
    zh: '时间范围为空：to 必须晚于 from。',
    fix: {
      en: 'A range is half-open: for one day, to is the next day.',
      zh: '范围左闭右开：查询一天时，to 应为次日。',
    },
  },
  range_too_long: {
    status: 400,
    en: 'The range is longer than {days} days.',
    zh: '时间范围超过 {days} 天。',
    fix: { en: 'Ask for a shorter range or for a coarser grouping.', zh: '请缩短范围，或使用更粗的分组。' },
  },
  rate_limited: { status: 429, en: 'Too many requests; slow down.', zh: '请求过于频繁，请稍后再试。' },
  request_invalid: { status: 400, en: 'The request is not valid: {reason}', zh: '请求无效：{reason}' },
  signature_invalid: {
    status: 403,
    en: 'The signature does not match this request.',
    zh: '签名与该请求不匹配。',
    fix: {
      en: "Set TWILIO_AUTH_TOKEN to the account's auth token and PUBLIC_URL to the address Twilio calls, character for character.",
      zh: '将 TWILIO_AUTH_TOKEN 设为账户的 auth token，并将 PUBLIC_URL 设为 Twilio 调用的地址，须逐字符一致。',
    },
  },
  signature_missing: {
    status: 403,
    en: 'The request is not signed.',
    zh: '该请求没有签名。',
  },
  time_invalid: {
    status: 400,
    en: '{name} is neither a date nor an instant with its offset.',
    zh: '{name} 既不是日期，也不是带时区偏移的时刻。',
    fix: {
      en: 'Write a date such as 2026-03-14 or an instant such as 2026-03-14T09:15:00Z.',
      zh: '请写成日期（如 2026-03-14）或时刻（如 2026-03-14T09:15:00Z）。',
    },
  },
  time_off_slot: {
    status: 400,
    en: '{name} is not on a 15-minute boundary.',
    zh: '{name} 不在 15 分钟边界上。',
    fix: { en: 'Use {earlier} or {later}.', zh: '请使用 {earlier} 或 {later}。' },
  },
  twilio_not_configured: {
    status: 403,
    en: 'Twilio is not set up here.',
    zh: '此处尚未配置 Twilio。',
    fix: {
      en: 'Set TWILIO_AUTH_TOKEN and start again.',
      zh: '请设置 TWILIO_AUTH_TOKEN 并重新启动。',
    },
  },
  unauthenticated: { status: 401, en: 'Sign in first.', zh: '请先登录。' },
  unavailable: {
    status: 503,
    en: 'The service is not ready; try again shortly.',
    zh: '服务尚未就绪，请稍后重试。',
  },
  unsupported_media_type: {
    status: 415,
    en: 'This address does not take bodies of type {type}.',
    zh: '该地址不支持 {type} 类型的正文。',
  },
} as const satisfies Record<string, ErrorDefinition>;

export const ERROR_CATALOGUE = {
  ...COMMON_ERRORS,
  ...ACCESS_ERRORS,
  ...AUDIT_ERRORS,
  ...BOARDS_ERRORS,
  ...COMPARISON_ERRORS,
  ...ME_ERRORS,
  ...PRESENCE_ERRORS,
  ...OUTCOMES_ERRORS,
  ...PEOPLE_ERRORS,
  ...PRIVACY_ERRORS,
  ...EXPORTS_ERRORS,
  ...ODATA_ERRORS,
  ...REPORTS_ERRORS,
  ...SCHEDULES_ERRORS,
  ...TARGETS_ERRORS,
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

export function errorDefinition(code: ErrorCode): ErrorDefinition {
  return ERROR_CATALOGUE[code];
}
