/**
 * GET /api/v1/reports/choices (`kpis:read`) → ReportChoices: what the filters of reports offer beside agents, teams and
 * dispositions. Somebody with a limited scope gets the campaigns something of that scope has counted for.
 */
export interface ReportChoices {
  /** By name; what belongs to no campaign has the id 0 and is not in here. */
  campaigns: { id: number; name: string }[];
  /** Our own numbers of those campaigns: surrogate ids as `ReportFilters.callerNumbers` has them, masked like everywhere. */
  callerNumbers: { id: string; number: string; campaignId: number }[];
}
