/** The filters of a question in words, one a line. */
import type { Localised } from '../../shared/api.js';
import type { ReportFilters, ReportGrouping } from '../../shared/reports.js';
import { GROUPING_NAMES, labelOfKey, pad } from './labels.js';
import type { NamedGrouping, NamesRepository } from './names.repository.js';

const NAMED_FILTERS = {
  agents: 'agent',
  teams: 'team',
  campaigns: 'campaign',
  dispositions: 'disposition',
  callerNumbers: 'caller_number',
} as const satisfies Partial<Record<keyof ReportFilters, NamedGrouping>>;
const TIME_FILTERS = {
  weekdays: 'weekday',
  hoursOfDay: 'hour_of_day',
  intervals: 'interval',
} as const satisfies Partial<Record<keyof ReportFilters, ReportGrouping>>;

export async function filterWords(filters: ReportFilters, names: NamesRepository): Promise<Localised[]> {
  const lines: Localised[] = [];
  for (const [key, grouping] of Object.entries(NAMED_FILTERS)) {
    const values = filters[key as keyof typeof NAMED_FILTERS]?.map(String) ?? [];
    if (values.length === 0) continue;
    const found = await names.of(grouping, values);
    lines.push(
      line(
        grouping,
        values.map((value) => found.get(value) ?? { en: value, zh: value }),
      ),
    );
  }
  for (const [key, grouping] of Object.entries(TIME_FILTERS)) {
    const values = filters[key as keyof typeof TIME_FILTERS] ?? [];
    const keys = values.map((value) => (grouping === 'hour_of_day' ? pad(value) : String(value)));
    if (keys.length > 0)
      lines.push(
        line(
          grouping,
          keys.map((one) => labelOfKey(grouping, one)),
        ),
      );
  }
  return lines;
}

function line(grouping: ReportGrouping, labels: Localised[]): Localised {
  const name = GROUPING_NAMES[grouping];
  return {
    en: `${name.en}: ${labels.map((label) => label.en).join(', ')}`,
    zh: `${name.zh}：${labels.map((label) => label.zh).join('、')}`,
  };
}
