/** How the rows of the OData feed are asked for. */
import { type Asked, agentId, callId, NOBODY, type RequestPlan, teamId } from './matrix-plan.js';
import { TARGETS } from './matrix-target-requests.js';

type Ids = NonNullable<RequestPlan['ids']>;

/** What stands in the brackets. */
const keyed = (ids: Ids, write: (id: string | number) => string | number = (id) => id): RequestPlan => ({
  ids: async (asked) => ({ key: write((await ids(asked)).id ?? '') }),
});
const quoted = (id: string | number): string => `'${id}'`;
const dayOf = ({ world, who, of }: Asked): string => {
  const agent = of === 'none' ? NOBODY : world.agents[who];
  return `business_date=2026-05-05,agent_id=${agent},team_id=${world.teams[who]}`;
};
const SLOT = 'slot_start=2026-05-04T23:45:00Z';
const target: Ids = (asked) => TARGETS['GET /api/v1/targets/:id']?.ids?.(asked) ?? { id: NOBODY };

export const ODATA: Record<string, RequestPlan> = {
  'GET /odata/v4/Targets': { ids: TARGETS['GET /api/v1/targets']?.ids ?? (() => ({})) },
  'GET /odata/v4/KpiByDay(:key)': { ids: (asked) => ({ key: `${dayOf(asked)},campaign_id=1` }) },
  'GET /odata/v4/KpiByInterval(:key)': { ids: (asked) => ({ key: `${SLOT},${dayOf(asked)},campaign_id=1` }) },
  'GET /odata/v4/KpiByAgentDay(:key)': { ids: (asked) => ({ key: dayOf(asked) }) },
  'GET /odata/v4/KpiByAgentInterval(:key)': { ids: (asked) => ({ key: `${SLOT},${dayOf(asked)}` }) },
  'GET /odata/v4/Agents(:key)': keyed(agentId),
  'GET /odata/v4/Teams(:key)': keyed(teamId),
  'GET /odata/v4/Campaigns(:key)': keyed(({ of }) => ({ id: of === 'none' ? NOBODY : 1 })),
  'GET /odata/v4/Calls(:key)': keyed(callId, quoted),
  'GET /odata/v4/Outcomes(:key)': keyed(
    ({ who, of }) => ({ id: of === 'none' ? 'none' : `key:bootstrap|of-${who}` }),
    quoted,
  ),
  'GET /odata/v4/Targets(:key)': keyed(target),
};
