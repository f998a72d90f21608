import { useSession } from '../ui/use-session.js';

/** The page of customers is for those who lead or look after others, not for agents. */
export function useMayOpenCustomers(): boolean {
  const user = useSession().data?.user;
  return user !== undefined && user.role !== 'agent' && user.permissions.includes('calls:read');
}
