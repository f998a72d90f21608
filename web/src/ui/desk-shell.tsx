import { useQuery } from '@tanstack/react-query';
import { App as AntApp, theme as antTheme, Button, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type PropsWithChildren, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import type { SessionView } from '../../../src/shared/api.js';
import { AccountMenu } from '../account/account-menu.js';
import { getWatchableBoards } from '../api/index.js';
import { ExportNotices } from '../exports/index.js';
import { switchLanguage, useLanguage } from '../i18n/index.js';
import { sectionsFor } from '../settings/sections.js';
import { Loading } from './loading.js';
import { chooseTheme, useTheme } from './theme.js';
import { useSession } from './use-session.js';
import './desk.css';
import './pages.css';

/** Ant Design in the language and theme of the interface. */
function Ant({ children }: PropsWithChildren) {
  const language = useLanguage();
  const theme = useTheme('light');
  useEffect(() => {
    document.documentElement.style.background = theme === 'dark' ? '#0b1020' : '#f3f6fb';
    document.documentElement.style.colorScheme = theme;
  }, [theme]);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: theme === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
        token: {
          colorPrimary: theme === 'dark' ? '#5fa8ff' : '#1763c6',
          // Ant Design's own red is too light for text on white.
          colorError: theme === 'dark' ? '#ff7a59' : '#b32d0c',
          colorBgContainer: theme === 'dark' ? '#121930' : '#ffffff',
          colorBgElevated: theme === 'dark' ? '#19223f' : '#ffffff',
          colorTextDescription: theme === 'dark' ? '#9fadcc' : '#4d5a78',
          colorTextPlaceholder: theme === 'dark' ? '#8f9dbd' : '#616d87',
          borderRadius: 8,
          fontFamily: 'var(--font)',
          fontSize: 15,
          // Motion only to explain. A button whose spinner came and went at once also kept it for ever, and its name with it.
          motion: false,
        },
        // In the dark the colours are light enough to read as text, so what stands on them is dark.
        components: { Button: theme === 'dark' ? { primaryColor: '#071126', dangerColor: '#1c0703' } : {} },
      }}
    >
      <AntApp component={false}>
        <div className="desk" data-theme={theme}>
          {children}
        </div>
      </AntApp>
    </ConfigProvider>
  );
}

/** For pages before the sign-in. */
export function BarePage() {
  return (
    <Ant>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </Ant>
  );
}

/** The frame of all pages that are read at a desk. */
export function DeskShell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const user = useSession().data?.user;
  const board = useFirstBoard();
  return (
    <Ant>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="bar">
        <NavLink to="/" className="bar__brand" end>
          <img src="/icon.svg" alt="" width="26" height="26" />
          <span>{t('app.name')}</span>
        </NavLink>
        <nav className="bar__nav" aria-label={t('app.menu')}>
          <NavLink to="/" end>
            {t('app.home')}
          </NavLink>
          {user?.agentId != null && <NavLink to="/me">{t('me.title')}</NavLink>}
          {user && user.role !== 'agent' && <NavLink to="/floor">{t('floor.title')}</NavLink>}
          {board && <NavLink to={`/wall/${board}`}>{t('app.wallboard')}</NavLink>}
          <NavLink to="/calls">{t('app.calls')}</NavLink>
          <NavLink to="/kpis">{t('app.kpis')}</NavLink>
          {user?.permissions.includes('kpis:read') && (
            <NavLink
              to="/reports"
              className={({ isActive }) => (isActive || pathname === '/schedules' ? 'active' : '')}
            >
              {t('reports.title')}
            </NavLink>
          )}
          {user?.permissions.includes('kpis:read') && <NavLink to="/compare">{t('compare.title')}</NavLink>}
          {user && sectionsFor(user).length > 0 && <NavLink to="/settings">{t('settings.menu')}</NavLink>}
        </nav>
        <BarTools user={user} />
      </header>
      <main id="content" className="page">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <ExportNotices />
    </Ant>
  );
}

/** Id of the wallboard to offer: the organisation's own where this person may watch it, else another; undefined: none. */
function useFirstBoard(): string | undefined {
  const list = useQuery({ queryKey: ['boards', 'watch'], queryFn: getWatchableBoards, staleTime: 60_000 });
  const ids = list.data?.boards.map(({ id }) => id) ?? [];
  return ids.includes('default') ? 'default' : ids[0];
}

export function LanguageButton() {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void switchLanguage(other)}>
      {t('app.otherLanguage')}
    </Button>
  );
}

function BarTools({ user }: { user: SessionView['user'] | undefined }) {
  const { t } = useTranslation();
  const theme = useTheme('light');
  return (
    <div className="bar__tools">
      <Button type="text" onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}>
        {t(theme === 'dark' ? 'app.toLight' : 'app.toDark')}
      </Button>
      <LanguageButton />
      {user && <AccountMenu user={user} />}
    </div>
  );
}
