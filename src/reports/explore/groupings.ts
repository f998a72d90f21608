/**
 * What rows can be grouped by, as SQL over a row `r` with its team, business date and quarter hour; `local` is the time at
 * the team's site. A closed list: nothing of a request gets into a statement.
 */
import { type StatesMissing, statesMissingIn } from '../../kpi/index.js';
import type { ReportFilters, ReportGrouping } from '../../shared/reports.js';

interface Grouping {
  /** Needs quarter hours; the others can be read from whole days. */
  ofSlots: boolean;
  /** Rows of customer_day have it. */
  ofCustomers: boolean;
  /** Only calls and outcomes have it. */
  ofFacts: boolean;
}

const DAY: Grouping = { ofSlots: false, ofCustomers: true, ofFacts: false };
const SLOT: Grouping = { ofSlots: true, ofCustomers: false, ofFacts: false };
const FACT: Grouping = { ofSlots: false, ofCustomers: true, ofFacts: true };

export const GROUPINGS: Record<ReportGrouping, Grouping> = {
  agent: DAY,
  team: DAY,
  campaign: DAY,
  disposition: FACT,
  caller_number: FACT,
  hour_of_day: SLOT,
  weekday: DAY,
  interval: SLOT,
  hour: SLOT,
  day: DAY,
  week: DAY,
  month: DAY,
};

/** Groupings whose keys are consecutive stretches of time. */
export const TIME_AXES: ReadonlySet<ReportGrouping> = new Set(['hour', 'day', 'week', 'month']);

/** Days since a Monday: whole numbers cost less than parts of a date. */
const SINCE_MONDAY = `((r.business_date - DATE '1900-01-01') % 7)`;
const WEEKDAY = `(${SINCE_MONDAY} + 1)`;
const HOUR_OF_DAY = 'extract(hour FROM r.local_time)::integer';
const INTERVAL = '(extract(hour FROM r.local_time) * 4 + floor(extract(minute FROM r.local_time) / 15))::integer';

/** `zone`: place of a parameter, the zone hours are counted in. */
export function keySql(grouping: ReportGrouping, zone: () => string): string {
  switch (grouping) {
    case 'agent':
    case 'team':
    case 'campaign':
      return `r.${grouping}_id`;
    case 'disposition':
      return 'coalesce(r.disposition_id, 0)';
    case 'caller_number':
      return 'coalesce(r.number_id, 0)';
    case 'hour_of_day':
      return HOUR_OF_DAY;
    case 'weekday':
      return WEEKDAY;
    case 'interval':
      return INTERVAL;
    case 'hour':
      // Keeps the offset of the instant: the hour a clock shows twice stays two.
      return `(extract(epoch FROM date_trunc('hour', r.slot_start, ${zone()})) * 1000)::bigint`;
    case 'day':
      return 'r.business_date';
    case 'week':
      return `r.business_date - ${SINCE_MONDAY}`;
    case 'month':
      return `to_char(r.business_date, 'YYYY-MM')`;
  }
}

type AddParameter = (value: unknown, type: string) => string;

/** Conditions of the filters, all of which have to be met. */
export function filterSql(filters: ReportFilters, add: AddParameter): string[] {
  const among = (sql: string, values: readonly (number | string)[] | undefined, type = 'integer[]'): string[] =>
    values === undefined || values.length === 0 ? [] : [`${sql} = ANY(${add([...values], type)})`];
  return [
    ...among('r.agent_id', filters.agents),
    ...among('r.team_id', filters.teams),
    ...among('r.campaign_id', filters.campaigns),
    ...among('coalesce(r.disposition_id, 0)', filters.dispositions),
    ...among('coalesce(r.number_id, 0)', filters.callerNumbers, 'bigint[]'),
    ...among(HOUR_OF_DAY, filters.hoursOfDay),
    ...among(WEEKDAY, filters.weekdays),
    ...among(INTERVAL, filters.intervals),
  ];
}

interface Asked {
  groupBy: readonly ReportGrouping[];
  filters: ReportFilters;
}
const given = (values: readonly unknown[] | undefined): boolean => values !== undefined && values.length > 0;

export function needsLocalTime({ groupBy, filters }: Asked): boolean {
  const grouped = groupBy.some((one) => one === 'hour_of_day' || one === 'interval');
  return grouped || given(filters.hoursOfDay) || given(filters.intervals);
}

export function needsSlots(asked: Asked): boolean {
  return needsLocalTime(asked) || asked.groupBy.some((one) => GROUPINGS[one].ofSlots);
}

export function needsFacts({ groupBy, filters }: Asked): boolean {
  return groupBy.some((one) => GROUPINGS[one].ofFacts) || given(filters.dispositions) || given(filters.callerNumbers);
}

/** Customers are known by the day: rows by the hour have none. */
export function countsCustomers({ groupBy, filters }: Asked): boolean {
  return groupBy.every((one) => GROUPINGS[one].ofCustomers) && !given(filters.hoursOfDay) && !given(filters.intervals);
}

/** Where time in states has no value: it belongs to no call, and to no campaign. */
export function statesMissing({ groupBy, filters }: Asked): StatesMissing {
  if (needsFacts({ groupBy, filters })) return 'everywhere';
  return statesMissingIn(groupBy.includes('campaign'), filters.campaigns);
}
