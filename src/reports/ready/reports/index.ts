import type { ReadyReportId } from '../../../shared/reports.js';
import type { ReadyReport } from '../ready-report.js';
import { AGENT_SCORECARD } from './agent-scorecard.js';
import { BEST_HOURS } from './best-hours.js';
import { CALLBACKS } from './callbacks.js';
import { CAMPAIGN_FUNNEL } from './campaign-funnel.js';
import { DAILY_FLOOR } from './daily-floor.js';
import { DATA_QUALITY } from './data-quality.js';
import { DISPOSITIONS } from './dispositions.js';
import { TARGET_ATTAINMENT } from './target-attainment.js';
import { TEAM_COMPARISON } from './team-comparison.js';
import { WHAT_CHANGED } from './what-changed.js';

export const REPORTS: Readonly<Record<ReadyReportId, ReadyReport>> = {
  daily_floor: DAILY_FLOOR,
  agent_scorecard: AGENT_SCORECARD,
  target_attainment: TARGET_ATTAINMENT,
  team_comparison: TEAM_COMPARISON,
  campaign_funnel: CAMPAIGN_FUNNEL,
  best_hours: BEST_HOURS,
  dispositions: DISPOSITIONS,
  callbacks: CALLBACKS,
  data_quality: DATA_QUALITY,
  what_changed: WHAT_CHANGED,
};
