import { useQuery } from '@tanstack/react-query';
import type { SavedReportView } from '../../../../src/shared/saved-reports.js';
import { getSavedReports } from '../../api/index.js';
import { SAVED_KEY } from './keys.js';

/** Reports kept by or shared with this person, and how far they may share. */
export function useSavedReports() {
  return useQuery({ queryKey: SAVED_KEY, queryFn: getSavedReports, staleTime: 30_000 });
}

/** The one of an address; undefined while it is not known, and when it is gone or not theirs to see. */
export function useSavedReport(id: number | null): SavedReportView | undefined {
  return useSavedReports().data?.reports.find((report) => report.id === id);
}
