import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAccount } from '../api/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { DisplayCard } from './display-card.js';
import { PasswordCard } from './password-card.js';
import { ProfileCard } from './profile-card.js';
import { SecondFactorCard } from './second-factor-card.js';
import { SessionsCard } from './sessions-card.js';
import '../settings/settings.css';
import './account.css';

/** One's own account. */
export function Account() {
  const { t } = useTranslation();
  const account = useQuery({ queryKey: ['account'], queryFn: getAccount });
  return (
    <>
      <PageHead title={t('access.account.title')} lead={t('access.account.lead')} />
      {account.isError && <ErrorView error={account.error} onRetry={() => void account.refetch()} />}
      {account.data && (
        <>
          <div className="two">
            <ProfileCard account={account.data} />
            <PasswordCard account={account.data} />
          </div>
          {account.data.agent && <DisplayCard />}
          <SecondFactorCard account={account.data} />
          <SessionsCard sessions={account.data.sessions} />
        </>
      )}
    </>
  );
}
