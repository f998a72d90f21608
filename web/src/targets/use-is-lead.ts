import { useQuery } from '@tanstack/react-query';
import { getSession } from '../api/index.js';

/** Whether somebody sees their own teams and not the whole organisation. */
export function useIsLead(): boolean {
  return useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 }).data?.user.role === 'supervisor';
}
