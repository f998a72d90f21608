import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const AUDIT_ERRORS = {
  audit_unavailable: {
    status: 503,
    en: 'The change was not made, because it could not be written to the audit log.',
    zh: '未能写入审计日志，因此本次更改没有生效。',
    fix: {
      en: 'Try again. If it stays so, an administrator should look at the server log.',
      zh: '请重试。如仍然失败，请管理员查看服务器日志。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
