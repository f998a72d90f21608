import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionView } from '../../../src/shared/outcomes.js';
import { getCampaigns, getDispositions, patchDisposition } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay } from '../ui/use-session.js';
import { DispositionDialog } from './disposition-dialog.js';
import { swapped, toldFlags } from './disposition-order.js';
import '../people/people.css';
import './outcomes.css';

/** What can be said about a call, in the order of the buttons. */
export default function Dispositions() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const [campaign, setCampaign] = useState<number | null>(null);
  const [editing, setEditing] = useState<DispositionView | 'new' | null>(null);
  const campaigns = useQuery({ queryKey: ['organisation', 'campaigns'], queryFn: getCampaigns });
  const dispositions = useQuery({ queryKey: ['outcomes', 'dispositions'], queryFn: getDispositions });
  const named = new Map(campaigns.data?.map(({ id, title, key }) => [id, title || key]));
  const shown = (dispositions.data ?? []).filter(
    ({ campaignId }) => campaign === null || campaignId === null || campaignId === campaign,
  );
  return (
    <>
      <PageHead title={t('outcomes.dispositions.title')} lead={t('outcomes.dispositions.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('outcomes.dispositions.create')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        <div className="filters people-filters outcomes__filters">
          <Select
            aria-label={t('outcomes.dispositions.campaign')}
            value={campaign ?? 0}
            onChange={(id: number) => setCampaign(id === 0 ? null : id)}
            options={[
              { value: 0, label: t('outcomes.dispositions.allCampaigns') },
              ...[...named].map(([value, label]) => ({ value, label })),
            ]}
          />
        </div>
        {dispositions.isError && <ErrorView error={dispositions.error} onRetry={() => void dispositions.refetch()} />}
        <List
          dispositions={shown}
          campaignName={(id) => named.get(id) ?? String(id)}
          loading={dispositions.isPending}
          onEdit={mayWrite ? setEditing : null}
        />
      </section>
      {editing !== null && (
        <DispositionDialog
          disposition={editing === 'new' ? null : editing}
          campaigns={[...named].map(([id, name]) => ({ id, name }))}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

interface ListProps {
  dispositions: DispositionView[];
  campaignName: (id: number) => string;
  loading: boolean;
  /** Null: for reading only. */
  onEdit: ((disposition: DispositionView) => void) | null;
}

function List({ dispositions, campaignName, loading, onEdit }: ListProps) {
  const { t } = useTranslation();
  const localised = useLocalised();
  return (
    <ScrollX label={t('outcomes.dispositions.title')}>
      <Table<DispositionView>
        rowKey="id"
        size="small"
        pagination={false}
        loading={loading}
        dataSource={dispositions}
        locale={{ emptyText: loading ? ' ' : <Empty description={t('outcomes.dispositions.empty')} /> }}
        columns={[
          {
            title: t('people.name'),
            render: (_, one) => (
              <>
                {localised(one.name)} {one.archived && <Mark tone="warn">{t('outcomes.dispositions.archived')}</Mark>}
                <br />
                <code className="quiet">{one.key}</code>
              </>
            ),
          },
          {
            title: t('outcomes.dispositions.campaign'),
            hidden: dispositions.every(({ campaignId }) => campaignId === null),
            render: (_, { campaignId }) =>
              campaignId === null ? t('outcomes.dispositions.every') : campaignName(campaignId),
          },
          {
            title: t('outcomes.dispositions.flags'),
            render: (_, { flags }) => (
              <span className="marks">
                {toldFlags(flags).map((flag) => (
                  <Mark key={flag} tone={flag === 'sale' ? 'good' : 'plain'}>
                    {t(`outcomes.flags.${flag}`)}
                  </Mark>
                ))}
              </span>
            ),
          },
          {
            title: t('outcomes.dispositions.required'),
            render: (_, { required }) => required.map((field) => t(`outcomes.${field}`)).join(' · '),
          },
          {
            title: <span className="sr-only">{t('outcomes.dispositions.change')}</span>,
            hidden: onEdit === null,
            align: 'right',
            render: (_, one, index) => (
              <RowActions disposition={one} above={dispositions[index - 1]} onEdit={() => onEdit?.(one)} />
            ),
          },
        ]}
      />
    </ScrollX>
  );
}

function RowActions(props: { disposition: DispositionView; above: DispositionView | undefined; onEdit: () => void }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const change = useChange();
  const { disposition, above } = props;
  const { id, archived } = disposition;
  const name = localised(disposition.name);
  return (
    <span className="history__actions">
      {above && !archived && !above.archived && (
        <Button
          aria-label={t('outcomes.dispositions.moveUpOf', { name })}
          onClick={() =>
            void change(async () => {
              const [mine, theirs] = swapped(disposition, above);
              await patchDisposition(above.id, { position: theirs });
              return patchDisposition(id, { position: mine });
            })
          }
        >
          ↑
        </Button>
      )}
      <Button aria-label={t('outcomes.dispositions.changeOf', { name })} onClick={props.onEdit}>
        {t('outcomes.dispositions.change')}
      </Button>
      <Button
        aria-label={t(archived ? 'outcomes.dispositions.restoreOf' : 'outcomes.dispositions.archiveOf', { name })}
        onClick={() => void change(() => patchDisposition(id, { archived: !archived }))}
      >
        {t(archived ? 'outcomes.dispositions.restore' : 'outcomes.dispositions.archive')}
      </Button>
    </span>
  );
}
