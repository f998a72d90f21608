import type { ReadyReportId, ReportRangePreset, ReportSource } from '../../../src/shared/reports.js';
import type { ScheduleInput } from '../../../src/shared/schedules.js';

/** Packs for the usual meetings. Pure. */

export const TEMPLATES = ['weekly', 'monthly', 'daily'] as const;
export type Template = (typeof TEMPLATES)[number];

export type Draft = Omit<ScheduleInput, 'name'> & { name?: string };

const ready = (report: ReadyReportId, preset: ReportRangePreset): ReportSource => ({
  kind: 'ready',
  report,
  query: { range: { preset }, filters: {} },
});

const PACKS: Record<Template, Pick<ScheduleInput, 'sources' | 'rhythm' | 'workingDaysOnly'>> = {
  // 周会: how the week was, against the target, who, where it leaks, what changed.
  weekly: {
    sources: [
      ready('target_attainment', 'last_week'),
      ready('team_comparison', 'last_week'),
      ready('campaign_funnel', 'last_week'),
      ready('what_changed', 'last_week'),
      ready('best_hours', 'last_4_weeks'),
    ],
    rhythm: { every: 'week', weekday: 1, at: '08:30' },
    workingDaysOnly: true,
  },
  monthly: {
    sources: [
      ready('target_attainment', 'last_month'),
      ready('team_comparison', 'last_month'),
      ready('campaign_funnel', 'last_month'),
      ready('dispositions', 'last_month'),
      ready('callbacks', 'last_month'),
      ready('what_changed', 'last_month'),
      ready('best_hours', 'last_13_weeks'),
    ],
    rhythm: { every: 'month', day: 1, at: '09:00' },
    workingDaysOnly: true,
  },
  daily: {
    sources: [ready('daily_floor', 'yesterday')],
    rhythm: { every: 'day', at: '08:00' },
    workingDaysOnly: false,
  },
};

const USUAL = {
  format: 'pdf',
  zone: null,
  packLink: 'sign_in',
  packLinkUses: 1,
  destinations: [],
  active: true,
} satisfies Partial<Draft>;

export function draftOf(template: Template, language: 'en' | 'zh'): Draft {
  return { ...PACKS[template], ...USUAL, language };
}

/** Of one report somebody looks at. */
export function draftWith(source: ReportSource, language: 'en' | 'zh'): Draft {
  const { rhythm } = PACKS.weekly;
  return {
    sources: [source],
    rhythm,
    workingDaysOnly: false,
    ...USUAL,
    language,
  };
}
