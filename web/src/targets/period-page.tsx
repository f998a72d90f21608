import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Select, Spin, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { KpiValue } from '../../../src/shared/api.js';
import type { AdjustmentView, FrozenTarget, PeriodView } from '../../../src/shared/targets.js';
import { getPeriod, query } from '../api/index.js';
import { ExportButton } from '../exports/index.js';
import { addDays, formatFraction, formatKpi } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatDay, formatMoment } from '../people/ui/days.js';
import { Section } from '../people/ui/section.js';
import { usePrinting } from '../reports/document/use-printing.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useOrganisationZone } from '../ui/use-session.js';
import { monthText } from './month-text.js';
import { useKpi, useKpiName } from './use-kpi.js';
import { actualText, deltaText, targetText } from './values.js';
import '../people/people.css';
import './targets.css';

const SHOWN = ['dials', 'connects', 'talk_total_s', 'effective', 'sales', 'revenue', 'conversion_rate'];

/** A closed month: the champion, the figures as they were frozen, and everything that came after. */
export default function PeriodPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const month = useParams().month ?? '';
  const zone = useOrganisationZone() ?? 'UTC';
  const period = useQuery({ queryKey: ['periods', month], queryFn: () => getPeriod(month) });
  if (period.isError) return <ErrorView error={period.error} onRetry={() => void period.refetch()} />;
  if (period.isPending) return <Spin />;
  const { closedAt, closedBy, champions } = period.data;
  const lead = t('targets.months.closedLead', {
    at: formatMoment(closedAt, zone, language),
    by: closedBy ?? t('targets.months.somebody'),
  });
  return (
    <div className="period-page">
      <PageHead
        title={monthText(month, language)}
        lead={lead}
        parent={{ to: '/settings/periods', label: t('targets.months.title') }}
      >
        <ExportButton source={{ kind: 'period', month }} />
        <Button onClick={() => window.print()}>{t('reports.ready.print')}</Button>
      </PageHead>
      {champions.map((champion) => (
        <Champion key={champion.agent.id} champion={champion} kpi={period.data.kpi} />
      ))}
      <Figures period={period.data} />
      <Targets targets={period.data.targets} />
      <Adjustments list={period.data.adjustmentList} />
    </div>
  );
}

const ROWS_A_PAGE = 50;

/** Paper has all of them. */
function pagesOf(rows: number, printing: boolean): false | { pageSize: number; showSizeChanger: false } {
  return printing || rows <= ROWS_A_PAGE ? false : { pageSize: ROWS_A_PAGE, showSizeChanger: false };
}

function Champion({ champion, kpi }: { champion: PeriodView['champions'][number]; kpi: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useKpi(kpi)?.unit ?? 'count';
  const name = useKpiName();
  return (
    <section className="card champion">
      <span className="champion__cup" aria-hidden="true">
        🏆
      </span>
      <span>
        <span className="quiet">{t('targets.months.champion')}</span>
        <br />
        <span className="champion__name">{champion.agent.name}</span>{' '}
        <span className="quiet">{champion.team.name}</span>
      </span>
      <strong className="tabular">
        {name(kpi)} {formatKpi(champion.value, unit, language)}
      </strong>
    </section>
  );
}

function Figures({ period }: { period: PeriodView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useKpiName();
  const printing = usePrinting();
  const [kpi, setKpi] = useState(SHOWN.includes(period.kpi) ? period.kpi : 'dials');
  const unit = useKpi(kpi)?.unit ?? 'count';
  const text = (value: KpiValue | undefined) => formatKpi(value ?? null, unit, language);
  const rows = period.rows.map(({ agent, frozen, adjusted }) => ({
    agent,
    frozen: frozen[kpi],
    adjusted: adjusted[kpi],
  }));
  type Row = (typeof rows)[number];
  return (
    <Section
      title={t('targets.months.figures')}
      text={t('targets.months.figuresText')}
      actions={
        <Select
          aria-label={t('targets.kpi')}
          value={kpi}
          onChange={setKpi}
          popupMatchSelectWidth={false}
          options={SHOWN.map((value) => ({ value, label: name(value) }))}
        />
      }
    >
      <ScrollX label={t('targets.months.figures')}>
        <Table<Row>
          rowKey={({ agent }) => agent.id}
          size="small"
          className="tabular"
          pagination={pagesOf(rows.length, printing)}
          dataSource={rows}
          columns={[
            { title: t('people.name'), render: (_, { agent }) => nameOf(agent, t('common.unassigned')) },
            { title: t('targets.months.frozen'), align: 'right', render: (_, row) => text(row.frozen) },
            { title: t('targets.months.adjusted'), align: 'right', render: (_, row) => text(row.adjusted) },
            {
              title: t('targets.months.changed'),
              align: 'right',
              render: (_, row) => (text(row.frozen) === text(row.adjusted) ? '' : '●'),
            },
          ]}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0}>{t('targets.months.total')}</Table.Summary.Cell>
              <Table.Summary.Cell index={1} align="right">
                {text(period.totals.frozen[kpi])}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={2} align="right">
                {text(period.totals.adjusted[kpi])}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={3} />
            </Table.Summary.Row>
          )}
        />
      </ScrollX>
    </Section>
  );
}

