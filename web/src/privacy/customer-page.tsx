import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CustomerView } from '../../../src/shared/privacy.js';
import { getCalls, getCustomer } from '../api/index.js';
import { CallTable } from '../calls/calls.js';
import { formatCount, formatInstant, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { FactList } from '../ui/fact-list.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { ErasePersonDialog } from './erase-dialog.js';
import { RevealNumber } from './reveal-number.js';
import './privacy.css';

/** One customer: the masked number, the calls, and for those who may: the full number, and erasing it. */
export default function CustomerPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const customer = useQuery({ queryKey: ['customer', id], queryFn: () => getCustomer(id) });
  const parent = { to: '/settings/privacy', label: t('privacy.title') };
  if (customer.isError) {
    return (
      <>
        <PageHead title={t('privacy.customer.title', { id })} parent={parent} />
        <ErrorView error={customer.error} onRetry={() => void customer.refetch()} />
      </>
    );
  }
  if (!customer.data) return <p className="quiet">{t('common.loading')}</p>;
  const { number, erasedAt } = customer.data;
  return (
    <>
      <PageHead title={number ?? t('privacy.customer.title', { id })} parent={parent}>
        {number !== null && <RevealNumber customerId={id} large />}
      </PageHead>
      {erasedAt !== null && <Erased at={erasedAt} />}
      {erasedAt === null && number === null && (
        <Alert
          type="info"
          showIcon
          title={t('privacy.customer.expired')}
          description={t('privacy.customer.expiredText')}
        />
      )}
      <Facts customer={customer.data} />
      <CustomerCalls id={id} />
      {erasedAt === null && <Danger id={id} />}
    </>
  );
}

function useZone(): string {
  return useOrganisationZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function Erased({ at }: { at: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  return (
    <Alert
      type="info"
      showIcon
      title={t('privacy.customer.erased', { time: formatInstant(at, zone, language) })}
      description={t('privacy.customer.erasedText')}
    />
  );
}

function Facts({ customer: { id, calls, firstCallAt, lastCallAt } }: { customer: CustomerView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const time = (value: string | null) => (value === null ? MISSING : formatInstant(value, zone, language));
  const facts: [label: string, value: ReactNode][] = [
    [t('privacy.customer.id'), <code key="id">{id}</code>],
    [t('privacy.customer.calls'), formatCount(calls, language)],
    [t('privacy.customer.first'), time(firstCallAt)],
    [t('privacy.customer.last'), time(lastCallAt)],
  ];
  return <FactList facts={facts} />;
}

function CustomerCalls({ id }: { id: string }) {
  const { t } = useTranslation();
  const filter = { customer: id };
  const list = useInfiniteQuery({
    queryKey: ['calls', filter],
    queryFn: ({ pageParam }) => getCalls(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const calls = list.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <section className="card">
      <h2>{t('app.calls')}</h2>
      {list.isError ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <CallTable calls={calls} loading={list.isPending} sameCustomer />
      )}
      {list.hasNextPage && (
        <div className="centre">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Danger({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const may = useMay('privacy:manage');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <section className="card danger">
      <h2>{t('privacy.erase.customerTitle')}</h2>
      <p className="quiet">{t('privacy.erase.customerText')}</p>
      <Button danger onClick={() => setOpen(true)}>
        {t('privacy.erase.open')}
      </Button>
      {open && (
        <ErasePersonDialog
          kind="customer"
          id={id}
          onClose={() => setOpen(false)}
          onErased={() => {
            setOpen(false);
            void message.success(t('privacy.erase.done'));
            void queries.invalidateQueries();
          }}
        />
      )}
    </section>
  );
}
