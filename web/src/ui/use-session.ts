import { useQuery } from '@tanstack/react-query';
import type { Permission } from '../../../src/shared/access.js';
import { getSession } from '../api/index.js';

/** Kept under this key: who signs in puts it there, what changes it makes it stale. */
export const SESSION_KEY = ['session'] as const;

/** Who is at this screen; asked for once a minute at most, however many places want to know. */
export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: getSession, staleTime: 60_000 });
}

/** Whether to offer something: the server decides again. False while it is not known. */
export function useMay(permission: Permission): boolean {
  return useSession().data?.user.permissions.includes(permission) ?? false;
}

/** The zone in which the organisation reads its days; undefined until it is known. */
export function useOrganisationZone(): string | undefined {
  return useSession().data?.timeZone;
}
