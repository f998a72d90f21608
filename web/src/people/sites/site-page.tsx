import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { SitePatch, SiteVersionCreate, SiteView } from '../../../../src/shared/organisation.js';
import { addSiteVersion, dropSiteVersion, getSite, patchSite } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { useMay } from '../../ui/use-session.js';
import { AppliesTo } from '../ui/applies-to.js';
import { clockText } from '../ui/clock-text.js';
import { useChange } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FromWhen } from '../ui/from-when.js';
import { Section } from '../ui/section.js';
import { Versions } from '../ui/versions.js';
import { ZoneSelect } from '../ui/zone-select.js';
import { Holidays } from './holidays.js';
import { DayStart } from './sites.js';
import '../people.css';

/** One site: its clock with everything that held before, and its calendar. */
export default function SitePage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const site = useQuery({ queryKey: ['organisation', 'site', id], queryFn: () => getSite(id) });
  const parent = { to: '/settings/sites', label: t('people.sites.title') };
  if (site.isError)
    return (
      <>
        <PageHead title={t('people.site')} parent={parent} />
        <ErrorView error={site.error} onRetry={() => void site.refetch()} />
      </>
    );
  if (site.isPending) return null;
  return <Details site={site.data} parent={parent} />;
}

function Details({ site, parent }: { site: SiteView; parent: { to: string; label: string } }) {
  const { t } = useTranslation();
  const mayWrite = useMay('people:write');
  const change = useChange();
  const [open, setOpen] = useState<'name' | 'clock' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHead title={site.name} parent={parent}>
        {mayWrite && <Button onClick={() => setOpen('name')}>{t('people.rename')}</Button>}
      </PageHead>
      <Section
        title={t('people.sites.clock')}
        text={t('people.sites.clockText')}
        actions={mayWrite && <Button onClick={() => setOpen('clock')}>{t('people.change')}</Button>}
      >
        <Versions
          versions={site.versions}
          zone={site.timeZone}
          show={({ timeZone, dayStartMinutes }) => (
            <b>{t('people.sites.version', { zone: timeZone, start: clockText(dayStartMinutes) })}</b>
          )}
          {...(mayWrite ? { onDrop: (from: string) => change(() => dropSiteVersion(site.id, from)) } : {})}
        />
      </Section>
      <Holidays siteId={site.id} zone={site.timeZone} mayWrite={mayWrite} />
      {open === 'name' && (
        <FormDialog<SitePatch, SiteView>
          title={t('people.editOf', { name: site.name })}
          save={t('people.save')}
          initial={{ name: site.name }}
          submit={({ name = '' }) => patchSite(site.id, { name: name.trim() })}
          onClose={close}
        >
          <Form.Item
            name="name"
            label={t('people.name')}
            rules={[{ required: true, whitespace: true, message: t('people.required') }]}
          >
            <Input maxLength={80} autoFocus />
          </Form.Item>
          <AppliesTo to="nothing" text={t('people.renameApplies')} />
        </FormDialog>
      )}
      {open === 'clock' && <ClockDialog site={site} onClose={close} />}
    </>
  );
}

function ClockDialog({ site, onClose }: { site: SiteView; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<SiteVersionCreate, SiteView>
      title={t('people.sites.clockOf', { name: site.name })}
      save={t('people.save')}
      initial={{ timeZone: site.timeZone, dayStartMinutes: site.dayStartMinutes }}
      submit={(values) => addSiteVersion(site.id, values)}
      onClose={onClose}
    >
      <Form.Item name="timeZone" label={t('people.sites.zone')} extra={t('people.sites.zoneHelp')}>
        <ZoneSelect />
      </Form.Item>
      <Form.Item name="dayStartMinutes" label={t('people.sites.dayStart')} extra={t('people.sites.dayStartHelp')}>
        <DayStart />
      </Form.Item>
      <Form.Item name="validFrom" label={t('people.fromWhen.title')}>
        <FromWhen zone={site.timeZone} />
      </Form.Item>
      <AppliesTo to="from then on" text={t('people.sites.clockApplies')} />
    </FormDialog>
  );
}
