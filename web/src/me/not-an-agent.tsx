import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTitle } from '../ui/use-title.js';

/** For people who do not call: what this page would show, and how it comes about. */
export function NotAnAgent() {
  const { t } = useTranslation();
  useTitle(t('me.title'));
  return (
    <section className="card">
      <h1>{t('me.notAgent.title')}</h1>
      <p>{t('me.notAgent.what')}</p>
      <p>{t('me.notAgent.how')}</p>
      <p>
        <Link to="/">{t('notFound.home')}</Link>
      </p>
    </section>
  );
}
