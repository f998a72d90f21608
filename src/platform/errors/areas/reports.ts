import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const REPORTS_ERRORS = {
  ready_report_closed: {
    status: 403,
    en: 'The report “{name}” is not for you to open.',
    zh: '您无权打开报表“{name}”。',
    fix: {
      en: 'GET /api/v1/reports/ready lists those you may open; agents have their scorecard and their best hours.',
      zh: '可打开的报表见 GET /api/v1/reports/ready；坐席可查看自己的成绩单与最佳拨打时段。',
    },
  },
  report_agent_required: {
    status: 400,
    en: 'A scorecard is of exactly one agent.',
    zh: '成绩单须指定一位坐席。',
    fix: { en: 'Name one with “agent”.', zh: '请通过 agent 参数指定一位坐席。' },
  },
  report_compare_invalid: {
    status: 400,
    en: 'A report is compared either with a preset period, or with both the first day and the end of another one.',
    zh: '请选择一个预设对比周期，或同时给出对比周期的开始与结束。',
    fix: {
      en: 'Give "compare" alone, or "compareFrom" and "compareTo" together.',
      zh: '只填 compare，或同时填写 compareFrom 与 compareTo。',
    },
  },
  report_facts_too_long: {
    status: 400,
    en: 'Dispositions and own numbers are counted call by call, over {days} days at most.',
    zh: '按通话结果或外显号码统计需要逐条读取通话，最长 {days} 天。',
    fix: {
      en: 'Ask for a shorter range, or leave out the disposition and the own number.',
      zh: '请缩短时间范围，或去掉通话结果与外显号码。',
    },
  },
  report_groupings_invalid: {
    status: 400,
    en: 'A report is grouped by at most two different groupings.',
    zh: '报表最多按两个不同的维度分组。',
    fix: { en: 'Choose from: {allowed}.', zh: '可用的分组：{allowed}。' },
  },
  report_kpis_missing: {
    status: 400,
    en: 'The report asks for no KPI.',
    zh: '报表没有选择任何指标。',
    fix: {
      en: 'Name one or more ids of GET /api/v1/kpis/catalog in "kpis", separated by commas.',
      zh: '请在 kpis 中填写一个或多个指标 ID（见 GET /api/v1/kpis/catalog），以逗号分隔。',
    },
  },
  report_range_invalid: {
    status: 400,
    en: 'A report takes either a preset range, or both its first day and its end.',
    zh: '请选择一个预设时间范围，或同时给出开始与结束。',
    fix: { en: 'Give "range" alone, or "from" and "to" together.', zh: '只填 range，或同时填写 from 与 to。' },
  },
  report_team_hidden: {
    status: 403,
    en: 'Figures of a team are for whoever leads it.',
    zh: '团队数据仅团队负责人可见。',
    fix: { en: 'Compare with the previous period instead.', zh: '可以改为与上一周期比较。' },
  },
  report_team_needs_agent: {
    status: 400,
    en: 'Only agents can be compared with their team.',
    zh: '只有按坐席分组时才能与所在团队比较。',
    fix: { en: 'Group by agent, or compare with the previous period.', zh: '请按坐席分组，或改为与上一周期比较。' },
  },
  report_too_many_kpis: {
    status: 400,
    en: 'The report asks for {given} KPIs; {max} is the most.',
    zh: '报表选择了 {given} 个指标，最多 {max} 个。',
    fix: { en: 'Leave some out, or make two reports.', zh: '请减少指标，或拆成两份报表。' },
  },
  report_too_many_rows: {
    status: 400,
    en: 'The report would have more than {max} rows.',
    zh: '报表超过 {max} 行。',
    fix: {
      en: 'Ask for a shorter range, filter, or group more coarsely.',
      zh: '请缩短时间范围、添加筛选，或使用更粗的分组。',
    },
  },
  report_too_slow: {
    status: 503,
    en: 'Counting this call by call would have taken longer than {seconds} seconds.',
    zh: '逐条统计这些通话超过了 {seconds} 秒。',
    fix: {
      en: 'Ask for fewer days, or filter by agent, team or campaign.',
      zh: '请缩短时间范围，或按坐席、团队、项目筛选。',
    },
  },
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
