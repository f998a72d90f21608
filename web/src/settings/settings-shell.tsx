import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { getSession } from '../api/index.js';
import { SECTIONS } from './sections.js';
import './settings.css';

const GROUPS = ['people', 'screens', 'security'] as const;

/** Side menu of the pages this person may use, beside the page itself. */
export function SettingsShell() {
  const { t } = useTranslation();
  const session = useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 });
  const permissions = new Set(session.data?.user.permissions);
  const offered = SECTIONS.filter(({ permission }) => permission === null || permissions.has(permission));
  return (
    <div className="settings">
      <nav className="settings__menu" aria-label={t('settings.menu')}>
        {GROUPS.map((group) => {
          const sections = offered.filter((section) => section.group === group);
          if (sections.length === 0) return null;
          return (
            <div key={group} className="settings__group">
              <p className="settings__heading">{t(`settings.groups.${group}`)}</p>
              {sections.map(({ path, label }) => (
                <NavLink key={path} to={`/settings/${path}`} className="settings__link">
                  {t(label)}
                </NavLink>
              ))}
            </div>
          );
        })}
      </nav>
      <div className="settings__page">
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}
