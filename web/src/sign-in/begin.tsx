import { Navigate } from 'react-router';
import { ErrorView } from '../ui/error-view.js';
import { useSession } from '../ui/use-session.js';
import { homeOf } from './home-of.js';

/** Where the provider's sign-in leads back to when nobody asked for a page: on to where this person's day begins. */
export function Begin() {
  const session = useSession();
  if (session.isError) return <ErrorView error={session.error} onRetry={() => void session.refetch()} />;
  return session.data ? <Navigate to={homeOf(session.data.user)} replace /> : null;
}
