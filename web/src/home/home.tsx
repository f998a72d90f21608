import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Permission } from '../../../src/shared/access.js';
import type { SessionView } from '../../../src/shared/api.js';
import { getCatalog, getIngestStatus, getSetup, getWatchableBoards } from '../api/index.js';
import { TodayTable } from '../kpis/today-table.js';
import { ErrorView } from '../ui/error-view.js';
import { useOrganisationZone, useSession } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { ArrivalCard } from './arrival-card.js';
import { ParkedCard } from './parked-card.js';
import { ReachCard } from './reach-card.js';
import { SetupCard } from './setup-card.js';
import './home.css';

const STATUS_EVERY_MS = 2_000;

/** What there is for this person: their numbers always, the boards they may watch, and what only some may see. */
export function Home() {
  const { t } = useTranslation();
  useTitle(t('app.home'));
  const session = useSession();
  const user = session.data?.user;
  const may = (permission: Permission): boolean => user?.permissions.includes(permission) ?? false;
  return (
    <>
      <Boards />
      {user && <ReachCard user={user} />}
      {user && seesOwnDay(user) && <OwnDay />}
      <System connects={may('settings:read')} watches={may('ingest:read')} replays={may('ingest:write')} />
    </>
  );
}

/** Those who have nothing to look after here; an agent's account only once it says who they are on the phone. */
function seesOwnDay({ role, agentId }: SessionView['user']): boolean {
  return role === 'supervisor' || (role === 'agent' && agentId !== null);
}

/** Today's figures of the person's own scope, for whom there is nothing to look after here. */
function OwnDay() {
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  const zone = useOrganisationZone();
  if (catalog.isError) return <ErrorView error={catalog.error} onRetry={() => void catalog.refetch()} />;
  return zone && catalog.data ? <TodayTable catalog={catalog.data} zone={zone} /> : null;
}

/** A way to every board this person may watch, the organisation's own first. Nothing without one. */
function Boards() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: ['boards', 'watch'], queryFn: getWatchableBoards, staleTime: 60_000 });
  const boards = list.data?.boards ?? [];
  const [first, ...others] = [...boards].sort((a, b) => Number(b.id === 'default') - Number(a.id === 'default'));
  if (first === undefined) return <h1 className="sr-only">{t('app.home')}</h1>;
  return (
    <section className="card hero">
      <div className="hero__text">
        <h1>{t('home.wallTitle')}</h1>
        <p>{t('home.wallText')}</p>
        {others.length > 0 && (
          <p className="hero__more">
            {others.map(({ id, name }) => (
              <Link key={id} to={`/wall/${id}`}>
                {name || id}
              </Link>
            ))}
          </p>
        )}
      </div>
      <Link className="hero__go" to={`/wall/${first.id}`}>
        {t('home.openWall')}
      </Link>
    </section>
  );
}

/** Whether events arrive and where to send them: for whoever looks after that. */
function System({ connects, watches, replays }: { connects: boolean; watches: boolean; replays: boolean }) {
  const zone = useOrganisationZone();
  const setup = useQuery({ queryKey: ['setup'], queryFn: getSetup, staleTime: 60_000, enabled: connects });
  const status = useQuery({
    queryKey: ['ingest', 'status'],
    queryFn: getIngestStatus,
    refetchInterval: STATUS_EVERY_MS,
    enabled: watches,
  });
  if (!connects && !watches) return null;
  return (
    <>
      {setup.isError && <ErrorView error={setup.error} onRetry={() => void setup.refetch()} />}
      {status.isError && <ErrorView error={status.error} onRetry={() => void status.refetch()} />}
      <div className={connects && watches ? 'two' : undefined}>
        {setup.data && <SetupCard setup={setup.data} />}
        {status.data && <ArrivalCard status={status.data} zone={zone} />}
      </div>
      {watches && <ParkedCard parked={status.data?.parked} zone={zone} replays={replays} />}
    </>
  );
}
