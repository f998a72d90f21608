import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { getCatalog } from '../api/index.js';
import { dateInZone } from '../format/index.js';
import { browserNow } from '../live/clock.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useSearchFilter } from '../ui/use-search-filter.js';
import { useSession } from '../ui/use-session.js';
import { type Shown, shownFrom } from './address.js';
import { CompareFilters } from './compare-filters.js';
import { LeaderboardCard } from './leaderboard-card.js';
import { QuadrantsCard } from './quadrants-card.js';
import '../settings/settings.css';
import './compare.css';

/** People and teams beside each other, fairly: leaderboards and quadrants. */
export function Compare() {
  const { t } = useTranslation();
  const [search, change] = useSearchFilter();
  const session = useSession().data;
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  if (catalog.isError) return <ErrorView error={catalog.error} onRetry={() => void catalog.refetch()} />;
  const leads = session?.user.role !== 'agent';
  const shown = shownFrom(search);
  const tab = leads ? shown.tab : 'leaderboard';
  const today = session && dateInZone(browserNow(), session.timeZone);
  return (
    <>
      <PageHead title={t('compare.title')} lead={t(leads ? 'compare.lead' : 'compare.leadAgent')} />
      {leads && (
        <div>
          <Segmented<Shown['tab']>
            aria-label={t('compare.view')}
            value={tab}
            onChange={(value) => change('tab', value)}
            options={(['leaderboard', 'quadrants'] as const).map((value) => ({
              value,
              label: t(`compare.tabs.${value}`),
            }))}
          />
        </div>
      )}
      {session && today && catalog.data && (
        <>
          <CompareFilters
            shown={{ ...shown, tab }}
            change={change}
            catalog={catalog.data}
            today={today}
            leads={leads}
          />
          {tab === 'leaderboard' ? (
            <LeaderboardCard shown={shown} change={change} catalog={catalog.data} today={today} session={session} />
          ) : (
            <QuadrantsCard shown={shown} catalog={catalog.data} today={today} />
          )}
        </>
      )}
    </>
  );
}
