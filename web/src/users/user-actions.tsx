import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AccessLink, UserView } from '../../../src/shared/accounts.js';
import { endUserSessions, makeUserLink, patchUser, removeUser, removeUserTotp } from '../api/index.js';
import { useChange } from '../people/ui/data.js';
import { TakeBack } from '../people/ui/take-back.js';
import { ErrorView } from '../ui/error-view.js';
import { LinkDialog } from './link-dialog.js';
import { useReadAgain } from './read-again.js';

/** How somebody gets in, and how they are kept out: each with what follows from it. */
export function UserActions({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = useChange();
  const { name } = user;
  const run = (work: () => Promise<unknown>) => () => change(async () => ({ result: await work() }));
  const isDisabled = user.state === 'disabled';
  return (
    <section className="card">
      <h2>{t('access.users.way')}</h2>
      <ul className="user-actions">
        {!isDisabled && (user.hasPassword || !user.hasSingleSignOn) && <MakeLink user={user} />}
        {user.sessions > 0 && (
          <Action text={t('access.users.endSessionsText', { count: user.sessions })}>
            <TakeBack
              size="middle"
              label={t('access.users.endSessions')}
              of={name}
              ask={t('access.users.endSessionsAsk', { name })}
              onConfirm={run(() => endUserSessions(user.id))}
            />
          </Action>
        )}
        {user.hasTotp && (
          <Action text={t('access.users.removeTotpText')}>
            <TakeBack
              size="middle"
              label={t('access.users.removeTotp')}
              of={name}
              ask={t('access.users.removeTotpAsk', { name })}
              onConfirm={run(() => removeUserTotp(user.id))}
            />
          </Action>
        )}
        <Action text={t(isDisabled ? 'access.users.enableText' : 'access.users.disableText')}>
          {isDisabled ? (
            <Button onClick={() => void run(() => patchUser(user.id, { disabled: false }))()}>
              {t('access.users.enable')}
            </Button>
          ) : (
            <TakeBack
              size="middle"
              label={t('access.users.disable')}
              of={name}
              ask={t('access.users.disableAsk', { name })}
              onConfirm={run(() => patchUser(user.id, { disabled: true }))}
            />
          )}
        </Action>
        <Action text={t('access.users.deleteText')}>
          <TakeBack
            size="middle"
            label={t('access.users.delete')}
            of={name}
            ask={t('access.users.deleteAsk', { name })}
            onConfirm={run(async () => {
              await removeUser(user.id);
              void navigate('/settings/users', { replace: true });
            })}
          />
        </Action>
      </ul>
    </section>
  );
}

function Action({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li>
      <span className="user-actions__text">{text}</span>
      {children}
    </li>
  );
}

function MakeLink({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const readAgain = useReadAgain();
  const [link, setLink] = useState<AccessLink | null>(null);
  const making = useMutation({ mutationFn: () => makeUserLink(user.id), onSuccess: setLink });
  const isInvited = !user.hasPassword;
  const close = () => {
    setLink(null);
    void readAgain();
  };
  return (
    <Action text={t(isInvited ? 'access.users.inviteAgainText' : 'access.users.resetText')}>
      <Button loading={making.isPending} onClick={() => making.mutate()}>
        {t(isInvited ? 'access.users.inviteAgain' : 'access.users.reset')}
      </Button>
      {making.isError && <ErrorView error={making.error} />}
      {link && <LinkDialog user={user} link={link} onClose={close} />}
    </Action>
  );
}
