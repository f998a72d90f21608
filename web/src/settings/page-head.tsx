import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTitle } from '../ui/use-title.js';

interface Props {
  title: string;
  /** One sentence: what this page is for. */
  lead?: string;
  /** The page this one belongs to, for sub-pages. */
  parent?: { to: string; label: string };
}

/** Where one is, what the page is for, and (as children) what can be done here. Also sets the window's title. */
export function PageHead({ title, lead, parent, children }: PropsWithChildren<Props>) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <header className="page-head">
      <div>
        {parent && (
          <nav className="page-head__crumbs" aria-label={t('settings.crumbs')}>
            <Link to={parent.to}>{parent.label}</Link>
            <span aria-hidden="true"> / </span>
          </nav>
        )}
        <h1>{title}</h1>
        {lead && <p className="quiet">{lead}</p>}
      </div>
      {children && <div className="page-head__actions">{children}</div>}
    </header>
  );
}
