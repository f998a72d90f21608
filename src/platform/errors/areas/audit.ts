import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const AUDIT_ERRORS = {
  audit_broken: {
    status: 500,
    en: 'The audit log does not prove itself at entry {seq}; nothing of it is removed from there on.',
    zh: '审计日志在第 {seq} 条处未通过校验，自该条起不会清除任何记录。',
    fix: { en: 'Run: npx tallyboard audit verify', zh: '请运行：npx tallyboard audit verify' },
  },
  audit_unavailable: {
    status: 503,
    en: 'The change was not made, because it could not be written to the audit log.',
    zh: '未能写入审计日志，因此本次更改没有生效。',
    fix: {
      en: 'Try again. If it stays so, an administrator should look at the server log.',
      zh: '请重试。如仍然失败，请管理员查看服务器日志。',
    },
  },
  keys_busy: {
    status: 409,
    en: 'Another command is changing the master keys right now.',
    zh: '另一条命令正在更换主密钥。',
    fix: { en: 'Wait until it is done, then try again.', zh: '请等其完成后重试。' },
  },
  keys_not_settled: {
    status: 409,
    en: 'The master key was rotated a moment ago, and a process may still be using the old one.',
    zh: '主密钥刚刚完成轮换，可能仍有进程在使用旧密钥。',
    fix: { en: 'Try again after {until}.', zh: '请在 {until} 之后重试。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
