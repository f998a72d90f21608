import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const EXPORTS_ERRORS = {
  export_disk_full: {
    status: 507,
    en: 'The disk of the server is full, so the file could not be written.',
    zh: '服务器磁盘已满，文件无法写入。',
    fix: { en: 'Make room in DATA_DIR, then start the export again.', zh: '请清理 DATA_DIR 所在磁盘后重新导出。' },
  },
  export_erased: {
    status: 410,
    en: 'The file was deleted because somebody was erased who could have been in it.',
    zh: '有人的个人信息已被删除，而此文件可能包含该人，因此文件已删除。',
    fix: { en: 'Make the export again.', zh: '请重新导出。' },
  },
  export_expired: {
    status: 410,
    en: 'The file of this export was deleted when its time was over.',
    zh: '此导出文件已过保留期并被删除。',
    fix: { en: 'Make the export again.', zh: '请重新导出。' },
  },
  export_format_unfit: {
    status: 400,
    en: 'A list of calls or outcomes is CSV or XLSX, not PDF.',
    zh: '通话或结果明细只能导出为 CSV 或 XLSX，不支持 PDF。',
    fix: { en: 'Choose CSV or XLSX, or export a report as PDF.', zh: '请选择 CSV 或 XLSX；PDF 请导出报表。' },
  },
  export_interrupted: {
    status: 500,
    en: 'The export failed {attempts} times.',
    zh: '导出已失败 {attempts} 次。',
    fix: { en: 'Start it again; when it fails again, look at the log.', zh: '请重新导出；若仍失败，请查看日志。' },
  },
  export_link_invalid: {
    status: 410,
    en: 'This link has been used, is over, or never was one.',
    zh: '此下载链接已使用、已过期或无效。',
    fix: { en: 'Take a new one from the list of exports.', zh: '请在“导出”列表中重新获取下载链接。' },
  },
  export_not_ready: {
    status: 409,
    en: 'This export has no file: it is not finished, was cancelled, or failed.',
    zh: '此导出没有文件：尚未完成、已取消或已失败。',
  },
  export_numbers_refused: {
    status: 403,
    en: 'Full phone numbers need a right that you do not have.',
    zh: '您没有查看完整号码的权限。',
    fix: {
      en: 'Export with masked numbers, or ask an administrator for the right.',
      zh: '请导出脱敏号码，或联系管理员授权。',
    },
  },
  export_over: {
    status: 409,
    en: 'This export has ended already.',
    zh: '此导出已结束。',
  },
  export_rights_lost: {
    status: 403,
    en: 'Whoever made this export may not see what is in it any more.',
    zh: '创建此导出的人已无权查看其中的数据。',
  },
  export_too_large: {
    status: 400,
    en: 'The list has more than {max} rows.',
    zh: '明细超过 {max} 行。',
    fix: {
      en: 'Choose a shorter period or more filters. An administrator can raise EXPORT_MAX_ROWS.',
      zh: '请缩短时间范围或增加筛选条件；管理员可调高 EXPORT_MAX_ROWS。',
    },
  },
  export_workbook_too_large: {
    status: 400,
    en: 'The tables have {cells} cells, more than the {max} a workbook of a report holds.',
    zh: '表格共 {cells} 个单元格，超过报表工作簿上限 {max} 个。',
    fix: {
      en: 'Choose CSV, a shorter period, fewer KPIs, or one grouping less.',
      zh: '请改用 CSV，或缩短时间范围、减少指标或分组。',
    },
  },
  exports_too_many: {
    status: 429,
    en: '{max} of your exports wait or run already.',
    zh: '您已有 {max} 个导出正在排队或进行中。',
    fix: { en: 'Wait until one is done, or cancel one.', zh: '请等待其中一个完成，或取消一个。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
