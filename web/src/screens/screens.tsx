import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenView } from '../../../src/shared/boards.js';
import { getScreens, revokeScreen, updateScreen } from '../api/index.js';
import { useBoardOptions } from '../boards/board-options.js';
import { formatInstant, formatMinutes } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PageHead } from '../settings/page-head.js';
import { CopyField } from '../ui/copy-field.js';
import { ErrorView } from '../ui/error-view.js';
import { SCREENS_KEY } from './keys.js';
import { PairDialog } from './pair-dialog.js';
import { RenameDialog } from './rename-dialog.js';
import { useReport } from './use-report.js';
import './screens.css';

const LOOK_EVERY_MS = 3_000;

/** The TVs on the walls: what each shows, whether it shows it now, and the way to take it back. */
export default function Screens() {
  const { t } = useTranslation();
  const [isPairing, setPairing] = useState(false);
  const screens = useQuery({ queryKey: SCREENS_KEY, queryFn: getScreens, refetchInterval: LOOK_EVERY_MS });
  const list = screens.data?.screens;
  return (
    <>
      <PageHead title={t('boards.screens.title')} lead={t('boards.screens.lead')}>
        <Button type="primary" onClick={() => setPairing(true)}>
          {t('boards.screens.pair')}
        </Button>
      </PageHead>
      {screens.isError && <ErrorView error={screens.error} onRetry={() => void screens.refetch()} />}
      {list && list.length > 0 && (
        <ul className="card screens">
          {list.map((screen) => (
            <ScreenRow key={screen.id} screen={screen} />
          ))}
        </ul>
      )}
      {list && <HowTo isFirst={list.length === 0} />}
      {isPairing && <PairDialog onClose={() => setPairing(false)} />}
    </>
  );
}

/** What a TV has to be told, once: the only thing that is ever typed on it. */
function HowTo({ isFirst }: { isFirst: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="card screens__how">
      <h2>{t(isFirst ? 'boards.screens.empty' : 'boards.screens.another')}</h2>
      <ol>
        <li>
          {t('boards.screens.how1')}
          <CopyField value={`${location.origin}/tv`} label={t('boards.screens.address')} />
          {isLoopback(location.hostname) && <p className="screens__note">{t('boards.screens.loopback')}</p>}
        </li>
        <li>{t('boards.screens.how2')}</li>
        <li>{t('boards.screens.how3')}</li>
      </ol>
    </section>
  );
}

function ScreenRow({ screen }: { screen: ScreenView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const queryClient = useQueryClient();
  const report = useReport();
  const options = useBoardOptions();
  const [isRenaming, setRenaming] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: SCREENS_KEY });
  const move = useMutation({
    mutationFn: (boardId: string) => updateScreen(screen.id, { boardId }),
    onError: report,
    onSettled: refresh,
  });
  const revoke = () =>
    modal.confirm({
      title: t('boards.screens.revokeTitle', { name: screen.name }),
      content: t('boards.screens.revokeText'),
      okText: t('boards.screens.revoke'),
      okButtonProps: { danger: true },
      cancelText: t('boards.cancel'),
      getContainer: '.desk',
      onOk: () => revokeScreen(screen.id).catch(report).finally(refresh),
    });
  return (
    <li className="screen" data-screen={screen.id} data-connected={screen.connected}>
      <div className="screen__name">
        <strong>{screen.name}</strong>
        <Seen screen={screen} />
      </div>
      <Select
        className="screen__board"
        aria-label={t('boards.screens.boardOf', { name: screen.name })}
        value={screen.boardId}
        options={options}
        loading={move.isPending}
        onChange={(id: string) => move.mutate(id)}
        popupMatchSelectWidth={false}
      />
      <div className="screen__tools">
        <Button onClick={() => setRenaming(true)}>{t('boards.screens.rename')}</Button>
        <Button danger onClick={revoke}>
          {t('boards.screens.revoke')}
        </Button>
      </div>
      {isRenaming && <RenameDialog screen={screen} onClose={() => setRenaming(false)} />}
    </li>
  );
}

function Seen({ screen }: { screen: ScreenView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (screen.connected) {
    return (
      <span className="seen" data-connected="true">
        <i aria-hidden="true" /> {t('boards.screens.connected')}
      </span>
    );
  }
  if (screen.lastSeenAt === null) {
    return (
      <span className="seen quiet">
        <i aria-hidden="true" /> {t('boards.screens.neverSeen')}
      </span>
    );
  }
  const ago = Date.now() - Date.parse(screen.lastSeenAt);
  const text =
    ago < 86_400_000
      ? t('boards.screens.seenAgo', { duration: formatMinutes(Math.max(ago, 60_000), language) })
      : t('boards.screens.seenAt', { time: formatInstant(screen.lastSeenAt, zone, language) });
  return (
    <span className="seen quiet">
      <i aria-hidden="true" /> {text}
    </span>
  );
}

/** An address that leads to the reader's own computer, and from a TV to the TV. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
