import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CampaignView } from '../../../../src/shared/organisation.js';
import { getCampaigns } from '../../api/index.js';
import { formatCount, formatDuration } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark, type Tone } from '../../ui/mark.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { useMay } from '../../ui/use-session.js';
import { CreateCampaign } from './create-campaign.js';
import '../people.css';

const TONES: Record<CampaignView['status'], Tone> = { new: 'warn', active: 'good', ended: 'plain' };

/** What calls are made for, and when one counts as effective. */
export default function Campaigns() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const mayWrite = useMay('settings:write');
  const [creating, setCreating] = useState(false);
  const campaigns = useQuery({ queryKey: ['organisation', 'campaigns'], queryFn: getCampaigns });
  return (
    <>
      <PageHead title={t('people.campaigns.title')} lead={t('people.campaigns.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('people.campaigns.create')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        {campaigns.isError && <ErrorView error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
        <ScrollX label={t('people.campaigns.title')}>
          <Table<CampaignView>
            rowKey="id"
            size="small"
            className="tabular"
            pagination={false}
            loading={campaigns.isPending}
            dataSource={campaigns.data ?? []}
            locale={{
              emptyText: campaigns.isPending ? ' ' : <Empty description={t('people.campaigns.empty')} />,
            }}
            columns={[
              {
                title: t('people.name'),
                render: (_, { id, title, key }) => <Link to={`/settings/campaigns/${id}`}>{title || key}</Link>,
              },
              { title: t('people.campaigns.key'), render: (_, { key }) => <code>{key}</code> },
              { title: t('people.status'), render: (_, { status }) => <CampaignStatus status={status} /> },
              {
                title: t('people.campaigns.threshold'),
                align: 'right',
                render: (_, { effectiveSeconds }) => formatDuration(effectiveSeconds, language),
              },
              { title: t('people.campaigns.numbers'), align: 'right', render: (_, c) => c.callerNumbers.length },
              { title: t('people.calls'), align: 'right', render: (_, { calls }) => formatCount(calls, language) },
            ]}
          />
        </ScrollX>
      </section>
      {creating && (
        <CreateCampaign
          onClose={() => setCreating(false)}
          onCreated={({ id }) => void navigate(`/settings/campaigns/${id}`)}
        />
      )}
    </>
  );
}

export function CampaignStatus({ status }: { status: CampaignView['status'] }) {
  const { t } = useTranslation();
  return <Mark tone={TONES[status]}>{t(`people.campaigns.statuses.${status}`)}</Mark>;
}
