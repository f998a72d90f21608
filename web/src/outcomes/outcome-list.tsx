import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { CELL_PARAMETERS } from '../../../src/shared/cell-query.js';
import type { OutcomeView } from '../../../src/shared/outcomes.js';
import { getCatalog, getOutcomes, type OutcomeFilter } from '../api/index.js';
import { CellTags } from '../calls/cell-tags.js';
import { namedIds } from '../calls/filter.js';
import { ExportButton } from '../exports/index.js';
import { formatInstant, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useTeams } from '../people/ui/data.js';
import { formatBound, formatMoment } from '../people/ui/days.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useOrganisationZone } from '../ui/use-session.js';
import { OutcomeMarks } from './outcome-marks.js';
import '../settings/settings.css';
import './outcomes.css';

const KEYS = ['from', 'to', 'agent', 'team', 'campaign', 'call', 'measure'] as const satisfies (keyof OutcomeFilter)[];
const ALL_KEYS = [...KEYS, ...CELL_PARAMETERS];

/** The outcomes behind a number; the filter is in the address. */
export function Outcomes() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter: OutcomeFilter = Object.fromEntries(
    ALL_KEYS.flatMap((key) => {
      const value = search.get(key);
      return value ? [[key, value]] : [];
    }),
  );
  const list = useInfiniteQuery({
    queryKey: ['outcomes', 'list', filter],
    queryFn: ({ pageParam }) => getOutcomes(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const outcomes = list.data?.pages.flatMap((page) => page.outcomes) ?? [];
  const drop = (key: string) => {
    const next = new URLSearchParams(search);
    next.delete(key);
    setSearch(next);
  };
  return (
    <>
      <PageHead title={t('outcomes.listTitle')}>
        <ExportButton source={{ kind: 'outcomes', query: new URLSearchParams({ ...filter }).toString() }} />
      </PageHead>
      <section className="card">
        <p className="quiet">{t('outcomes.listLead')}</p>
        <FilterTags filter={filter} outcomes={outcomes} onDrop={drop} />
        {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
        {!list.isError && <OutcomeTable outcomes={outcomes} loading={list.isPending} />}
        {list.hasNextPage && (
          <div className="centre">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </section>
    </>
  );
}

interface FilterTagsProps {
  filter: OutcomeFilter;
  outcomes: OutcomeView[];
  onDrop: (key: string) => void;
}

/** What the list is limited to, each in words and with a way to leave it out. */
function FilterTags({ filter, outcomes, onDrop }: FilterTagsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  const teams = useTeams();
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  // Whom revenue went to need not be who closed the sale: a name is only taken from where the number fits.
  const agentName = (id: number) =>
    id === 0 ? t('common.unassigned') : outcomes.find(({ agent }) => agent?.id === id)?.agent?.name;
  const teamName = (id: number) => teams.find((team) => team.id === id)?.name;
  const campaignName = (id: number) => outcomes.find(({ campaign }) => campaign.id === id)?.campaign.name;
  const named = (ids: string | undefined, nameOf: (id: number) => string | undefined) =>
    ids && namedIds(ids, nameOf, language);
  const shown: Record<(typeof KEYS)[number], string | undefined> = {
    from: filter.from && formatBound(filter.from, 'from', zone, language),
    to: filter.to && formatBound(filter.to, 'to', zone, language),
    agent: named(filter.agent, agentName),
    team: named(filter.team, teamName),
    campaign: named(filter.campaign, campaignName),
    call: filter.call,
    measure: catalog.data?.find(({ id }) => id === filter.measure)?.name[language] ?? filter.measure,
  };
  const given = KEYS.filter((key) => filter[key] !== undefined);
  if (ALL_KEYS.every((key) => filter[key] === undefined)) return null;
  return (
    <div className="filters outcomes__filters">
      {given.map((key) => (
        <Tag key={key} closable color="blue" onClose={() => onDrop(key)}>
          {t(`outcomes.filters.${key}`)}: {shown[key]}
        </Tag>
      ))}
      <CellTags filter={filter} onDrop={onDrop} />
    </div>
  );
}

function OutcomeTable({ outcomes, loading }: { outcomes: OutcomeView[]; loading: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  return (
    <ScrollX label={t('outcomes.listTitle')}>
      <Table<OutcomeView>
        rowKey="id"
        size="small"
        className="tabular"
        pagination={false}
        loading={loading}
        dataSource={outcomes}
        locale={{ emptyText: loading ? ' ' : <Empty description={t('outcomes.listEmpty')} /> }}
        columns={[
          {
            title: t('outcomes.at'),
            render: (_, { id, at }) => (
              <Link to={`/outcomes/${encodeURIComponent(id)}`}>{formatInstant(at, zone, language)}</Link>
            ),
          },
          { title: t('outcomes.what'), render: (_, outcome) => <OutcomeMarks outcome={outcome} /> },
          { title: t('calls.agent'), render: (_, { agent }) => agent?.name ?? <i>{t('common.unassigned')}</i> },
          { title: t('calls.campaign'), render: (_, { campaign }) => campaign.name },
          { title: t('calls.customer'), render: (_, { customer }) => customer ?? MISSING },
          {
            title: t('outcomes.callbackAt'),
            hidden: outcomes.every(({ callbackAt }) => callbackAt === null),
            render: (_, { callbackAt }) => callbackAt && formatMoment(callbackAt, zone, language),
          },
          {
            title: t('outcomes.call'),
            render: (_, { callId }) =>
              callId && <Link to={`/calls/${encodeURIComponent(callId)}`}>{t('outcomes.openCall')}</Link>,
          },
          { title: t('outcomes.note'), render: (_, { note }) => note && <span className="wrap">{note}</span> },
        ]}
      />
    </ScrollX>
  );
}
