import { useQuery } from '@tanstack/react-query';
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView, KpiReport } from '../../../src/shared/api.js';
import { getKpis, query } from '../api/index.js';
import { addDays, dateInZone, formatInstant, formatMinute } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { listOf } from '../wallboard/drill.js';
import { FigureLink } from './figure-link.js';

type Row = KpiReport['rows'][number];
type Grouping = 'agent' | 'hour' | 'team';

/** The columns of the day's table, as far as the catalog has them. */
const COLUMNS = [
  'dials',
  'connects',
  'connect_rate',
  'effective',
  'effective_rate',
  'talk_s',
  'avg_talk_s',
  'inbound_answered',
  'sales',
  'conversion_rate',
  'revenue',
];
const EVERY_MS = 10_000;

/** Today by agent, team or hour. Every row opens its calls, every figure what it counts. */
export function TodayTable({ catalog, zone }: { catalog: KpiDefinitionView[]; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const [groupBy, setGroupBy] = useState<Grouping>('agent');
  const columns = COLUMNS.flatMap(
    (id) => catalog.find((definition) => definition.id === id && definition.available) ?? [],
  );
  const date = dateInZone(browserNow(), zone);
  const range = { from: date, to: addDays(date, 1) };
  const report = useQuery({
    queryKey: ['kpis', 'report', date, groupBy, columns.map((column) => column.id)],
    queryFn: () =>
      getKpis(
        range.from,
        range.to,
        groupBy,
        columns.map((column) => column.id),
      ),
    refetchInterval: EVERY_MS,
    enabled: columns.length > 0,
  });
  return (
    <section className="card">
      <h2>{t('kpis.todayTitle')}</h2>
      <p className="quiet">
        {report.data
          ? t('kpis.asOf', { time: formatInstant(report.data.asOf, zone, language), zone })
          : t('common.loading')}
      </p>
      <Segmented<Grouping>
        aria-label={t('kpis.groupBy')}
        value={groupBy}
        onChange={setGroupBy}
        options={(['agent', 'team', 'hour'] as const).map((value) => ({ value, label: t(`kpis.by.${value}`) }))}
      />
      {report.isError && <ErrorView error={report.error} onRetry={() => void report.refetch()} />}
      <ScrollX label={t('kpis.todayTitle')}>
        <Table<Row>
          rowKey="key"
          size="small"
          className="tabular"
          style={{ marginTop: 12 }}
          pagination={report.data && report.data.rows.length > 50 ? { pageSize: 50 } : false}
          loading={report.isPending}
          dataSource={report.data?.rows ?? []}
          locale={{ emptyText: report.isPending ? ' ' : t('kpis.empty') }}
          columns={[
            {
              title: t(`kpis.by.${groupBy}`),
              render: (_, row) => (
                <Link to={pathOf(row, groupBy, range)}>
                  {groupBy === 'agent' && row.key === '0'
                    ? t('common.unassigned')
                    : labelOf(row, groupBy, zone, language)}
                </Link>
              ),
            },
            ...columns.map((column) => ({
              title: localised(column.name),
              align: 'right' as const,
              render: (_: unknown, row: Row) => (
                <FigureLink
                  value={row.values[column.id]}
                  kpi={column}
                  to={(measure) => pathOf(row, groupBy, range, measure)}
                />
              ),
            })),
          ]}
          summary={() =>
            report.data &&
            report.data.rows.length > 0 && (
              <Table.Summary.Row>
                <Table.Summary.Cell index={0}>
                  <b>{t('kpis.total')}</b>
                </Table.Summary.Cell>
                {columns.map((column, index) => (
                  <Table.Summary.Cell key={column.id} index={index + 1} align="right">
                    <b>
                      <FigureLink
                        value={report.data.totals[column.id]}
                        kpi={column}
                        to={(measure) => `${listOf(measure)}${query({ ...range, measure })}`}
                      />
                    </b>
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            )
          }
        />
      </ScrollX>
    </section>
  );
}

function labelOf(row: Row, groupBy: Grouping, zone: string, language: 'en' | 'zh'): string {
  if (groupBy !== 'hour') return row.label;
  const start = Date.parse(row.key);
  return Number.isNaN(start) ? row.label : formatMinute(start, zone, language);
}

/** What is behind a row, or with a measure behind one of its figures. */
function pathOf(row: Row, groupBy: Grouping, range: { from: string; to: string }, measure?: string): string {
  const list = listOf(measure);
  if (groupBy !== 'hour') {
    // The row of what nobody owns has the key 0.
    const isNobody = groupBy === 'agent' && row.key === '0' && list === '/calls';
    return `${list}${query({ ...range, ...(isNobody ? { unassigned: 'true' } : { [groupBy]: row.key }), measure })}`;
  }
  const start = Date.parse(row.key);
  if (Number.isNaN(start)) return `${list}${query({ ...range, measure })}`;
  const hour = { from: new Date(start).toISOString(), to: new Date(start + 3_600_000).toISOString() };
  return `${list}${query({ ...hour, measure })}`;
}
