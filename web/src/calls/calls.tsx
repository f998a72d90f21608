import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CallView } from '../../../src/shared/api.js';
import { getCalls } from '../api/index.js';
import { ExportButton } from '../exports/index.js';
import { formatDuration, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { customerText, talkText, teamText } from './call-text.js';
import { filterFrom } from './filter.js';
import { FilterBar } from './filter-bar.js';
import { OutcomeTag } from './outcome-tag.js';
import '../settings/settings.css';

/** The calls behind any number. */
export function Calls() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const filter = filterFrom(search);
  const list = useInfiniteQuery({
    queryKey: ['calls', filter],
    queryFn: ({ pageParam }) => getCalls(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const calls = list.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <>
      <PageHead title={t('app.calls')}>
        <ExportButton source={{ kind: 'calls', query: new URLSearchParams({ ...filter }).toString() }} />
      </PageHead>
      <p className="quiet">
        <Link to="/outcomes">{t('outcomes.listTitle')}</Link>
      </p>
      <section className="card">
        <FilterBar calls={list.isPending ? undefined : calls} />
      </section>
      <section className="card">
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <CallTable calls={calls} loading={list.isPending} />
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

interface TableProps {
  calls: CallView[];
  loading: boolean;
  /** All of one customer: who it is stands above. */
  sameCustomer?: boolean;
}

export function CallTable({ calls, loading, sameCustomer = false }: TableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollX label={t('app.calls')}>
      <Table<CallView>
        rowKey="id"
        size="small"
        className="tabular"
        pagination={false}
        loading={loading}
        dataSource={calls}
        locale={{ emptyText: loading ? ' ' : <Empty description={t('calls.empty')} /> }}
        columns={[
          {
            title: t('calls.started'),
            render: (_, call) => (
              <Link to={`/calls/${encodeURIComponent(call.id)}`}>
                {formatInstant(call.startedAt, call.timeZone, language)}
              </Link>
            ),
          },
          { title: t('calls.agent'), render: (_, call) => call.agent?.name ?? <i>{t('common.unassigned')}</i> },
          { title: t('calls.team'), render: (_, call) => teamText(call, t) },
          { title: t('calls.campaign'), render: (_, call) => call.campaign.name },
          { title: t('calls.directionTitle'), render: (_, call) => t(`calls.direction.${call.direction}`) },
          { title: t('calls.customer'), hidden: sameCustomer, render: (_, call) => customerText(call, t) },
          { title: t('calls.outcomeTitle'), render: (_, call) => <OutcomeTag call={call} /> },
          {
            title: t('calls.ring'),
            align: 'right',
            render: (_, call) => formatDuration(call.ringSeconds, language),
          },
          {
            title: t('calls.talk'),
            align: 'right',
            render: (_, call) => talkText(call, language),
          },
        ]}
      />
    </ScrollX>
  );
}
