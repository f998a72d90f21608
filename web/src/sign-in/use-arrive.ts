import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { SessionView } from '../../../src/shared/api.js';
import { getAccount } from '../api/index.js';
import { switchLanguage } from '../i18n/index.js';
import { SESSION_KEY } from '../ui/use-session.js';
import { homeOf } from './home-of.js';

/** What follows a sign-in: nothing of whoever was here before stays, the person's own language, then on to `path`. */
export function useArrive(path: string): (session: SessionView) => Promise<void> {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async (session) => {
    queryClient.clear();
    queryClient.setQueryData(SESSION_KEY, session);
    const account = await getAccount().catch(() => null);
    if (account?.language) await switchLanguage(account.language);
    void navigate(path === '/' ? homeOf(session.user) : path, { replace: true });
  };
}
