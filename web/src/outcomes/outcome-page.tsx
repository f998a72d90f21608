import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { OutcomeDetail, OutcomeEntryView } from '../../../src/shared/outcomes.js';
import { getCatalog, getOutcome } from '../api/index.js';
import { formatCount, formatInstant, formatMoney, MISSING } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { CustomerCell } from '../privacy/customer-cell.js';
import { ErrorView } from '../ui/error-view.js';
import { FactList } from '../ui/fact-list.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { TakeBack } from './call-outcomes.js';
import { OutcomeDialog } from './outcome-dialog.js';
import { OutcomeMarks } from './outcome-marks.js';
import { SaidFields } from './said-fields.js';
import './outcomes.css';

/** One outcome: what it says, who said what when, and what it adds. */
export function OutcomePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  useTitle(t('outcomes.one'));
  const mayWrite = useMay('outcomes:write');
  const zone = useOrganisationZone() ?? 'UTC';
  const [correcting, setCorrecting] = useState(false);
  const outcome = useQuery({ queryKey: ['outcomes', 'one', id], queryFn: () => getOutcome(id) });
  if (outcome.isError) return <ErrorView error={outcome.error} onRetry={() => void outcome.refetch()} />;
  if (!outcome.data) return <p className="quiet">{t('common.loading')}</p>;
  const { data } = outcome;
  return (
    <>
      <div className="outcomes__head">
        <h1>
          {t('outcomes.one')} <OutcomeMarks outcome={data} />
        </h1>
        {mayWrite && (
          <div className="outcomes__actions">
            <Button onClick={() => setCorrecting(true)}>{t('outcomes.correctIt')}</Button>
            <TakeBack outcome={data} />
          </div>
        )}
      </div>
      <Facts outcome={data} zone={zone} />
      <div className="two">
        <Entries outcome={data} zone={zone} />
        <Adds outcome={data} />
      </div>
      {correcting && (
        <OutcomeDialog
          about={{}}
          campaignId={data.campaign.id}
          outcome={data}
          zone={zone}
          onClose={() => setCorrecting(false)}
        />
      )}
    </>
  );
}

function Facts({ outcome, zone }: { outcome: OutcomeDetail; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { agent, callId, callbackAt, customerId } = outcome;
  const facts: [string, ReactNode][] = [
    [t('outcomes.at'), formatInstant(outcome.at, zone, language)],
    [t('calls.agent'), agent?.name ?? t('common.unassigned')],
    [t('calls.team'), outcome.team.id === 0 ? t('common.unassigned') : outcome.team.name],
    [t('calls.campaign'), outcome.campaign.name],
    [t('calls.customer'), <CustomerCell key="customer" id={customerId} text={outcome.customer ?? MISSING} />],
    [
      t('outcomes.call'),
      callId === null ? (
        t('outcomes.noCall')
      ) : (
        <Link key="call" to={`/calls/${encodeURIComponent(callId)}`}>
          {t('outcomes.openCall')}
        </Link>
      ),
    ],
    [t('outcomes.callbackAt'), callbackAt === null ? MISSING : formatInstant(callbackAt, zone, language)],
    [t('outcomes.note'), outcome.note ?? MISSING],
    [t('outcomes.source'), <code key="source">{outcome.source}</code>],
    [t('outcomes.externalId'), <code key="id">{outcome.externalId}</code>],
  ];
  return <FactList facts={facts} />;
}

function Entries({ outcome, zone }: { outcome: OutcomeDetail; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = ({ by }: OutcomeEntryView) => {
    if (by === null) return t('outcomes.byUnknown');
    return by.name ?? t(`outcomes.by.${by.kind}`);
  };
  return (
    <section className="card">
      <h2>{t('outcomes.history')}</h2>
      <p className="quiet">{t('outcomes.historyText')}</p>
      <ScrollX label={t('outcomes.history')}>
        <Table<OutcomeEntryView>
          rowKey={({ version, at }) => `${version}:${at}`}
          size="small"
          className="tabular"
          pagination={false}
          dataSource={outcome.entries}
          columns={[
            { title: t('outcomes.at'), render: (_, { at }) => formatInstant(at, zone, language) },
            { title: t('outcomes.who'), render: (_, entry) => who(entry) },
            {
              title: t('outcomes.said'),
              render: (_, { fields }) => <SaidFields fields={fields} outcome={outcome} zone={zone} />,
            },
            { title: t('outcomes.version'), align: 'right', dataIndex: 'version' },
          ]}
        />
      </ScrollX>
    </section>
  );
}

function Adds({ outcome }: { outcome: OutcomeDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  const named = new Map(catalog.data?.map((definition) => [definition.id, definition]));
  return (
    <section className="card">
      <h2>{t('outcomes.adds')}</h2>
      <p className="quiet">{t('outcomes.addsText')}</p>
      <Table<[string, number]>
        rowKey={([id]) => id}
        size="small"
        className="tabular"
        pagination={false}
        dataSource={Object.entries(outcome.contribution)}
        locale={{ emptyText: t('outcomes.addsNothing') }}
        columns={[
          {
            title: t('outcomes.measure'),
            render: (_, [id]) => {
              const definition = named.get(id);
              return definition ? `${localised(definition.name)} (${id})` : id;
            },
          },
          {
            title: t('outcomes.adds'),
            align: 'right',
            render: (_, [id, value]) =>
              named.get(id)?.unit === 'money' && outcome.sale
                ? formatMoney(value, outcome.sale.currency, language)
                : formatCount(value, language),
          },
        ]}
      />
    </section>
  );
}
