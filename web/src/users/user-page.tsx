import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { UserView } from '../../../src/shared/accounts.js';
import { browserZone } from '../account/browser-zone.js';
import { ApiError, getUser } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { NotFound } from '../ui/not-found.js';
import { useMay, useSession } from '../ui/use-session.js';
import { reachOf } from './reach.js';
import { UserActions } from './user-actions.js';
import { UserForm } from './user-form.js';
import { UserStateMark } from './user-state.js';
import '../account/account.css';
import '../people/people.css';

/** One person: what they may do, how they get in, and how they are kept out. */
export default function UserPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const user = useQuery({ queryKey: ['users', id], queryFn: () => getUser(id) });
  const session = useSession();
  const mayWrite = useMay('users:write');
  if (user.error instanceof ApiError && user.error.status === 404) return <NotFound />;
  if (user.isError) return <ErrorView error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) return null;
  const isSelf = session.data?.user.id === id;
  return (
    <>
      <PageHead
        title={user.data.name}
        lead={user.data.email}
        parent={{ to: '/settings/users', label: t('access.users.title') }}
      />
      <Facts user={user.data} />
      {mayWrite && <UserForm key={JSON.stringify(user.data)} user={user.data} isSelf={isSelf} />}
      {mayWrite && !isSelf && <UserActions user={user.data} />}
    </>
  );
}

function Facts({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const time = (instant: string | null) =>
    instant === null ? t('access.users.never') : formatInstant(instant, browserZone(), language);
  const ways = [
    ...(user.hasPassword ? [t('access.users.byPassword')] : []),
    ...(user.hasSingleSignOn ? [t('access.users.bySingleSignOn')] : []),
  ];
  const facts: [string, string][] = [
    [t('access.role'), t(`access.roles.${user.role}`)],
    [t('access.account.reach'), reachOf(user, t)],
    [t('access.users.ways'), ways.join(' · ') || t('access.users.noWay')],
    [t('access.totp.title'), t(user.hasTotp ? 'access.totp.on' : 'access.totp.off')],
    [t('access.users.sessions'), String(user.sessions)],
    [t('access.users.lastSignIn'), time(user.lastSignInAt)],
    [t('access.users.created'), time(user.createdAt)],
    ...(user.openLink === null
      ? []
      : [
          [t('access.users.openLink'), t('access.users.until', { time: time(user.openLink.expiresAt) })] as [
            string,
            string,
          ],
        ]),
  ];
  return (
    <section className="card">
      <p className="marks">
        <UserStateMark state={user.state} />
        {user.seesNumbers && <Mark tone="live">{t('access.users.numbers')}</Mark>}
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
