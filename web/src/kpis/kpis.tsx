import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { KpiDefinitionView, KpiReport } from '../../../src/shared/api.js';
import { getCatalog, getKpis, query } from '../api/index.js';
import { addDays, dateInZone, formatKpi } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useOrganisationZone } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { listOf } from '../wallboard/drill.js';
import { FigureLink } from './figure-link.js';
import { TodayTable } from './today-table.js';

const TODAY_EVERY_MS = 10_000;

/** What every number means, with today's value beside its definition. */
export function Kpis() {
  const { t } = useTranslation();
  useTitle(t('app.kpis'));
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  const zone = useOrganisationZone();
  const available = catalog.data?.filter((definition) => definition.available).map((definition) => definition.id) ?? [];
  const today = useQuery({
    queryKey: ['kpis', 'today', zone, available],
    queryFn: () => {
      const date = dateInZone(browserNow(), zone ?? 'UTC');
      return getKpis(date, addDays(date, 1), 'organisation', available);
    },
    enabled: zone !== undefined && available.length > 0,
    refetchInterval: TODAY_EVERY_MS,
  });
  if (catalog.isError) return <ErrorView error={catalog.error} onRetry={() => void catalog.refetch()} />;
  return (
    <>
      <h1>{t('app.kpis')}</h1>
      {zone && catalog.data && <TodayTable catalog={catalog.data} zone={zone} />}
      <section className="card">
        <h2>{t('kpis.catalog')}</h2>
        <p className="quiet">{t('kpis.catalogText')}</p>
        <CatalogTable catalog={catalog.data ?? []} loading={catalog.isPending} today={today.data} />
      </section>
    </>
  );
}

interface CatalogProps {
  catalog: KpiDefinitionView[];
  loading: boolean;
  today: KpiReport | undefined;
}

function CatalogTable({ catalog, loading, today }: CatalogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const asked = useAsked(catalog.length > 0);
  return (
    <ScrollX label={t('kpis.catalog')}>
      <Table<KpiDefinitionView>
        rowKey="id"
        size="small"
        pagination={false}
        loading={loading}
        dataSource={catalog}
        onRow={({ id }) => ({ id: `kpi-${id}` })}
        expandable={{
          columnTitle: <span className="sr-only">{t('common.details')}</span>,
          defaultExpandedRowKeys: asked === '' ? [] : [asked],
          expandedRowRender: (definition) => <Explanation definition={definition} />,
        }}
        columns={[
          {
            title: t('kpis.name'),
            render: (_, definition) => (
              <>
                <b>{localised(definition.name)}</b>{' '}
                <span className="quiet">{language === 'zh' ? definition.name.en : definition.name.zh}</span>
              </>
            ),
          },
          {
            title: t('kpis.today'),
            align: 'right',
            render: (_, definition) =>
              definition.available ? (
                <span className="tabular">
                  <FigureLink
                    value={today?.totals[definition.id]}
                    kpi={definition}
                    to={(measure) => `${listOf(measure)}${query({ from: today?.from, to: today?.to, measure })}`}
                  />
                </span>
              ) : (
                <Mark>{t('kpis.notYet')}</Mark>
              ),
          },
          { title: t('kpis.formula'), render: (_, definition) => <code className="wrap">{definition.formula}</code> },
          { title: t('kpis.unit'), render: (_, definition) => t(`kpis.units.${definition.unit}`) },
          { title: t('kpis.id'), render: (_, definition) => <code>{definition.id}</code> },
          { title: t('kpis.version'), align: 'right', dataIndex: 'version' },
        ]}
      />
    </ScrollX>
  );
}

/** The KPI an address names (`/kpis#connect_rate`): reports lead here, and it stands open and in view. */
function useAsked(isThere: boolean): string {
  const asked = useLocation().hash.slice(1);
  useEffect(() => {
    if (isThere && asked !== '') document.getElementById(`kpi-${asked}`)?.scrollIntoView({ block: 'center' });
  }, [isThere, asked]);
  return asked;
}

function Explanation({ definition }: { definition: KpiDefinitionView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { thresholds, unit } = definition;
  return (
    <div style={{ maxWidth: '72ch' }}>
      <p>{localised(definition.explanation)}</p>
      <p className="quiet">
        {t(`kpis.good.${definition.goodDirection}`)}
        {thresholds &&
          ` · ${t('kpis.thresholds', { warn: formatKpi(thresholds.warn, unit, language), bad: formatKpi(thresholds.bad, unit, language) })}`}
        {` · ${t('kpis.source')}: ${localised(definition.source)}`}
      </p>
    </div>
  );
}
