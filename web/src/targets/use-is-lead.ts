import { useSession } from '../ui/use-session.js';

/** Whether somebody sees their own teams and not the whole organisation. */
export function useIsLead(): boolean {
  return useSession().data?.user.role === 'supervisor';
}
