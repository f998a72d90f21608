import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const BOARDS_ERRORS = {
  board_changed: {
    status: 409,
    en: 'Somebody has changed this board in the meantime (revision {revision} now).',
    zh: '该看板已被他人修改（当前为第 {revision} 版）。',
    fix: { en: 'Load it again, and make your change on that.', zh: '请重新载入后再修改。' },
  },
  board_default: {
    status: 409,
    en: 'The default board cannot be deleted.',
    zh: '默认看板不能删除。',
    fix: { en: 'Arrange it as you like instead.', zh: '可以改为重新编排其内容。' },
  },
  board_exists: {
    status: 409,
    en: 'There is a board at the address "{id}" already.',
    zh: '地址“{id}”已被另一块看板使用。',
    fix: { en: 'Choose another address.', zh: '请换一个地址。' },
  },
  board_in_use: {
    status: 409,
    en: 'Screens show this board ({screens}).',
    zh: '仍有电视屏在显示该看板（{screens} 块）。',
    fix: { en: 'Switch them to another board first.', zh: '请先将它们切换到其他看板。' },
  },
  board_invalid: {
    status: 400,
    en: 'The board cannot be kept like this: {field}: {reason}',
    zh: '看板内容无法保存：{field}：{reason}',
    fix: { en: 'Correct this field; nothing was changed.', zh: '请修改该项；看板未作任何改动。' },
  },
  board_kpi_unknown: {
    status: 400,
    en: 'Tile "{tile}" asks for the KPI "{id}", which there is not (yet).',
    zh: '组件“{tile}”使用的指标“{id}”不存在或尚不可用。',
    fix: {
      en: 'Choose one that GET /api/v1/kpis/catalog lists as available.',
      zh: '请从指标目录（GET /api/v1/kpis/catalog）中选择可用的指标。',
    },
  },
  board_limit_reached: {
    status: 409,
    en: 'There are {limit} boards already.',
    zh: '看板数量已达上限（{limit} 块）。',
    fix: { en: 'Delete one that nobody needs.', zh: '请先删除不再需要的看板。' },
  },
  board_team_unknown: {
    status: 400,
    en: 'There is no team {id}.',
    zh: '没有编号为 {id} 的团队。',
    fix: { en: 'Choose teams of this organisation.', zh: '请选择本组织的团队。' },
  },
  board_tile_invalid: {
    status: 400,
    en: 'Tile "{tile}" cannot be kept like this: {field}: {reason}',
    zh: '组件“{tile}”的内容无法保存：{field}：{reason}',
    fix: { en: 'Correct this field of the tile; nothing was changed.', zh: '请修改该组件的这一项；看板未作任何改动。' },
  },
  board_tile_outside: {
    status: 400,
    en: 'Tile "{tile}" reaches beyond the page ({columns} × {rows} cells).',
    zh: '组件“{tile}”超出页面范围（{columns} × {rows} 格）。',
    fix: { en: 'Move it, or make it smaller.', zh: '请移动或缩小该组件。' },
  },
  board_tile_overlap: {
    status: 400,
    en: 'Tile "{tile}" lies over tile "{other}".',
    zh: '组件“{tile}”与“{other}”重叠。',
    fix: { en: 'Move one of them.', zh: '请移动其中一个。' },
  },
  board_unknown: {
    status: 400,
    en: 'There is no board "{id}".',
    zh: '没有看板“{id}”。',
    fix: { en: 'Choose one of GET /api/v1/boards.', zh: '请从看板列表（GET /api/v1/boards）中选择。' },
  },
  pairing_busy: {
    status: 503,
    en: 'Too many screens are waiting to be paired; this one tries again by itself.',
    zh: '等待配对的电视屏过多，本屏稍后会自动重试。',
  },
  pairing_code_throttled: {
    status: 429,
    en: 'Too many wrong codes; try again in {seconds} seconds.',
    zh: '配对码错误次数过多，请在 {seconds} 秒后重试。',
  },
  pairing_code_wrong: {
    status: 400,
    en: 'No screen shows this code now.',
    zh: '当前没有电视屏显示该配对码。',
    fix: {
      en: 'Type the six digits the screen shows now; each code is good for ten minutes and for one use.',
      zh: '请输入电视屏当前显示的六位数字；每个配对码十分钟内有效，且只能使用一次。',
    },
  },
  pairing_over: {
    status: 404,
    en: 'This pairing is over.',
    zh: '本次配对已结束。',
    fix: { en: 'Start a new one.', zh: '请重新开始配对。' },
  },
  pairing_throttled: {
    status: 429,
    en: 'Too many pairings from this address; try again in {seconds} seconds.',
    zh: '该网络地址的配对请求过多，请在 {seconds} 秒后重试。',
  },
} as const satisfies Record<string, ErrorDefinition>;
