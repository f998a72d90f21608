import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OrganisationView, TrendColours } from '../../../../src/shared/organisation.js';
import { getOrganisation, patchOrganisation } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { useMay } from '../../ui/use-session.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { FormDialog } from '../ui/form-dialog.js';
import { CallingHoursCard } from './calling-hours-card.js';
import { TrendSample } from './trend-sample.js';
import { WindowsCard } from './windows-card.js';
import '../people.css';

/** What holds for the whole organisation. */
export default function Organisation() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const [editing, setEditing] = useState(false);
  const organisation = useQuery({ queryKey: ['organisation', 'self'], queryFn: getOrganisation });
  return (
    <>
      <PageHead title={t('people.organisation.title')} lead={t('people.organisation.lead')}>
        {mayWrite && organisation.data && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
      </PageHead>
      {organisation.isError && <ErrorView error={organisation.error} onRetry={() => void organisation.refetch()} />}
      {organisation.data && <Facts organisation={organisation.data} />}
      {organisation.data && <CallingHoursCard organisation={organisation.data} mayWrite={mayWrite} />}
      {organisation.data && <WindowsCard organisation={organisation.data} mayWrite={mayWrite} />}
      {editing && organisation.data && (
        <EditOrganisation organisation={organisation.data} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

function Facts({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation();
  const { name, newAgentsTeam, trendColours, country, currency } = organisation;
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{t('people.name')}</dt>
          <dd>{name === '' ? t('people.notStated') : name}</dd>
        </div>
        <div>
          <dt>{t('people.organisation.newAgents')}</dt>
          <dd>
            <Link to={`/settings/teams/${newAgentsTeam.id}`}>{newAgentsTeam.name}</Link>
          </dd>
        </div>
        <div>
          <dt>{t('people.organisation.trend')}</dt>
          <dd>
            <TrendSample colours={trendColours} />
          </dd>
        </div>
        <div>
          <dt>{t('people.organisation.server')}</dt>
          <dd>
            {country} · {currency}
            <div className="quiet">{t('people.organisation.serverHelp')}</div>
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface Values {
  name: string;
  newAgentsTeamId: number;
  trendColours: TrendColours;
}

function EditOrganisation({ organisation, onClose }: { organisation: OrganisationView; onClose: () => void }) {
  const { t } = useTranslation();
  const { name, newAgentsTeam, trendColours } = organisation;
  return (
    <FormDialog<Values, OrganisationView>
      title={t('people.organisation.title')}
      save={t('people.save')}
      initial={{ name, newAgentsTeamId: newAgentsTeam.id, trendColours }}
      submit={({ name: typed, ...values }) =>
        // Without a name so far, the rest can be set all the same.
        patchOrganisation(typed.trim() === '' && name === '' ? values : { ...values, name: typed.trim() })
      }
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={name === '' ? [] : [{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item
        name="newAgentsTeamId"
        label={t('people.organisation.newAgents')}
        extra={t('people.organisation.newAgentsHelp')}
      >
        <TeamChoice />
      </Form.Item>
      <Form.Item name="trendColours" label={t('people.organisation.trend')}>
        <Radio.Group
          vertical
          options={(['red_up', 'green_up'] as const).map((value) => ({
            value,
            label: <TrendSample colours={value} />,
          }))}
        />
      </Form.Item>
      <AppliesTo to="from then on" text={t('people.organisation.applies')} />
    </FormDialog>
  );
}
