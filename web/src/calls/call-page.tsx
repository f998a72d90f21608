import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CallDetail } from '../../../src/shared/api.js';
import { getCall, getCatalog } from '../api/index.js';
import { formatCount, formatDuration, formatInstant, MISSING } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { CallOutcomes } from '../outcomes/index.js';
import { CustomerCell } from '../privacy/customer-cell.js';
import { ErrorView } from '../ui/error-view.js';
import { FactList } from '../ui/fact-list.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useTitle } from '../ui/use-title.js';
import { CallLegs } from './call-legs.js';
import { customerText, talkText, teamText } from './call-text.js';
import { OutcomeTag } from './outcome-tag.js';

/** One call down to the raw events: what happened, and what it adds to each measure. */
export function CallPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  useTitle(t('call.title'));
  const call = useQuery({ queryKey: ['call', id], queryFn: () => getCall(id) });
  if (call.isError) return <ErrorView error={call.error} onRetry={() => void call.refetch()} />;
  if (!call.data) return <p className="quiet">{t('common.loading')}</p>;
  return (
    <>
      <h1>
        {t('call.title')} <OutcomeTag call={call.data} />
      </h1>
      <Facts call={call.data} />
      <CallOutcomes call={call.data} />
      <CallLegs call={call.data} />
      <div className="two">
        <Contribution call={call.data} />
        <Settings call={call.data} />
      </div>
      <Events call={call.data} />
    </>
  );
}

function Facts({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const time = (value: string | null) => (value === null ? MISSING : formatInstant(value, call.timeZone, language));
  const agent = call.agent ? (
    <Link to={`/calls?agent=${call.agent.id}`}>{call.agent.name}</Link>
  ) : (
    t('common.unassigned')
  );
  const facts: [label: string, value: ReactNode][] = [
    [t('calls.agent'), agent],
    [t('calls.team'), teamText(call, t)],
    [t('calls.campaign'), call.campaign.name],
    [t('calls.directionTitle'), t(`calls.direction.${call.direction}`)],
    [t('calls.customer'), <CustomerCell key="customer" id={call.customerId} text={customerText(call, t)} />],
    [t('calls.started'), time(call.startedAt)],
    [t('call.answered'), time(call.answeredAt)],
    [t('call.ended'), time(call.endedAt)],
    [t('calls.ring'), formatDuration(call.ringSeconds, language)],
    [t('calls.talk'), talkText(call, language)],
    [t('call.answeredBy'), call.answeredBy ? t(`calls.answeredBy.${call.answeredBy}`) : MISSING],
    [t('call.businessDate'), call.businessDate],
    [t('call.timeZone'), call.timeZone],
    [t('call.id'), <code key="id">{call.id}</code>],
    [
      t('call.unknown'),
      call.incomplete.length === 0
        ? t('common.none')
        : call.incomplete.map((mark) => t(`call.marks.${mark}`, mark)).join(' · '),
    ],
  ];
  return <FactList facts={facts} />;
}

function Contribution({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  const named = new Map(catalog.data?.map((definition) => [definition.id, definition]));
  const rows = Object.entries(call.explanation.contribution).filter(([, value]) => value !== 0);
  return (
    <section className="card">
      <h2>{t('call.contribution')}</h2>
      <p className="quiet">
        {t('call.contributionText', { slot: formatInstant(call.explanation.slotStart, call.timeZone, language) })}
      </p>
      <Table<[string, number]>
        rowKey={([id]) => id}
        size="small"
        className="tabular"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: t('call.noContribution') }}
        columns={[
          {
            title: t('call.measure'),
            render: (_, [id]) => {
              const definition = named.get(id);
              if (definition === undefined) return id;
              return <Link to={`/kpis#${id}`}>{`${localised(definition.name)} (${id})`}</Link>;
            },
          },
          {
            title: t('call.adds'),
            align: 'right',
            render: (_, [id, value]) => {
              const isTime = named.get(id)?.unit === 'seconds' || id.endsWith('_s');
              return isTime ? formatDuration(value, language) : formatCount(value, language);
            },
          },
        ]}
      />
    </section>
  );
}

function Settings({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { effectiveThresholdSeconds, assumeHuman, timeZone } = call.explanation;
  return (
    <section className="card">
      <h2>{t('call.settings')}</h2>
      <p className="quiet">{t('call.settingsText')}</p>
      <dl className="facts">
        <div>
          <dt>{t('call.threshold')}</dt>
          <dd>{formatDuration(effectiveThresholdSeconds, language)}</dd>
        </div>
        <div>
          <dt>{t('call.assumeHuman')}</dt>
          <dd>{t(assumeHuman ? 'common.yes' : 'common.no')}</dd>
        </div>
        <div>
          <dt>{t('call.timeZone')}</dt>
          <dd>{timeZone}</dd>
        </div>
      </dl>
    </section>
  );
}

function Events({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t('call.events')}</h2>
      <p className="quiet">{t('call.eventsText')}</p>
      <ScrollX label={t('call.events')}>
        <Table<CallDetail['events'][number]>
          rowKey="id"
          size="small"
          className="tabular"
          pagination={false}
          dataSource={call.events}
          expandable={{
            columnTitle: <span className="sr-only">{t('common.details')}</span>,
            expandedRowRender: (event) => <pre className="raw">{JSON.stringify(event.fields, null, 2)}</pre>,
          }}
          columns={[
            {
              title: t('call.occurred'),
              render: (_, event) => formatInstant(event.occurredAt, call.timeZone, language),
            },
            {
              title: t('call.received'),
              render: (_, event) => formatInstant(event.receivedAt, call.timeZone, language),
            },
            { title: t('call.type'), render: (_, event) => <code>{event.type}</code> },
            { title: t('call.leg'), render: (_, event) => <code>{event.leg}</code> },
          ]}
        />
      </ScrollX>
    </section>
  );
}
