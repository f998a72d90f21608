import { useQuery } from '@tanstack/react-query';
import { getSession } from '../api/index.js';

/** The zone in which the organisation reads its days; undefined until it is known. */
export function useOrganisationZone(): string | undefined {
  return useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 }).data?.timeZone;
}
