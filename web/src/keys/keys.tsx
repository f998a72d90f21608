import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView, MadeKey } from '../../../src/shared/keys.js';
import { browserZone } from '../account/browser-zone.js';
import { getKeys, revokeKey } from '../api/index.js';
import { formatCount, listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { formatMoment } from '../people/ui/days.js';
import { TakeBack } from '../people/ui/take-back.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark, type Tone } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { KeyDialog } from './key-dialog.js';
import { MakeKey } from './make-key.js';
import { scopeName } from './scope-name.js';
import '../people/people.css';
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
  return (
    <ScrollX label={t('keys.title')}>
      <Table<KeyView>
        rowKey="id"
        size="middle"
        pagination={false}
        loading={loading}
        dataSource={keys}
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
            render: (_, { scopes, teams, ratePerMinute }) => (
              <div className="wrap key-scopes">
                <Sees teams={teams} />
                {listText(
                  scopes.map((scope) => t(scopeName(scope))),
                  language,
                )}
                <div className="quiet">{t('keys.rateOf', { rate: formatCount(ratePerMinute, language) })}</div>
              </div>
            ),
          },
          { title: t('keys.use'), render: (_, key) => <Times of={key} /> },
          {
            title: <span className="sr-only">{t('keys.revoke')}</span>,
            render: (_, key) => key.state === 'active' && <Revoke of={key} />,
          },
        ]}
      />
    </ScrollX>
  );
}

/** Whose rows a key gets; a team that is gone is said, as it is a part of the limit. */
function Sees({ teams }: Pick<KeyView, 'teams'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = teams?.map(({ id, name }) => name ?? t('keys.teamGone', { id }));
  return (
    <div className={names ? 'key-sees' : 'key-sees quiet'}>
      {names ? t('keys.only', { teams: listText(names, language) }) : t('keys.seesAll')}
    </div>
  );
}

function Times({ of: { lastUsedAt, expiresAt, revokedAt, createdAt, createdBy } }: { of: KeyView }) {
  const { t } = useTranslation();
  return (
    <dl className="key-times">
      <dt>{t('keys.made')}</dt>
      <dd>
        <Moment at={createdAt} />
        <div className="quiet">{createdBy?.name ?? t('keys.madeByKey')}</div>
      </dd>
      <dt>{t('keys.lastUsed')}</dt>
      <dd>{lastUsedAt === null ? t('keys.never') : <Moment at={lastUsedAt} />}</dd>
      <dt>{t(revokedAt === null ? 'keys.ends' : 'keys.states.revoked')}</dt>
      <dd>{(revokedAt ?? expiresAt) === null ? t('keys.noEnd') : <Moment at={revokedAt ?? expiresAt ?? ''} />}</dd>
    </dl>
  );
}

function Moment({ at }: { at: string }) {
  const language = useLanguage();
  return <span className="tabular key-moment">{formatMoment(at, browserZone(), language)}</span>;
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
