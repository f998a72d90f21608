import { useQuery } from '@tanstack/react-query';
import type { Permission } from '../../../src/shared/access.js';
import { getSession } from '../api/index.js';

function useUser() {
  return useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 }).data?.user;
}

/** Whether to offer something; the server decides again. False while it is not known. */
export function useMay(permission: Permission): boolean {
  return useUser()?.permissions.includes(permission) ?? false;
}

/** The page of customers is for those who lead or look after others, not for agents. */
export function useMayOpenCustomers(): boolean {
  const user = useUser();
  return user !== undefined && user.role !== 'agent' && user.permissions.includes('calls:read');
}
