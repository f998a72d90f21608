import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const TARGETS_ERRORS = {
  period_closed: {
    status: 409,
    en: 'The month {month} is closed.',
    zh: '{month} 月度已结账。',
    fix: {
      en: 'A closed month stays closed: later corrections are shown as adjustments.',
      zh: '结账后不可重开，之后的更正会以调整明细列示。',
    },
  },
  period_not_over: {
    status: 409,
    en: 'The month {month} is not over at every site yet.',
    zh: '{month} 在部分职场尚未结束。',
    fix: { en: 'Close it once its last business day has ended.', zh: '请在该月最后一个业务日结束后再结账。' },
  },
  target_changed: {
    status: 409,
    en: 'Somebody has changed this target in the meantime (revision {revision} now).',
    zh: '该目标已被他人修改（当前为第 {revision} 版）。',
    fix: { en: 'Load it again, and make your change on that.', zh: '请重新载入后再修改。' },
  },
  target_currency_invalid: {
    status: 400,
    en: 'No campaign sells in {currency}.',
    zh: '没有项目使用币种 {currency}。',
    fix: { en: 'Use one of: {allowed}.', zh: '可用的币种：{allowed}。' },
  },
  target_dates_reversed: {
    status: 400,
    en: 'The target would end before it begins.',
    zh: '目标的结束日期早于开始日期。',
    fix: { en: 'Choose a later last day, or none.', zh: '请选择更晚的结束日期，或留空。' },
  },
  target_denominator_missing: {
    status: 400,
    en: '"{kpi}" does not say what it is a rate of.',
    zh: '“{kpi}”没有说明以什么为分母。',
    fix: {
      en: 'Name one of: {allowed}. 10 % of connects and 10 % of dials are very different days.',
      zh: '请选择其一：{allowed}。接通的 10% 与拨打的 10% 相差甚远。',
    },
  },
  target_exists: {
    status: 409,
    en: 'There is a target for this KPI and period from {date} on already.',
    zh: '该指标与周期从 {date} 起已有目标。',
    fix: { en: 'Change that one, or begin on another day.', zh: '请修改已有目标，或选择其他开始日期。' },
  },
  target_kpi_unknown: {
    status: 400,
    en: 'The KPI "{kpi}" cannot have a target.',
    zh: '指标“{kpi}”不能设置目标。',
    fix: {
      en: 'Choose one that GET /api/v1/kpis/catalog lists as available.',
      zh: '请从指标目录（GET /api/v1/kpis/catalog）中选择可用的指标。',
    },
  },
  target_limit_reached: {
    status: 409,
    en: 'There are {limit} targets already.',
    zh: '目标数量已达上限（{limit} 个）。',
    fix: { en: 'Delete those that are over.', zh: '请先删除已过期的目标。' },
  },
  target_locked_exceeds: {
    status: 409,
    en: 'Locked and fixed parts come to {fixed}, more than the {total} there are to share.',
    zh: '已锁定与手工填写的部分合计 {fixed}，超过可分解的 {total}。',
    fix: { en: 'Lower or unlock some of them.', zh: '请调低或解锁其中一部分。' },
  },
  target_not_additive: {
    status: 400,
    en: 'Parts of "{kpi}" do not add up to the whole.',
    zh: '“{kpi}”的各部分不能相加。',
    fix: {
      en: 'The same customer counts once in each team: set these targets one by one.',
      zh: '同一客户在各团队中分别计数，请逐一设置目标。',
    },
  },
  target_parts_none: {
    status: 409,
    en: 'There is nothing to share this target among.',
    zh: '没有可分解的下级。',
    fix: {
      en: 'Put teams below it or people into it first, or split it over a shorter period.',
      zh: '请先添加下级团队或成员，或改为按更短的周期分解。',
    },
  },
  target_sum_differs: {
    status: 400,
    en: 'The parts come to {sum}, the target is {total}.',
    zh: '各部分合计 {sum}，与目标 {total} 不符。',
    fix: { en: 'Adjust a part by the difference.', zh: '请调整其中一项，使合计一致。' },
  },
  target_value_invalid: {
    status: 400,
    en: 'A target of {kpi} must be {rule}.',
    zh: '{kpi} 的目标值不符合要求（{rule}）。',
    fix: {
      en: 'Counts, seconds and money are whole numbers above 0 (money in minor units), shares above 0.',
      zh: '计数、秒数与金额须为大于 0 的整数（金额以最小货币单位计），占比须大于 0。',
    },
  },
} as const satisfies Record<string, ErrorDefinition>;
