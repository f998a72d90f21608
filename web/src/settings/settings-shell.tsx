import { Suspense, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { ErrorView } from '../ui/error-view.js';
import { useSession } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { SectionCount } from './section-count.js';
import { SECTIONS, type SettingsSection, sectionsFor } from './sections.js';
import './settings.css';

const GROUPS = ['people', 'outcomes', 'targets', 'screens', 'security'] as const;

/** Menu of the pages this person may use, beside the page itself. On a phone the menu folds into a button above it. */
export function SettingsShell() {
  const session = useSession();
  const { pathname } = useLocation();
  if (session.isError) return <ErrorView error={session.error} onRetry={() => void session.refetch()} />;
  if (session.isPending) return null;
  const offered = sectionsFor(session.data.user);
  const current = sectionAt(pathname);
  return (
    <div className="settings">
      <Menu offered={offered} current={current} />
      <div className="settings__page">
        {current !== null && !offered.includes(current) ? (
          <Refused />
        ) : (
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        )}
      </div>
    </div>
  );
}

/** The section an address belongs to, its sub-pages included. */
function sectionAt(pathname: string): SettingsSection | null {
  const rest = `${pathname.replace(/^\/settings\/?/, '')}/`;
  return SECTIONS.find(({ path }) => rest.startsWith(`${path}/`)) ?? null;
}

function Menu({ offered, current }: { offered: SettingsSection[]; current: SettingsSection | null }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const listId = useId();
  // Whoever chose a page wants to see it, not the menu.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what closes it
  useEffect(() => setOpen(false), [pathname]);
  return (
    <nav
      className="settings__menu"
      aria-label={t('settings.menu')}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <button
        type="button"
        className="settings__toggle"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <span className="quiet">{t('settings.menu')}</span>
        <span>{current === null ? t('settings.choose') : t(current.label)}</span>
      </button>
      <div className="settings__list" id={listId} data-open={open}>
        {GROUPS.map((group) => (
          <Group key={group} group={group} sections={offered.filter((section) => section.group === group)} />
        ))}
      </div>
    </nav>
  );
}

function Group({ group, sections }: { group: SettingsSection['group']; sections: SettingsSection[] }) {
  const { t } = useTranslation();
  const headingId = useId();
  if (sections.length === 0) return null;
  return (
    <div className="settings__group">
      <p className="settings__heading" id={headingId}>
        {t(`settings.groups.${group}`)}
      </p>
      <ul aria-labelledby={headingId}>
        {sections.map(({ path, label, count }) => (
          <li key={path}>
            <NavLink to={`/settings/${path}`} className="settings__link">
              <span>{t(label)}</span>
              {count && <SectionCount count={count} />}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Refused() {
  const { t } = useTranslation();
  useTitle(t('settings.refused.title'));
  return (
    <section className="card">
      <h1>{t('settings.refused.title')}</h1>
      <p>{t('settings.refused.text')}</p>
    </section>
  );
}
