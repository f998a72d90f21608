/** Words of groupings and of keys that have no name of their own. Pure. */
import type { Localised } from '../../shared/api.js';
import type { ReportGrouping } from '../../shared/reports.js';

export const GROUPING_NAMES: Record<ReportGrouping, Localised> = {
  agent: { en: 'Agent', zh: '坐席' },
  team: { en: 'Team', zh: '团队' },
  campaign: { en: 'Campaign', zh: '项目' },
  disposition: { en: 'Disposition', zh: '通话结果' },
  caller_number: { en: 'Own number', zh: '外显号码' },
  hour_of_day: { en: 'Hour of day', zh: '时段（小时）' },
  weekday: { en: 'Weekday', zh: '星期' },
  interval: { en: 'Quarter hour', zh: '时段（15 分钟）' },
  hour: { en: 'Hour', zh: '小时' },
  day: { en: 'Day', zh: '日期' },
  week: { en: 'Week', zh: '周' },
  month: { en: 'Month', zh: '月份' },
};

export const UNASSIGNED_LABEL: Record<'agent' | 'team' | 'campaign' | 'disposition' | 'caller_number', Localised> = {
  agent: { en: 'Unassigned', zh: '未归属' },
  team: { en: 'No team', zh: '无团队' },
  campaign: { en: 'No campaign', zh: '无项目' },
  disposition: { en: 'No disposition', zh: '未登记结果' },
  caller_number: { en: 'No number', zh: '无号码' },
};
export const UNKNOWN_NUMBER: Localised = { en: 'Number erased', zh: '号码已删除' };

const WEEKDAYS: Localised[] = [
  { en: 'Monday', zh: '周一' },
  { en: 'Tuesday', zh: '周二' },
  { en: 'Wednesday', zh: '周三' },
  { en: 'Thursday', zh: '周四' },
  { en: 'Friday', zh: '周五' },
  { en: 'Saturday', zh: '周六' },
  { en: 'Sunday', zh: '周日' },
];

/** Of keys that say themselves what they are. */
export function labelOfKey(grouping: ReportGrouping, key: string): Localised {
  switch (grouping) {
    case 'hour_of_day':
      return both(`${key}:00–${pad((Number(key) + 1) % 24)}:00`);
    case 'interval':
      return both(`${pad(Math.floor(Number(key) / 4))}:${pad((Number(key) % 4) * 15)}`);
    case 'weekday':
      return WEEKDAYS[Number(key) - 1] ?? both(key);
    case 'week':
      return { en: `Week of ${key}`, zh: `${key} 当周` };
    default:
      return both(key);
  }
}

export function both(text: string): Localised {
  return { en: text, zh: text };
}

export function pad(number: number): string {
  return String(number).padStart(2, '0');
}