function Targets({ targets }: { targets: FrozenTarget[] }) {
  const { t } = useTranslation();
  const printing = usePrinting();
  const name = useKpiName();
  return (
    <Section title={t('targets.months.targets')}>
      <ScrollX label={t('targets.months.targets')}>
        <Table<FrozenTarget>
          rowKey="targetId"
          size="small"
          className="tabular"
          pagination={pagesOf(targets.length, printing)}
          dataSource={targets}
          locale={{ emptyText: <Empty description={t('targets.months.noTargets')} /> }}
          columns={[
            {
              title: t('targets.whom'),
              render: (_, { scope, label }) =>
                scope.kind === 'organisation' ? t('targets.scopes.organisation') : label,
            },
            { title: t('targets.kpi'), render: (_, { kpi }) => name(kpi) },
            { title: t('targets.value'), align: 'right', render: (_, target) => <Value of={target} what="target" /> },
            { title: t('targets.actual'), align: 'right', render: (_, target) => <Value of={target} what="actual" /> },
            {
              title: t('targets.attainment'),
              align: 'right',
              render: (_, { attainment }) => <Share value={attainment} />,
            },
          ]}
        />
      </ScrollX>
    </Section>
  );
}

function Share({ value }: { value: number | null }) {
  return formatFraction(value, useLanguage());
}

function Value({ of, what }: { of: FrozenTarget; what: 'target' | 'actual' }) {
  const language = useLanguage();
  const unit = useKpi(of.kpi)?.unit ?? 'count';
  if (what === 'actual') return actualText(of.actual, unit, of.currency, language);
  return targetText(of.target, unit, of.currency, language);
}

function Adjustments({ list }: { list: AdjustmentView[] }) {
  const { t } = useTranslation();
  const printing = usePrinting();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  return (
    <Section title={t('targets.months.adjustments')} text={t('targets.months.adjustmentsText')}>
      <ScrollX label={t('targets.months.adjustments')}>
        <Table<AdjustmentView>
          rowKey="id"
          size="small"
          className="tabular"
          pagination={pagesOf(list.length, printing)}
          dataSource={list}
          locale={{ emptyText: <Empty description={t('targets.months.noAdjustments')} /> }}
          columns={[
            { title: t('targets.months.at'), render: (_, { at }) => formatMoment(at, zone, language) },
            {
              title: t('targets.months.why'),
              render: (_, { family, reason }) => (
                <>
                  {t(`targets.months.families.${family}`)} <code>{reason}</code>
                </>
              ),
            },
            { title: t('targets.months.who'), render: (_, { by }) => <Authors by={by} /> },
            {
              title: t('targets.months.day'),
              render: (_, { date, agent }) => (
                <Link to={`/calls${query({ from: date, to: addDays(date, 1), agent: agent.id })}`}>
                  {formatDay(date, language)}
                </Link>
              ),
            },
            {
              title: t('people.name'),
              render: (_, { agent, team }) => `${nameOf(agent, t('common.unassigned'))} · ${team.name}`,
            },
            {
              title: t('targets.months.delta'),
              render: (_, { delta, currency }) => <Delta delta={delta} currency={currency} />,
            },
          ]}
        />
      </ScrollX>
    </Section>
  );
}

/** Nobody of ours: the telephone system said so. */
function Authors({ by }: Pick<AdjustmentView, 'by'>) {
  const { t } = useTranslation();
  if (by.length === 0) return <span className="quiet">{t('targets.months.nobody')}</span>;
  return by.map(({ kind, id, name }) => <div key={`${kind}:${id}`}>{name ?? t(`targets.months.author.${kind}`)}</div>);
}

/** Measures that changed, in their units. */
function Delta({ delta, currency }: { delta: Record<string, number>; currency: string }) {
  const language = useLanguage();
  const name = useKpiName();
  return Object.entries(delta).map(([column, value]) => {
    const { kpi, text } = deltaText(column, value, currency, language);
    return (
      <div key={column}>
        {name(kpi)} {text}
      </div>
    );
  });
}

/** Whom calls could not be given to stands in the snapshot under an English name. */
function nameOf(agent: { id: number; name: string }, unassigned: string): string {
  return agent.id === 0 ? unassigned : agent.name;
}
