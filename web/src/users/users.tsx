import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ROLES } from '../../../src/shared/access.js';
import type { AccessLink, UserView } from '../../../src/shared/accounts.js';
import { browserZone } from '../account/browser-zone.js';
import { getUsers, type UserFilter } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useSearchFilter } from '../ui/use-search-filter.js';
import { useMay } from '../ui/use-session.js';
import { InviteUser } from './invite-user.js';
import { LinkDialog } from './link-dialog.js';
import { reachOf } from './reach.js';
import { UserStateMark } from './user-state.js';
import '../account/account.css';
import '../people/people.css';

const STATES = ['active', 'invited', 'disabled'] as const;

/** Who may sign in, and what for. The filter is in the address, so that it can be shared. */
export default function Users() {
  const { t } = useTranslation();
  const [search, change] = useSearchFilter();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<{ user: UserView; link: AccessLink } | null>(null);
  const mayWrite = useMay('users:write');
  const filter = filterFrom(search);
  const list = useInfiniteQuery({
    queryKey: ['users', filter],
    queryFn: ({ pageParam }) => getUsers(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={t('access.users.title')} lead={t('access.users.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('access.users.invite')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        <Filters search={search} change={change} />
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <UserTable users={list.data?.pages.flatMap((page) => page.users) ?? []} loading={list.isPending} />
        )}
        {list.hasNextPage && (
          <div className="centre">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </section>
      {inviting && <InviteUser onClose={() => setInviting(false)} onInvited={setLink} />}
      {link && <LinkDialog user={link.user} link={link.link} onClose={() => setLink(null)} />}
    </>
  );
}

function filterFrom(search: URLSearchParams): UserFilter {
  const filter: UserFilter = {};
  for (const key of ['search', 'role', 'state'] as const) {
    const value = search.get(key)?.trim();
    if (value) filter[key] = value;
  }
  return filter;
}

function Filters({ search, change }: { search: URLSearchParams; change: (key: string, value: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="filters people-filters user-filters">
      <Input.Search
        aria-label={t('access.users.search')}
        placeholder={t('access.users.search')}
        allowClear
        defaultValue={search.get('search') ?? ''}
        onSearch={(typed) => change('search', typed.trim())}
      />
      <Select<string>
        aria-label={t('access.role')}
        value={search.get('role') ?? ''}
        onChange={(value) => change('role', value)}
        options={[
          { value: '', label: t('access.users.anyRole') },
          ...ROLES.map((role) => ({ value: role as string, label: t(`access.roles.${role}`) })),
        ]}
      />
      <Select<string>
        aria-label={t('access.users.state')}
        value={search.get('state') ?? ''}
        onChange={(value) => change('state', value)}
        options={[
          { value: '', label: t('access.users.anyState') },
          ...STATES.map((state) => ({ value: state as string, label: t(`access.states.${state}`) })),
        ]}
      />
    </div>
  );
}

function UserTable({ users, loading }: { users: UserView[]; loading: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollX label={t('access.users.title')}>
      <Table<UserView>
        rowKey="id"
        size="middle"
        pagination={false}
        loading={loading}
        dataSource={users}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('access.users.noneFound')} /> }}
        columns={[
          {
            title: t('access.name'),
            render: (_, user) => (
              <div className="wrap">
                <Link to={`/settings/users/${user.id}`}>{user.name}</Link>
                <div className="quiet">{user.email}</div>
                <div className="user-brief">
                  {t(`access.roles.${user.role}`)} · {t(`access.states.${user.state}`)}
                </div>
              </div>
            ),
          },
          { title: t('access.role'), render: (_, { role }) => t(`access.roles.${role}`) },
          { title: t('access.account.reach'), render: (_, user) => <span className="wrap">{reachOf(user, t)}</span> },
          {
            title: t('access.users.state'),
            render: (_, user) => (
              <span className="marks">
                <UserStateMark state={user.state} />
                {user.hasTotp && <Mark>{t('access.users.totp')}</Mark>}
                {user.seesNumbers && <Mark tone="live">{t('access.users.numbers')}</Mark>}
              </span>
            ),
          },
          {
            title: t('access.users.lastSignIn'),
            render: (_, { lastSignInAt }) =>
              lastSignInAt === null ? t('access.users.never') : formatInstant(lastSignInAt, browserZone(), language),
          },
        ]}
      />
    </ScrollX>
  );
}
