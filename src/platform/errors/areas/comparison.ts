import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const COMPARISON_ERRORS = {
  comparison_for_leads: {
    status: 403,
    en: 'Comparing teams, and quadrants of people, are for those who lead people.',
    zh: '团队对比与人员四象限仅供管理人员使用。',
    fix: {
      en: 'Look at the leaderboard of your own team, or ask your supervisor.',
      zh: '请查看本团队的排行榜，或咨询您的主管。',
    },
  },
  comparison_range_no_period: {
    status: 400,
    en: 'Targets belong to a day, a week, a month, a quarter or a year; {from} to {to} is none of them.',
    zh: '目标按日、周、月、季度或年设定，{from} 至 {to} 不是其中任何一种周期。',
    fix: {
      en: 'Choose one day, a week from Monday on, or a whole month, quarter or year.',
      zh: '请选择一天、从周一开始的一周，或整月、整季度、整年。',
    },
  },
  date_only: {
    status: 400,
    en: '{name} must be a business day here.',
    zh: '{name} 在此处须为业务日期。',
    fix: { en: 'Send a date as YYYY-MM-DD.', zh: '请使用 YYYY-MM-DD 格式的日期。' },
  },
  kpi_not_comparable: {
    status: 400,
    en: 'People cannot be compared by “{id}” in this way.',
    zh: '“{id}”不能用于这种对比。',
    fix: {
      en: 'Choose another figure: improvement needs one with a good direction, quadrants need a rate, and attainment and pace are comparisons already (use mode=of_target).',
      zh: '请选择其他指标：进步榜需要有优劣方向的指标，四象限需要比率型指标；达成率与进度本身就是对比（请用 mode=of_target）。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
