import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SiteCreate, SiteView } from '../../../../src/shared/organisation.js';
import { createSite, getSites } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { useMay } from '../../ui/use-session.js';
import { AppliesTo } from '../ui/applies-to.js';
import { clockText, QUARTERS } from '../ui/clock-text.js';
import { FormDialog } from '../ui/form-dialog.js';
import { ZoneSelect } from '../ui/zone-select.js';
import '../people.css';

/** Places with a clock and a calendar of their own. */
export default function Sites() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('people:write');
  const [creating, setCreating] = useState(false);
  const sites = useQuery({ queryKey: ['organisation', 'sites'], queryFn: getSites });
  return (
    <>
      <PageHead title={t('people.sites.title')} lead={t('people.sites.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('people.sites.create')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        {sites.isError && <ErrorView error={sites.error} onRetry={() => void sites.refetch()} />}
        <ScrollX label={t('people.sites.title')}>
          <Table<SiteView>
            rowKey="id"
            size="small"
            pagination={false}
            loading={sites.isPending}
            dataSource={sites.data ?? []}
            columns={[
              {
                title: t('people.name'),
                render: (_, { id, name }) => <Link to={`/settings/sites/${id}`}>{name}</Link>,
              },
              { title: t('people.sites.zone'), dataIndex: 'timeZone' },
              { title: t('people.sites.dayStart'), render: (_, site) => clockText(site.dayStartMinutes) },
              { title: t('people.teams.title'), dataIndex: 'teams', align: 'right' },
            ]}
          />
        </ScrollX>
      </section>
      {creating && (
        <FormDialog<SiteCreate, SiteView>
          title={t('people.sites.create')}
          save={t('people.create')}
          initial={{ timeZone: sites.data?.[0]?.timeZone ?? 'UTC', dayStartMinutes: 0 }}
          submit={(values) => createSite({ ...values, name: values.name.trim() })}
          onClose={() => setCreating(false)}
          onDone={({ id }) => void navigate(`/settings/sites/${id}`)}
        >
          <Form.Item
            name="name"
            label={t('people.name')}
            rules={[{ required: true, whitespace: true, message: t('people.required') }]}
          >
            <Input maxLength={80} autoFocus />
          </Form.Item>
          <Form.Item name="timeZone" label={t('people.sites.zone')} extra={t('people.sites.zoneHelp')}>
            <ZoneSelect />
          </Form.Item>
          <Form.Item name="dayStartMinutes" label={t('people.sites.dayStart')} extra={t('people.sites.dayStartHelp')}>
            <DayStart />
          </Form.Item>
          <AppliesTo to="nothing" text={t('people.sites.createApplies')} />
        </FormDialog>
      )}
    </>
  );
}

/** A quarter hour of the day, in minutes. */
export function DayStart(props: { id?: string; value?: number; onChange?: (minutes: number) => void }) {
  return <Select showSearch {...props} options={QUARTERS.map((value) => ({ value, label: clockText(value) }))} />;
}
