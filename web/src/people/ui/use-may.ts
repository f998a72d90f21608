import { useQuery } from '@tanstack/react-query';
import type { Permission } from '../../../../src/shared/access.js';
import { getSession } from '../../api/index.js';

/** Whether the person at this screen may do something. Only for what is offered: the server decides again. */
export function useMay(permission: Permission): boolean {
  const session = useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 });
  return session.data?.user.permissions.includes(permission) ?? false;
}
