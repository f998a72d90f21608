import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Segmented, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { TARGET_PERIODS, type TargetScope, type TargetView } from '../../../src/shared/targets.js';
import { getTargets } from '../api/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatDay } from '../people/ui/days.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useSearchFilter } from '../ui/use-search-filter.js';
import { useMay } from '../ui/use-session.js';
import { KpiField } from './kpi-field.js';
import { RemoveTarget } from './remove-target.js';
import { ScopeProgress } from './scope-progress.js';
import { TargetDialog } from './target-dialog.js';
import { TemplateDialog } from './template-dialog.js';
import { useKpi, useKpiName } from './use-kpi.js';
import { useToday } from './use-today.js';
import { targetText } from './values.js';
import './targets.css';

type Whose = TargetScope['kind'];
const WHOSE: readonly Whose[] = ['organisation', 'team', 'agent'];

/** What is expected, of whom, by when; where organisation and teams stand. */
export default function Targets() {
  const { t } = useTranslation();
  const mayWrite = useMay('targets:write');
  const today = useToday();
  const [search, change] = useSearchFilter();
  const [open, setOpen] = useState<'create' | 'template' | TargetView>();
  const whose = WHOSE.find((one) => one === search.get('whose')) ?? 'team';
  const filter = {
    kpi: search.get('kpi') ?? '',
    period: search.get('period') ?? '',
    at: search.get('all') === '1' ? '' : (today ?? ''),
  };
  const targets = useQuery({
    queryKey: ['targets', 'list', filter],
    queryFn: () => getTargets(filter),
    enabled: today !== undefined,
    placeholderData: (before) => before,
  });
  const shown = (targets.data ?? []).filter(({ scope }) => scope.kind === whose);
  return (
    <>
      <PageHead title={t('targets.title')} lead={t('targets.lead')}>
        {mayWrite && (
          <>
            <Button onClick={() => setOpen('template')}>{t('targets.templates.use')}</Button>
            <Button type="primary" onClick={() => setOpen('create')}>
              {t('targets.create')}
            </Button>
          </>
        )}
      </PageHead>
      <section className="card">
        <div className="target-filters">
          <Segmented<Whose>
            aria-label={t('targets.whom')}
            value={whose}
            onChange={(value) => change('whose', value)}
            options={WHOSE.map((value) => ({ value, label: t(`targets.whose.${value}`) }))}
          />
          <div className="target-filters__kpi">
            <KpiField
              allowClear
              placeholder={t('targets.anyKpi')}
              aria-label={t('targets.kpi')}
              {...(filter.kpi === '' ? {} : { value: filter.kpi })}
              onChange={(kpi) => change('kpi', kpi ?? '')}
            />
          </div>
          <Select
            aria-label={t('targets.period')}
            value={filter.period}
            onChange={(period) => change('period', period)}
            options={[
              { value: '', label: t('targets.anyPeriod') },
              ...TARGET_PERIODS.map((value) => ({ value, label: t(`targets.periods.${value}`) })),
            ]}
          />
          <Select
            aria-label={t('targets.inForce')}
            value={search.get('all') ?? ''}
            onChange={(all) => change('all', all)}
            options={[
              { value: '', label: t('targets.inForce') },
              { value: '1', label: t('targets.allDates') },
            ]}
          />
        </div>
        {targets.isError && <ErrorView error={targets.error} onRetry={() => void targets.refetch()} />}
        <TargetTable targets={shown} loading={targets.isPending} onEdit={mayWrite ? setOpen : undefined} />
      </section>
      {whose !== 'agent' && shown.length > 0 && <ScopeProgress targets={shown} />}
      {today !== undefined && open === 'create' && (
        <TargetDialog today={today} scope={{ kind: whose, id: 0 }} onClose={() => setOpen(undefined)} />
      )}
      {today !== undefined && open === 'template' && (
        <TemplateDialog today={today} onClose={() => setOpen(undefined)} />
      )}
      {today !== undefined && typeof open === 'object' && (
        <TargetDialog today={today} target={open} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

interface TableProps {
  targets: TargetView[];
  loading: boolean;
  onEdit: ((target: TargetView) => void) | undefined;
}

function TargetTable({ targets, loading, onEdit }: TableProps) {
  const { t } = useTranslation();
  const name = useKpiName();
  return (
    <ScrollX label={t('targets.title')}>
      <Table<TargetView>
        rowKey="id"
        size="small"
        className="tabular"
        pagination={targets.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        loading={loading}
        dataSource={targets}
        locale={{ emptyText: loading ? ' ' : <Empty description={t('targets.empty')} /> }}
        columns={[
          {
            title: t('targets.whom'),
            render: (_, { scope, label }) => (scope.kind === 'organisation' ? t('targets.scopes.organisation') : label),
          },
          {
            title: t('targets.kpi'),
            render: (_, { id, kpi }) => <Link to={`/settings/targets/${id}`}>{name(kpi)}</Link>,
          },
          { title: t('targets.period'), render: (_, { period }) => t(`targets.periods.${period}`) },
          { title: t('targets.value'), align: 'right', render: (_, target) => <ValueText target={target} /> },
          { title: t('targets.valid'), render: (_, target) => <Validity target={target} /> },
          {
            title: <span className="sr-only">{t('people.edit')}</span>,
            hidden: onEdit === undefined,
            align: 'right',
            render: (_, target) =>
              onEdit && (
                <span className="row-actions">
                  <Button size="small" onClick={() => onEdit(target)}>
                    {t('people.edit')}
                  </Button>
                  <RemoveTarget target={target} />
                </span>
              ),
          },
        ]}
      />
    </ScrollX>
  );
}

export function ValueText({ target }: { target: Pick<TargetView, 'kpi' | 'value' | 'currency'> }) {
  const language = useLanguage();
  const kpi = useKpi(target.kpi);
  return kpi === undefined ? null : targetText(target.value, kpi.unit, target.currency, language);
}

export function Validity({ target }: { target: TargetView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const from = formatDay(target.validFrom, language);
  return (
    <>
      {target.validUntil === null
        ? t('targets.from', { from })
        : t('targets.fromUntil', { from, until: formatDay(target.validUntil, language) })}{' '}
      {target.locked && <Mark tone="warn">{t('targets.lockedMark')}</Mark>}
    </>
  );
}
