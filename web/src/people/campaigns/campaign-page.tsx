import { useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CampaignVersionCreate, CampaignView } from '../../../../src/shared/organisation.js';
import { addCampaignVersion, dropCampaignVersion, getCampaign } from '../../api/index.js';
import { formatDuration } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { readyPath } from '../../reports/ready/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { useMay } from '../../ui/use-session.js';
import { AppliesTo } from '../ui/applies-to.js';
import { useChange, useZone } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FromWhen } from '../ui/from-when.js';
import { RecountNote } from '../ui/recount-note.js';
import { Section } from '../ui/section.js';
import { Versions } from '../ui/versions.js';
import { CallerNumbers } from './caller-numbers.js';
import { CampaignStatus } from './campaigns.js';
import { EditCampaign } from './edit-campaign.js';
import { RuleFields } from './rule-fields.js';
import '../people.css';

/** One campaign: its rules with everything that held before, and the numbers that belong to it. */
export default function CampaignPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const campaign = useQuery({ queryKey: ['organisation', 'campaign', id], queryFn: () => getCampaign(id) });
  const parent = { to: '/settings/campaigns', label: t('people.campaigns.title') };
  if (campaign.isError)
    return (
      <>
        <PageHead title={t('people.campaigns.one')} parent={parent} />
        <ErrorView error={campaign.error} onRetry={() => void campaign.refetch()} />
      </>
    );
  if (campaign.isPending) return null;
  return <Details campaign={campaign.data} parent={parent} />;
}

function Details({ campaign, parent }: { campaign: CampaignView; parent: { to: string; label: string } }) {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHead title={campaign.title || campaign.key} parent={parent}>
        {mayWrite && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
      </PageHead>
      <RecountNote />
      <section className="card">
        <dl className="facts">
          <div>
            <dt>{t('people.campaigns.key')}</dt>
            <dd>
              <code>{campaign.key}</code>
            </dd>
          </div>
          <div>
            <dt>{t('people.status')}</dt>
            <dd>
              <CampaignStatus status={campaign.status} />
            </dd>
          </div>
          <div>
            <dt>{t('people.campaigns.currency')}</dt>
            <dd>{campaign.currency}</dd>
          </div>
          <div>
            <dt>{t('people.calls')}</dt>
            <dd>
              {campaign.calls === 0 ? (
                t('people.noCalls')
              ) : (
                <>
                  <Link to={`/calls?campaign=${campaign.id}`}>{t('people.callCount', { count: campaign.calls })}</Link>
                  {' · '}
                  <Link to={readyPath('campaign_funnel', { campaign: campaign.id })}>{t('reports.ready.funnel')}</Link>
                </>
              )}
            </dd>
          </div>
        </dl>
      </section>
      <Rules campaign={campaign} mayWrite={mayWrite} />
      <CallerNumbers campaign={campaign} mayWrite={mayWrite} />
      {editing && <EditCampaign campaign={campaign} onClose={() => setEditing(false)} />}
    </>
  );
}

function Rules({ campaign, mayWrite }: { campaign: CampaignView; mayWrite: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const change = useChange();
  const [editing, setEditing] = useState(false);
  return (
    <Section
      title={t('people.campaigns.rules')}
      text={t('people.campaigns.rulesText')}
      actions={mayWrite && <Button onClick={() => setEditing(true)}>{t('people.change')}</Button>}
    >
      <Versions
        versions={campaign.versions}
        zone={zone}
        show={({ effectiveSeconds, assumeHuman }) => (
          <>
            <b>{t('people.campaigns.effectiveFrom', { duration: formatDuration(effectiveSeconds, language) })}</b>
            {' · '}
            {t(assumeHuman ? 'people.campaigns.countsHuman' : 'people.campaigns.needsDetection')}
          </>
        )}
        {...(mayWrite ? { onDrop: (from: string) => change(() => dropCampaignVersion(campaign.id, from)) } : {})}
      />
      {editing && (
        <FormDialog<CampaignVersionCreate, CampaignView>
          title={t('people.campaigns.rulesOf', { name: campaign.title || campaign.key })}
          save={t('people.save')}
          initial={{ effectiveSeconds: campaign.effectiveSeconds, assumeHuman: campaign.assumeHuman }}
          submit={(values) => addCampaignVersion(campaign.id, values)}
          onClose={() => setEditing(false)}
        >
          <RuleFields />
          <Form.Item name="validFrom" label={t('people.fromWhen.title')}>
            <FromWhen zone={zone} />
          </Form.Item>
          <AppliesTo to="from then on" text={t('people.campaigns.rulesApply')} />
        </FormDialog>
      )}
    </Section>
  );
}
