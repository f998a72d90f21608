/** How the rows about reports of one's own are asked for. */
import { agentId, bySum, named, type RequestPlan, teamId } from './matrix-plan.js';

const ASKED = '/api/v1/reports/explore?kpis=dials&range=today';

const DOCUMENT = '/api/v1/reports/explore/document?kpis=dials&range=today';

export const REPORTS: Record<string, RequestPlan> = {
  [`GET ${ASKED}`]: { sees: bySum },
  [`GET ${ASKED}&agent=:id`]: { ...named(agentId), sees: bySum },
  [`GET ${ASKED}&team=:id`]: { ...named(teamId), sees: bySum },
  [`GET ${DOCUMENT}&agent=:id`]: named(agentId),
};
