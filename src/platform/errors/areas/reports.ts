import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const REPORTS_ERRORS = {
  saved_report_exists: {
    status: 409,
    en: 'You have a saved report "{name}" already.',
    zh: '您已有名为“{name}”的报表。',
    fix: { en: 'Choose another name, or change that one.', zh: '请换一个名称，或直接修改原报表。' },
  },
  saved_report_invalid: {
    status: 400,
    en: 'The report cannot be kept like this: {field}: {reason}',
    zh: '报表无法保存：{field}：{reason}',
    fix: { en: 'Correct this field; nothing was changed.', zh: '请修改该项；未作任何改动。' },
  },
  saved_report_limit_reached: {
    status: 409,
    en: 'You keep {limit} reports already.',
    zh: '您保存的报表已达上限（{limit} 份）。',
    fix: { en: 'Delete one you do not need.', zh: '请先删除不再需要的报表。' },
  },
  saved_report_not_yours: {
    status: 403,
    en: 'This report belongs to somebody else.',
    zh: '该报表由他人保存，您不能修改。',
    fix: { en: 'Make a copy of it and change that.', zh: '可以另存为自己的副本后再修改。' },
  },
  saved_report_reach: {
    status: 403,
    en: 'You cannot share a report this far.',
    zh: '您不能将报表共享到该范围。',
    fix: {
      en: 'Keep it for yourself or share it with a team you lead; who sees the organisation can share it with everybody.',
      zh: '可以仅自己使用，或共享给您负责的团队；能查看全组织数据的人员才能共享给全组织。',
    },
  },
  saved_report_team_unknown: {
    status: 400,
    en: 'There is no team {id} to share it with.',
    zh: '没有可共享的团队 {id}。',
    fix: { en: 'Choose a team you see.', zh: '请选择您能查看的团队。' },
  },
  saved_report_unreadable: {
    status: 409,
    en: 'This report was saved by another version and cannot be read.',
    zh: '该报表由其他版本保存，当前版本无法读取。',
    fix: { en: 'Build it anew under Explore and delete this one.', zh: '请在自助分析中重新配置，并删除该报表。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
