import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportAudit, getAudit } from '../api/index.js';
import { browserNow } from '../live/clock.js';
import { DownloadButton } from '../people/files/download-button.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useSearchFilter } from '../ui/use-search-filter.js';
import { AuditFilters } from './audit-filters.js';
import { AuditTable } from './audit-table.js';
import { ChainCard } from './chain-card.js';
import { filterFrom } from './filter.js';
import './audit.css';
import '../people/people.css';

/** Who did what, from where, and what it was before and after. */
export default function Audit() {
  const { t } = useTranslation();
  const [search, change] = useSearchFilter();
  // One midnight for as long as the page is open: a page loaded later must continue the one before.
  const [midnight] = useState(() => new Date(browserNow()).setHours(0, 0, 0, 0));
  const filter = filterFrom(search, midnight);
  const list = useInfiniteQuery({
    queryKey: ['audit', 'events', filter],
    queryFn: ({ pageParam }) => getAudit(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={t('audit.title')} lead={t('audit.lead')}>
        <DownloadButton label={t('audit.export')} name="tallyboard-audit.csv" read={() => exportAudit(filter)} />
      </PageHead>
      <ChainCard />
      <section className="card">
        <AuditFilters search={search} change={change} />
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <AuditTable
            events={list.data?.pages.flatMap((page) => page.events) ?? []}
            loading={list.isPending}
            onSubject={(subject) => change('subject', subject)}
          />
        )}
        {list.hasNextPage && (
          <div className="centre">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </section>
    </>
  );
}
