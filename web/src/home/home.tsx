import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { getIngestStatus, getSetup } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useTitle } from '../ui/use-title.js';
import { ArrivalCard } from './arrival-card.js';
import { ParkedCard } from './parked-card.js';
import { SetupCard } from './setup-card.js';

const STATUS_EVERY_MS = 2_000;

export function Home() {
  const { t } = useTranslation();
  useTitle(t('app.home'));
  const setup = useQuery({ queryKey: ['setup'], queryFn: getSetup, staleTime: 60_000 });
  const status = useQuery({
    queryKey: ['ingest', 'status'],
    queryFn: getIngestStatus,
    refetchInterval: STATUS_EVERY_MS,
  });
  return (
    <>
      <section className="card hero">
        <div className="hero__text">
          <h1>{t('home.wallTitle')}</h1>
          <p>{t('home.wallText')}</p>
        </div>
        <Link className="hero__go" to="/wall/default">
          {t('home.openWall')}
        </Link>
      </section>
      {setup.isError && <ErrorView error={setup.error} onRetry={() => void setup.refetch()} />}
      {status.isError && <ErrorView error={status.error} onRetry={() => void status.refetch()} />}
      <div className="two">
        {setup.data && <SetupCard setup={setup.data} />}
        {status.data && <ArrivalCard status={status.data} zone={setup.data?.timeZone} />}
      </div>
      <ParkedCard parked={status.data?.parked} zone={setup.data?.timeZone} />
    </>
  );
}
