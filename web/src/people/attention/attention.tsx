import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Attention as AttentionView } from '../../../../src/shared/organisation.js';
import { getAttention } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { useMay } from '../../ui/use-session.js';
import { RecountNote } from '../ui/recount-note.js';
import { NewAgents } from './new-agents.js';
import { UnresolvedAddresses } from './unresolved.js';
import '../people.css';

/** What nobody has looked at yet: agents a webhook made, and calls that belong to nobody. */
export default function Attention() {
  const { t } = useTranslation();
  const attention = useQuery({
    queryKey: ['organisation', 'attention'],
    queryFn: getAttention,
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHead title={t('people.attention.title')} lead={t('people.attention.lead')} />
      <RecountNote />
      {attention.isError && <ErrorView error={attention.error} onRetry={() => void attention.refetch()} />}
      {attention.data && <Lists attention={attention.data} />}
    </>
  );
}

function Lists({ attention }: { attention: AttentionView }) {
  const { t } = useTranslation();
  const mayWrite = useMay('people:write');
  if (attention.newAgentsTotal === 0 && attention.unresolved.length === 0)
    return (
      <section className="card">
        <h2 className="all-clear__title">{t('people.attention.clear')}</h2>
        <p className="quiet">{t('people.attention.clearText')}</p>
      </section>
    );
  return (
    <>
      <NewAgents agents={attention.newAgents} total={attention.newAgentsTotal} mayWrite={mayWrite} />
      <UnresolvedAddresses attention={attention} mayWrite={mayWrite} />
    </>
  );
}
