export type { CallPlan } from './call-plan.js';
export { type DemoBatch, type DemoOptions, historyOf, liveFloor, shiftStartHour, todaySoFar, whenDue } from './demo.js';
export {
  ACCOUNT_SID,
  CAMPAIGNS,
  customerNumber,
  floorOf,
  type SimulatedAgent,
  type SimulatedCampaign,
  type SimulatedTeam,
  TEAMS,
} from './floor.js';
export { hexId, type Random, seeded } from './random.js';
export { agentCalls, callsAtRate, floorCalls, SHIFT_SECONDS, type Shift } from './shift.js';
export { type Postable, type PosterOptions, type PosterStats, SignedPoster } from './signed-poster.js';
export { type Disturbance, disturbed, webhookStream } from './stream.js';
export { type Detail, rawBodyOf, rfc2822, type SimulatedWebhook } from './webhooks.js';
