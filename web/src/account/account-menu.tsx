import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SessionView } from '../../../src/shared/api.js';
import { signOut } from '../api/index.js';
import './account-menu.css';

/** Who is signed in, in the top bar: to their account, or out. */
export function AccountMenu({ user }: { user: SessionView['user'] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const leave = async () => {
    await signOut().catch(() => undefined);
    queryClient.clear();
    void navigate('/sign-in', { replace: true });
  };
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      getPopupContainer={() => document.querySelector<HTMLElement>('.desk') ?? document.body}
      menu={{
        items: [
          { key: 'who', type: 'group', label: <span className="account-menu__who">{user.email}</span> },
          { key: 'account', label: t('access.account.title'), onClick: () => void navigate('/account') },
          ...(user.permissions.includes('exports:make')
            ? [{ key: 'exports', label: t('exports.title'), onClick: () => void navigate('/exports') }]
            : []),
          { type: 'divider' },
          { key: 'leave', label: t('app.signOut'), onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" className="account-menu" aria-label={t('access.account.menu', { name: user.name })}>
        <span className="account-menu__name">{user.name}</span>
        <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  );
}
