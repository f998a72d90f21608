import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const ODATA_ERRORS = {
  odata_format_unsupported: {
    status: 406,
    en: 'The feed answers {allowed} only.',
    zh: '该数据源仅支持 {allowed} 格式。',
    fix: {
      en: 'Leave out $format and Accept, or ask for {allowed}.',
      zh: '请去掉 $format 与 Accept，或指定为 {allowed}。',
    },
  },
  odata_function_arguments: {
    status: 400,
    en: '{name} at character {position} takes {count} argument(s).',
    zh: '第 {position} 个字符处的 {name} 需要 {count} 个参数。',
  },
  odata_function_unknown: {
    status: 400,
    en: 'There is no function “{name}” (character {position}).',
    zh: '不存在函数“{name}”（第 {position} 个字符）。',
    fix: {
      en: 'Use contains, startswith, endswith, concat, tolower, toupper, trim, length, year, month, day, hour, minute, second or date.',
      zh: '可用函数：contains、startswith、endswith、concat、tolower、toupper、trim、length、year、month、day、hour、minute、second、date。',
    },
  },
  odata_key_invalid: {
    status: 400,
    en: 'The key in brackets does not fit {set}.',
    zh: '括号中的键与 {set} 不符。',
    fix: { en: 'It is written like {example}.', zh: '写法示例：{example}。' },
  },
  odata_literal_invalid: {
    status: 400,
    en: 'There is no such {type} (character {position} of {option}).',
    zh: '{option} 第 {position} 个字符处的 {type} 值无效。',
    fix: {
      en: 'Dates are written 2026-11-22, instants 2026-11-22T08:00:00Z, texts in single quotes.',
      zh: '日期写作 2026-11-22，时刻写作 2026-11-22T08:00:00Z，文本用单引号。',
    },
  },
  odata_not_supported: {
    status: 501,
    en: 'The feed does not answer “{what}”.',
    zh: '该数据源不支持“{what}”。',
    fix: {
      en: 'It answers $filter, $select, $orderby, $top, $skip and $count; group and add up in your tool.',
      zh: '支持 $filter、$select、$orderby、$top、$skip、$count；分组与汇总请在您的工具中完成。',
    },
  },
  odata_option_invalid: {
    status: 400,
    en: '{option} does not take this value.',
    zh: '{option} 不接受该值。',
    fix: { en: 'It takes {allowed}.', zh: '可用的值：{allowed}。' },
  },
  odata_option_unknown: {
    status: 400,
    en: 'There is no query option {option}.',
    zh: '不存在查询选项 {option}。',
    fix: { en: 'Use {allowed}.', zh: '可用：{allowed}。' },
  },
  odata_property_unfilterable: {
    status: 400,
    en: '{name} is made for showing: it cannot be filtered or sorted by (character {position} of {option}).',
    zh: '{name} 仅供展示，不能用于筛选或排序（{option} 第 {position} 个字符）。',
    fix: { en: 'Use customer_id.', zh: '请使用 customer_id。' },
  },
  odata_property_unknown: {
    status: 400,
    en: '{set} has no property “{name}” (character {position} of {option}).',
    zh: '{set} 没有属性“{name}”（{option} 第 {position} 个字符）。',
    fix: { en: 'GET /odata/v4/$metadata lists the properties.', zh: '全部属性见 GET /odata/v4/$metadata。' },
  },
  odata_resource_unknown: {
    status: 404,
    en: 'There is no such thing in the feed.',
    zh: '数据源中没有该资源。',
    fix: { en: 'GET /odata/v4/ lists the entity sets.', zh: '全部实体集见 GET /odata/v4/。' },
  },
  odata_skiptoken_invalid: {
    status: 400,
    en: 'This is not the address of a page of this query.',
    zh: '该地址不是此查询的分页地址。',
    fix: { en: 'Start again without $skiptoken.', zh: '请去掉 $skiptoken 重新读取。' },
  },
  odata_syntax: {
    status: 400,
    en: '{option} cannot be read at character {position}: {expected} is expected there.',
    zh: '{option} 在第 {position} 个字符处无法解析：此处应为 {expected}。',
  },
  odata_too_complex: {
    status: 400,
    en: '{option} is longer than {length} characters or more than {depth} levels deep.',
    zh: '{option} 超过 {length} 个字符或嵌套超过 {depth} 层。',
    fix: { en: 'Ask in several parts.', zh: '请分多次查询。' },
  },
  odata_too_slow: {
    status: 503,
    en: 'The query took longer than {seconds} seconds and was stopped.',
    zh: '查询超过 {seconds} 秒，已停止。',
    fix: {
      en: 'Filter by business_date (of Calls also by started_at), so that less is read at once.',
      zh: '请按 business_date（Calls 也可按 started_at）筛选，减少一次读取的数据量。',
    },
  },
  odata_type_mismatch: {
    status: 400,
    en: '“{operation}” at character {position} of {option} does not go with {types}.',
    zh: '{option} 第 {position} 个字符处的“{operation}”不适用于 {types}。',
  },
  odata_value_out_of_range: {
    status: 400,
    en: 'A value in the query is larger than the database can compare.',
    zh: '查询中的某个值超出了数据库可比较的范围。',
  },
  odata_version_unsupported: {
    status: 400,
    en: 'The feed speaks OData 4.0 and later.',
    zh: '该数据源使用 OData 4.0 及以上版本。',
    fix: { en: 'Choose an OData v4 connector.', zh: '请选择 OData v4 连接器。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
