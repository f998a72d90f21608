/** How the rows about ready-made reports are asked for: the query says which report a row is about. */
import { agentId, NOBODY, type RequestPlan, teamId } from './matrix-plan.js';
import { PEOPLE, type Person } from './matrix-world.js';

const READY = 'GET /api/v1/reports/ready/:report';

/** The numbers of calls are 1, 2 and 4: the dials of the headline say whose calls are in it. */
function byHeadline(answer: string): Person[] {
  const { headline } = JSON.parse(answer) as { headline: { kpi: string; value: number }[] };
  const dials = headline.find(({ kpi }) => kpi === 'dials')?.value ?? 0;
  return (Object.keys(PEOPLE) as Person[]).filter((person) => (dials & PEOPLE[person].calls) !== 0);
}

export const READY_REPORTS: Record<string, RequestPlan> = {
  [READY]: { ids: () => ({ report: NOBODY }) },
  [`${READY}?range=today`]: { ids: () => ({ report: 'daily_floor' }), sees: byHeadline },
  [`${READY}?range=today&team=:id`]: { ids: (asked) => ({ report: 'daily_floor', ...teamId(asked) }) },
  [`${READY}?range=today&agent=:id`]: { ids: (asked) => ({ report: 'agent_scorecard', ...agentId(asked) }) },
  [`${READY}?range=this_week`]: { ids: () => ({ report: 'best_hours' }) },
  [`${READY}?range=yesterday`]: { ids: () => ({ report: 'data_quality' }) },
};
