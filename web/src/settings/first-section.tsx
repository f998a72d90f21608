import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useSession } from '../ui/use-session.js';
import { sectionsFor } from './sections.js';

/** `/settings` itself leads to the first page this person may use. */
export function FirstSection() {
  const { t } = useTranslation();
  const session = useSession();
  if (!session.data) return null;
  const [first] = sectionsFor(session.data.user);
  if (first) return <Navigate to={`/settings/${first.path}`} replace />;
  return (
    <section className="card">
      <h1>{t('settings.menu')}</h1>
      <p>{t('settings.nothing')}</p>
    </section>
  );
}
