import type { ReadyReportId, ReadyReportView } from '../../../../src/shared/reports.js';

/** Ready-made reports by the question that brings people to them. Pure. */

export const READY_GROUPS = ['standing', 'people', 'why', 'trust'] as const;
export type ReadyGroup = (typeof READY_GROUPS)[number];

const GROUP_OF: Record<ReadyReportId, ReadyGroup> = {
  daily_floor: 'standing',
  target_attainment: 'standing',
  callbacks: 'standing',
  agent_scorecard: 'people',
  team_comparison: 'people',
  campaign_funnel: 'why',
  best_hours: 'why',
  dispositions: 'why',
  what_changed: 'why',
  data_quality: 'trust',
};

/** Groups in which there is something to open; a report this page does not know yet is among the first. */
export function groupsOf(views: readonly ReadyReportView[]): { group: ReadyGroup; views: ReadyReportView[] }[] {
  const groupOf = (view: ReadyReportView): ReadyGroup => GROUP_OF[view.id] ?? 'standing';
  return READY_GROUPS.map((group) => ({ group, views: views.filter((view) => groupOf(view) === group) })).filter(
    ({ views: held }) => held.length > 0,
  );
}
