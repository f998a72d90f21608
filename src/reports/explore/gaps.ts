/** Why some figures of an answer have no value: said, so that nobody takes "—" for nothing happened. Pure. */
import { lacksStates, operandsOf } from '../../kpi/index.js';
import type { Localised } from '../../shared/api.js';
import type { ReportGap, ReportResult } from '../../shared/reports.js';
import { countsCustomers, needsFacts, statesMissing } from './groupings.js';
import { ownedMissing } from './owned.js';

const TEXTS: Record<ReportGap['code'], Localised> = {
  states_of_no_call: {
    en: 'Time in states belongs to no disposition and no number: such figures have no value here.',
    zh: '状态时长不属于任何通话结果或号码，此处相关指标无数值。',
  },
  states_of_no_campaign: {
    en: 'Time in states belongs to no campaign: what needs it has a value over all campaigns only.',
    zh: '状态时长不属于任何项目，相关指标仅在不分项目时有数值。',
  },
  customers_by_day: {
    en: 'Distinct customers are counted over whole business days: by the hour they have no value.',
    zh: '客户数按完整业务日去重统计，按小时等维度时无数值。',
  },
  ownership: {
    en: 'Customers are owned by agents, on whole business days: the touch rate is known by agent, team, day, week and month, and by nothing else.',
    zh: '客户归属于坐席并按完整业务日统计：客户翻动率仅可按坐席、团队、日、周、月查看，其他维度与筛选下无数值。',
  },
};
const isCustomers = (kpi: string): boolean =>
  operandsOf(kpi).some((operand) => operand === 'customers' || operand === 'customers_connected');
const isOwned = (kpi: string): boolean => operandsOf(kpi).includes('customers_owned');

type Asked = Pick<ReportResult, 'spec' | 'dates'>;

export function gapsOf({ spec, dates }: Asked): ReportGap[] {
  const { filters, kpis } = spec;
  const found = (code: ReportGap['code'], where: ReportGap['where'] | null, of: (kpi: string) => boolean) => {
    const missing = where === null ? [] : kpis.filter(of);
    return where === null || missing.length === 0 ? [] : [{ code, where, kpis: missing, text: TEXTS[code] }];
  };
  const states = statesMissing(spec);
  const anyCustomers = dates !== null && countsCustomers({ groupBy: [], filters });
  return [
    ...found(
      needsFacts(spec) ? 'states_of_no_call' : 'states_of_no_campaign',
      states === 'mixtures' ? 'everywhere' : states,
      (kpi) => lacksStates(kpi, states, 'rows'),
    ),
    ...found('customers_by_day', anyCustomers ? (countsCustomers(spec) ? null : 'rows') : 'everywhere', isCustomers),
    ...found('ownership', ownedMissing(spec, dates), isOwned),
  ];
}
