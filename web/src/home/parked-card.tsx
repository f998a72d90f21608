import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ParkedPage } from '../../../src/shared/api.js';
import { getParked, replayAllParked, replayParked } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';

type Parked = ParkedPage['parked'][number];

interface Props {
  parked: number | undefined;
  zone: string | undefined;
  /** May try them again. */
  replays: boolean;
}

/** Events that could not be used: why, what they said, and a second chance. Nothing is dropped. */
export function ParkedCard({ parked, zone = 'UTC', replays }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    // The count is part of the key: when it changes, the list is read again.
    queryKey: ['ingest', 'parked', parked],
    queryFn: ({ pageParam }) => getParked(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: parked !== undefined && parked > 0,
  });
  const replay = useMutation({
    mutationFn: (id: string | null) => (id === null ? replayAllParked() : replayParked(id)),
    onSuccess: () => void message.success(t('home.parked.replayed')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['ingest'] }),
  });
  const rows = parked === 0 ? [] : (list.data?.pages.flatMap((page) => page.parked) ?? []);
  return (
    <section className="card">
      <h2>{t('home.parked.title')}</h2>
      <p className="quiet">{t('home.parked.text')}</p>
      {replay.isError && <ErrorView error={replay.error} />}
      {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {rows.length === 0 ? (
        <p>{t('home.parked.empty')}</p>
      ) : (
        <>
          <ScrollX label={t('home.parked.title')}>
            <Table<Parked>
              rowKey="id"
              size="small"
              pagination={false}
              dataSource={rows}
              columns={[
                {
                  title: t('home.parked.received'),
                  render: (_, row) => <span className="tabular">{formatInstant(row.receivedAt, zone, language)}</span>,
                },
                { title: t('home.parked.source'), render: (_, row) => `${row.provider} · ${row.kind}` },
                {
                  title: t('home.parked.reason'),
                  render: (_, row) => (
                    <>
                      {localised(row.message)} <Mark>{row.reason}</Mark>
                    </>
                  ),
                },
                {
                  title: t('home.parked.preview'),
                  render: (_, row) => (
                    <code className="wrap">
                      {Object.entries(row.preview)
                        .map(([key, value]) => `${key}=${value}`)
                        .join('  ')}
                    </code>
                  ),
                },
                ...(replays
                  ? [
                      {
                        title: <span className="sr-only">{t('home.parked.replay')}</span>,
                        render: (_: unknown, row: Parked) => (
                          <Button size="small" disabled={replay.isPending} onClick={() => replay.mutate(row.id)}>
                            {t('home.parked.replay')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </ScrollX>
          <div className="centre" style={{ gap: 12 }}>
            {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{t('common.more')}</Button>}
            {replays && (
              <Button disabled={replay.isPending} onClick={() => replay.mutate(null)}>
                {t('home.parked.replayAll')}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
