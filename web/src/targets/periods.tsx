import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PeriodSummary } from '../../../src/shared/targets.js';
import { closePeriod, getPeriods } from '../api/index.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { Section } from '../people/ui/section.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { KpiField } from './kpi-field.js';
import { monthText } from './month-text.js';
import { useKpiName } from './use-kpi.js';
import '../people/people.css';
import './targets.css';

/** Months that are closed, and those that can be. */
export default function Periods() {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  const name = useKpiName();
  const mayClose = useMay('settings:write');
  const [closing, setClosing] = useState<string>();
  const periods = useQuery({ queryKey: ['periods'], queryFn: getPeriods });
  const open = periods.data?.open ?? [];
  return (
    <>
      <PageHead title={t('targets.months.title')} lead={t('targets.months.lead')} />
      {periods.isError && <ErrorView error={periods.error} onRetry={() => void periods.refetch()} />}
      {open.length > 0 && (
        <Section title={t('targets.months.open')} text={t('targets.months.openText')}>
          <ul className="plain-list">
            {open.map((month) => (
              <li key={month} className="fix">
                <span className="fix__what">{monthText(month, language)}</span>
                {mayClose && <Button onClick={() => setClosing(month)}>{t('targets.months.close')}</Button>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <section className="card">
        <ScrollX label={t('targets.months.title')}>
          <Table<PeriodSummary>
            rowKey="month"
            size="small"
            className="tabular"
            pagination={false}
            loading={periods.isPending}
            dataSource={periods.data?.periods ?? []}
            locale={{ emptyText: periods.isPending ? ' ' : <Empty description={t('targets.months.empty')} /> }}
            columns={[
              {
                title: t('targets.months.month'),
                render: (_, { month }) => <Link to={`/settings/periods/${month}`}>{monthText(month, language)}</Link>,
              },
              { title: t('targets.months.closedAt'), render: (_, p) => formatMoment(p.closedAt, zone, language) },
              {
                title: t('targets.months.closedBy'),
                render: (_, { closedBy }) => closedBy ?? t('targets.months.somebody'),
              },
              { title: t('targets.months.championBy'), render: (_, { kpi }) => name(kpi) },
              {
                title: t('targets.months.adjustments'),
                align: 'right',
                render: (_, { adjustments }) => formatCount(adjustments, language),
              },
            ]}
          />
        </ScrollX>
      </section>
      {closing !== undefined && <CloseMonth month={closing} onClose={() => setClosing(undefined)} />}
    </>
  );
}

function CloseMonth({ month, onClose }: { month: string; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [kpi, setKpi] = useState('sales');
  const closing = useMutation({
    mutationFn: () => closePeriod({ month, kpi }),
    onSuccess: async () => {
      void message.success(t('targets.months.done', { month: monthText(month, language) }));
      onClose();
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Modal
      open
      getContainer=".desk"
      title={t('targets.months.closeTitle', { month: monthText(month, language) })}
      okText={t('targets.months.closeNow')}
      cancelText={t('people.cancel')}
      confirmLoading={closing.isPending}
      onOk={() => closing.mutate()}
      onCancel={onClose}
    >
      <p>{t('targets.months.closeText')}</p>
      <p className="quiet">{t('targets.months.championBy')}</p>
      <KpiField aria-label={t('targets.months.championBy')} value={kpi} onChange={setKpi} />
      {closing.isError && <ErrorView error={closing.error} />}
    </Modal>
  );
}
