import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Form, Input, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DO_NOT_CALL_COLUMNS, type DoNotCallEntry } from '../../../src/shared/customer-lists.js';
import { addDoNotCall, exportDoNotCall, fileTemplate, getDoNotCall, removeDoNotCall } from '../api/index.js';
import { formatCount, formatInstant, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { DownloadButton } from '../people/files/download-button.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { Section } from '../people/ui/section.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { FileImport } from './file-import.js';
import '../people/people.css';

/** Who is not to be called any more, and why. */
export default function DoNotCall() {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayWrite = useMay('people:write');
  const mayExport = useMay('exports:make');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<DoNotCallEntry | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['outcomes', 'do-not-call'],
    queryFn: ({ pageParam }) => getDoNotCall(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <>
      <PageHead title={t('outcomes.dnc.title')} lead={t('outcomes.dnc.lead')}>
        {mayExport && <DownloadButton label={t('outcomes.dnc.export')} name="do-not-call.csv" read={exportDoNotCall} />}
        {mayWrite && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('outcomes.dnc.add')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        <p hidden={list.data === undefined}>
          {t('outcomes.dnc.total', { count: total, shown: formatCount(total, language) })}{' '}
          <Link to="/calls?dnc=true">{t('outcomes.dnc.breaches')}</Link>
        </p>
        {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
        {!list.isError && (
          <Entries entries={entries} loading={list.isPending} onRemove={mayWrite ? setRemoving : null} />
        )}
        {list.hasNextPage && (
          <div className="centre">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </section>
      {mayWrite && (
        <Section
          title={t('outcomes.dnc.import')}
          text={t('outcomes.dnc.importText')}
          actions={
            <DownloadButton
              label={t('people.files.template')}
              name="do-not-call-template.csv"
              read={() => fileTemplate('do-not-call')}
            />
          }
        >
          <FileImport area="do-not-call" columns={DO_NOT_CALL_COLUMNS} />
        </Section>
      )}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {removing && <RemoveDialog entry={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

interface EntriesProps {
  entries: DoNotCallEntry[];
  loading: boolean;
  /** Null: for reading only. */
  onRemove: ((entry: DoNotCallEntry) => void) | null;
}

function Entries({ entries, loading, onRemove }: EntriesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  return (
    <ScrollX label={t('outcomes.dnc.title')}>
      <Table<DoNotCallEntry>
        rowKey="customerId"
        size="small"
        className="tabular"
        pagination={false}
        loading={loading}
        dataSource={entries}
        locale={{ emptyText: loading ? ' ' : <Empty description={t('outcomes.dnc.empty')} /> }}
        columns={[
          { title: t('calls.customer'), render: (_, { number }) => number ?? t('outcomes.dnc.erased') },
          { title: t('outcomes.dnc.since'), render: (_, { since }) => formatInstant(since, zone, language) },
          {
            title: t('outcomes.dnc.source'),
            render: (_, { source, outcomeId }) =>
              outcomeId === null ? (
                t(`outcomes.dnc.sources.${source}`)
              ) : (
                <Link to={`/outcomes/${encodeURIComponent(outcomeId)}`}>{t(`outcomes.dnc.sources.${source}`)}</Link>
              ),
          },
          {
            title: t('outcomes.dnc.reason'),
            render: (_, { reason }) => (reason === '' ? MISSING : <span className="wrap">{reason}</span>),
          },
          {
            title: t('outcomes.dnc.calls'),
            align: 'right',
            render: (_, { calls }) => formatCount(calls, language),
          },
          {
            title: <span className="sr-only">{t('outcomes.dnc.remove')}</span>,
            hidden: onRemove === null,
            align: 'right',
            render: (_, entry) => (
              <Button
                aria-label={t('outcomes.dnc.removeOf', { number: entry.number ?? t('outcomes.dnc.erased') })}
                onClick={() => onRemove?.(entry)}
              >
                {t('outcomes.dnc.remove')}
              </Button>
            ),
          },
        ]}
      />
    </ScrollX>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ number: string; reason?: string }, DoNotCallEntry>
      title={t('outcomes.dnc.add')}
      save={t('outcomes.dnc.addIt')}
      submit={async ({ number, reason = '' }) => ({
        result: await addDoNotCall({
          number: number.trim(),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        }),
      })}
      onClose={onClose}
    >
      <Form.Item
        name="number"
        label={t('outcomes.dnc.number')}
        extra={t('outcomes.dnc.numberHelp')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={64} inputMode="tel" autoFocus />
      </Form.Item>
      <Form.Item name="reason" label={t('outcomes.dnc.reason')} extra={t('outcomes.dnc.reasonHelp')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

function RemoveDialog({ entry, onClose }: { entry: DoNotCallEntry; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ reason: string }, null>
      title={t('outcomes.dnc.removeOf', { number: entry.number ?? t('outcomes.dnc.erased') })}
      save={t('outcomes.dnc.remove')}
      danger
      submit={async ({ reason }) => {
        await removeDoNotCall(entry.customerId, reason.trim());
        return { result: null };
      }}
      onClose={onClose}
    >
      <p className="quiet">{t('outcomes.dnc.removeText')}</p>
      <Form.Item
        name="reason"
        label={t('outcomes.dnc.removeReason')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}
