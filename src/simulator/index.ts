export type { CallPlan } from './call-plan.js';
export {
  type DemoBatch,
  type DemoOptions,
  demoTimeZone,
  historyOf,
  liveFloor,
  shiftStartHour,
  todaySoFar,
  whenDue,
} from './demo.js';
export { driveLiveFloor, type LiveDrive, USUAL_DISTURBANCE } from './drive-floor.js';
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
export {
  LEG_EVENTS,
  type Leg,
  type LegEvent,
  type LegProgress,
  progressForm,
  progressOf,
  rawBodyOf,
  rfc2822,
} from './leg-report.js';
export { postStream, type SimulatedOutcome, type SimulatedPost } from './posts.js';
export { hexId, type Random, seeded } from './random.js';
export {
  agentCalls,
  callsAtRate,
  type FloorItem,
  floorCalls,
  floorItems,
  SHIFT_SECONDS,
  type Shift,
} from './shift.js';
export { type Postable, type PosterOptions, type PosterStats, SignedPoster } from './signed-poster.js';
export { type Disturbance, disturbed, webhookStream } from './stream.js';
export type { Detail, SimulatedWebhook } from './webhooks.js';
