import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SessionView } from '../../../src/shared/api.js';

/** Whose numbers this person sees, and the way to them. */
export function ReachCard({ user: { role, agentId } }: { user: SessionView['user'] }) {
  const { t } = useTranslation();
  const isUnlinked = role === 'agent' && agentId === null;
  return (
    <section className="card reach">
      <h2>{t('home.reach.title')}</h2>
      <p>{t(isUnlinked ? 'home.reach.unlinked' : `home.reach.${role}`)}</p>
      {!isUnlinked && (
        <p className="reach__ways">
          <Link to="/kpis">{t('home.reach.figures')}</Link>
          <Link to="/calls">{t('home.reach.calls')}</Link>
        </p>
      )}
    </section>
  );
}
