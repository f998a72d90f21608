import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView, MadeKey } from '../../../src/shared/keys.js';
import { browserZone } from '../account/browser-zone.js';
import { getKeys, revokeKey } from '../api/index.js';
import { formatCount, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { TakeBack } from '../people/ui/take-back.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark, type Tone } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { KeyDialog } from './key-dialog.js';
import { MakeKey } from './make-key.js';
import { scopeName } from './scope-name.js';
import './keys.css';

const TONES: Record<KeyView['state'], Tone> = { active: 'good', expired: 'warn', revoked: 'plain' };

/** Keys of scripts: who has which, what it may do, when it was used last. */
export default function Keys() {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const list = useQuery({ queryKey: ['keys'], queryFn: getKeys });
  return (
    <>
      <PageHead title={t('keys.title')} lead={t('keys.lead')}>
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('keys.make')}
        </Button>
      </PageHead>
      <section className="card">
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <KeyTable keys={list.data ?? []} loading={list.isPending} />
        )}
      </section>
      {making && <MakeKey onClose={() => setMaking(false)} onMade={setMade} />}
      {made && <KeyDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}

function KeyTable({ keys, loading }: { keys: KeyView[]; loading: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const time = (at: string | null, without: string) =>
    at === null ? (
      <span className="quiet">{without}</span>
    ) : (
      <span className="tabular">{formatInstant(at, browserZone(), language)}</span>
    );
  return (
    <ScrollX label={t('keys.title')}>
      <Table<KeyView>
        rowKey="id"
        size="middle"
        pagination={false}
        loading={loading}
        dataSource={keys}
        rowClassName={({ state }) => (state === 'active' ? '' : 'key-over')}
        locale={{
          emptyText: loading ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('keys.empty')} />,
        }}
        columns={[
          {
            title: t('keys.name'),
            render: (_, key) => (
              <>
                <b className="wrap">{key.name}</b> <Mark tone={TONES[key.state]}>{t(`keys.states.${key.state}`)}</Mark>
                <div className="quiet">
                  <code>{key.prefix}…</code>
                </div>
              </>
            ),
          },
          {
            title: t('keys.may'),
            render: (_, { scopes }) => (
              <span className="wrap key-scopes">
                {scopes.map((scope) => t(scopeName(scope))).join(language === 'zh' ? '、' : ', ')}
              </span>
            ),
          },
          { title: t('keys.lastUsed'), render: (_, key) => time(key.lastUsedAt, t('keys.never')) },
          {
            title: t('keys.ends'),
            render: (_, key) => time(key.revokedAt ?? key.expiresAt, t('keys.noEnd')),
          },
          {
            title: t('keys.rate'),
            align: 'right',
            render: (_, { ratePerMinute }) => <span className="tabular">{formatCount(ratePerMinute, language)}</span>,
          },
          {
            title: t('keys.made'),
            render: (_, key) => (
              <>
                {time(key.createdAt, '')}
                <div className="quiet">{key.createdBy?.name ?? t('keys.madeByKey')}</div>
              </>
            ),
          },
          {
            title: <span className="sr-only">{t('keys.revoke')}</span>,
            render: (_, key) => key.state === 'active' && <Revoke of={key} />,
          },
        ]}
      />
    </ScrollX>
  );
}

function Revoke({ of: key }: { of: KeyView }) {
  const { t } = useTranslation();
  const change = useChange();
  return (
    <TakeBack
      label={t('keys.revoke')}
      of={key.name}
      ask={t('keys.revokeAsk', { name: key.name })}
      onConfirm={() => change(async () => ({ result: await revokeKey(key.id) }))}
    />
  );
}
