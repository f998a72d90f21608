/** What closed time in agent states adds to the sums. Pure. It belongs to no campaign: campaign 0. */
import type { PlacedTimes } from '../../calls/index.js';
import { emptyMeasures } from '../catalog/measures.js';
import type { Contribution } from './contribution.js';

export function contributionOfTime(time: PlacedTimes): Contribution {
  const { slotStart, businessDate, agentId, teamId, available_ms, on_call_ms, wrap_up_ms, paused_ms } = time;
  const measures = { ...emptyMeasures(), available_ms, on_call_ms, wrap_up_ms, paused_ms };
  return { slotStart, businessDate, agentId, teamId, campaignId: 0, measures };
}
