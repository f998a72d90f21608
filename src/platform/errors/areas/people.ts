import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const PEOPLE_ERRORS = {
  address_invalid: {
    status: 400,
    en: 'This is not an address of the kind {kind}.',
    zh: '该内容不是有效的“{kind}”类地址。',
    fix: {
      en: 'Give it as the phone system does, without control characters and at most 256 characters; a phone number with its country code.',
      zh: '请按电话系统中的写法填写，不含控制字符，最长 256 个字符；电话号码请带国家代码。',
    },
  },
  address_taken: {
    status: 409,
    en: 'This address belongs to agent #{id}.',
    zh: '该地址已属于坐席 #{id}。',
    fix: {
      en: 'Send `move: true` to give it to this agent; its calls move too.',
      zh: '如需改归该坐席，请发送 move: true，相关通话会一并转移。',
    },
  },
  agent_gone: {
    status: 409,
    en: 'This agent was merged into another one or erased and cannot be changed any more.',
    zh: '该坐席已被合并或清除，无法再修改。',
    fix: { en: 'Change the agent it was merged into.', zh: '请修改合并后的坐席。' },
  },
  agent_not_new: {
    status: 409,
    en: 'This agent is not new any more.',
    zh: '该坐席已确认，不再是新坐席。',
    fix: {
      en: 'Move it to another team from a date on instead; past calls stay where they were made.',
      zh: '请改用“调组”，从指定时间起生效；已有通话保留在原团队。',
    },
  },
  campaign_currency_fixed: {
    status: 409,
    en: 'The currency cannot be changed: calls count for this campaign already.',
    zh: '币种无法修改：已有通话计入该项目。',
    fix: { en: 'Make another campaign with the new currency.', zh: '请用新币种另建项目。' },
  },
  campaign_key_taken: {
    status: 409,
    en: 'There is a campaign with this key already.',
    zh: '已存在使用该标识的项目。',
    fix: { en: 'Choose another key, or edit that campaign.', zh: '请更换标识，或直接编辑该项目。' },
  },
  dates_reversed: {
    status: 400,
    en: 'The last day lies before the first.',
    zh: '结束日期早于开始日期。',
    fix: { en: 'Swap the two dates.', zh: '请调换两个日期。' },
  },
  import_address_repeated: {
    status: 400,
    en: 'Line {line} has this address too.',
    zh: '第 {line} 行已使用该地址。',
    fix: { en: 'An address belongs to one agent.', zh: '一个地址只能属于一名坐席。' },
  },
  import_agent_ambiguous: {
    status: 400,
    en: 'This row fits several agents: {agents}.',
    zh: '该行对应多名坐席：{agents}。',
    fix: { en: 'Fill in the column `id`.', zh: '请填写 id 列。' },
  },
  import_agent_unknown: {
    status: 400,
    en: 'There is no agent with this id that could be changed.',
    zh: '没有可修改的该 id 坐席。',
    fix: {
      en: 'Leave `id` empty to make a new agent, or take it from an export.',
      zh: '新建坐席请将 id 留空，或使用导出文件中的 id。',
    },
  },
  import_column_missing: {
    status: 400,
    en: 'The file has no column `{column}`.',
    zh: '文件缺少 {column} 列。',
    fix: { en: 'The first line must name the columns: {allowed}.', zh: '首行须为列名：{allowed}。' },
  },
  import_column_repeated: {
    status: 400,
    en: 'The column `{column}` is there twice.',
    zh: '{column} 列重复出现。',
    fix: { en: 'Keep one of them.', zh: '请只保留一列。' },
  },
  import_column_unknown: {
    status: 400,
    en: 'There is no column `{column}`.',
    zh: '不支持 {column} 列。',
    fix: { en: 'Use these columns: {allowed}.', zh: '可用的列：{allowed}。' },
  },
  import_empty: {
    status: 400,
    en: 'The file has no rows.',
    zh: '文件中没有数据行。',
    fix: { en: 'Put one agent on each line below the header.', zh: '请在列名下方每行填写一名坐席。' },
  },
  import_encoding: {
    status: 400,
    en: 'The file is not UTF-8 text.',
    zh: '文件不是 UTF-8 编码的文本。',
    fix: { en: 'Save it as “CSV UTF-8”.', zh: '请另存为“CSV UTF-8”格式。' },
  },
  import_file_invalid: {
    status: 400,
    en: 'The file cannot be read as CSV from line {line} on.',
    zh: '文件自第 {line} 行起无法按 CSV 读取。',
    fix: {
      en: 'Check quotes and the number of cells of that line; cells are separated by commas.',
      zh: '请检查该行的引号与单元格数量；单元格以英文逗号分隔。',
    },
  },
  import_number_masked: {
    status: 400,
    en: 'A masked number is not one of this agent.',
    zh: '打码号码不属于该坐席。',
    fix: { en: 'Give the whole number, or leave the cell empty.', zh: '请填写完整号码，或留空。' },
  },
  import_row_repeated: {
    status: 400,
    en: 'Line {line} is about the same agent.',
    zh: '第 {line} 行已是同一名坐席。',
    fix: { en: 'Keep one line for each agent.', zh: '每名坐席只保留一行。' },
  },
  import_too_many: {
    status: 400,
    en: 'The file has more than {max} rows.',
    zh: '文件超过 {max} 行。',
    fix: { en: 'Split it.', zh: '请拆分后再导入。' },
  },
  import_value_invalid: {
    status: 400,
    en: 'This value cannot be used in the column `{column}`.',
    zh: '{column} 列不接受该值。',
    fix: { en: 'Use: {allowed}.', zh: '可用的值：{allowed}。' },
  },
  merge_impossible: {
    status: 400,
    en: 'These two cannot be merged.',
    zh: '这两名坐席无法合并。',
    fix: {
      en: 'Choose two different agents, neither of them merged or erased before.',
      zh: '请选择两名不同且均未被合并或清除的坐席。',
    },
  },
  name_taken: {
    status: 409,
    en: 'There is another one of this name in the same place.',
    zh: '同一位置已存在同名项。',
    fix: { en: 'Choose another name.', zh: '请更换名称。' },
  },
  number_taken: {
    status: 409,
    en: 'This number belongs to the campaign {campaign}.',
    zh: '该号码已属于项目 {campaign}。',
    fix: {
      en: 'Send `move: true` to give it to this one; its calls move too.',
      zh: '如需改归本项目，请发送 move: true，相关通话会一并转移。',
    },
  },
  shifts_overlap: {
    status: 400,
    en: 'Two shifts of weekday {weekday} overlap, or one is shorter than its break.',
    zh: '星期 {weekday} 的班次时间重叠，或班次短于休息时间。',
    fix: { en: 'Let each start when the one before has ended.', zh: '请让每个班次在上一班次结束后开始。' },
  },
  team_archived: {
    status: 409,
    en: 'This team is archived.',
    zh: '该团队已停用。',
    fix: { en: 'Choose another team, or take this one out of the archive.', zh: '请选择其他团队，或先恢复该团队。' },
  },
  team_circle: {
    status: 400,
    en: 'A team cannot lie below itself, nor more than {max} levels deep.',
    zh: '团队不能隶属于自身，层级也不能超过 {max} 级。',
    fix: { en: 'Choose another team above it.', zh: '请选择其他上级团队。' },
  },
  team_in_use: {
    status: 409,
    en: 'The team cannot be archived: it has members now or later, has teams below it, or takes new agents.',
    zh: '团队无法停用：仍有成员（含待调入）、下级团队，或新坐席归入该团队。',
    fix: {
      en: 'Move its members and the teams below it first, and let new agents go elsewhere.',
      zh: '请先转移其成员与下级团队，并将新坐席归入其他团队。',
    },
  },
  time_zone_unknown: {
    status: 400,
    en: 'This is not a time zone.',
    zh: '无法识别该时区。',
    fix: { en: 'Use an IANA name such as Asia/Shanghai.', zh: '请使用 IANA 时区名，例如 Asia/Shanghai。' },
  },
  valid_from_past: {
    status: 400,
    en: 'This setting counts from an instant on, and calls before now keep theirs.',
    zh: '该设置只能从某一时刻起生效，此前的通话不受影响。',
    fix: {
      en: 'Leave validFrom out (the next quarter hour), or give "now" or an instant to come.',
      zh: '请省略 validFrom（下一个整刻钟），或填写 "now" 或将来的时刻。',
    },
  },
  valid_from_uneven: {
    status: 400,
    en: 'A setting counts from a quarter hour on, at most two years ahead.',
    zh: '设置须从整刻钟起生效，且最多提前两年。',
    fix: {
      en: 'Give an instant such as 2026-12-01T00:00:00Z, at :00, :15, :30 or :45.',
      zh: '请填写如 2026-12-01T00:00:00Z 的时刻，分钟为 00、15、30 或 45。',
    },
  },
  version_in_force: {
    status: 409,
    en: 'This version counts already and cannot be taken back.',
    zh: '该版本已生效，无法撤回。',
    fix: { en: 'Make a new version from now on.', zh: '请从现在起新建一个版本。' },
  },
} as const satisfies Record<string, ErrorDefinition>;
