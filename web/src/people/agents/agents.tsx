import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Empty, Input, Select, Table, TreeSelect } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { AgentView } from '../../../../src/shared/organisation.js';
import { type AgentFilter, getAgents } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { useSearchFilter } from '../../ui/use-search-filter.js';
import { useMay } from '../../ui/use-session.js';
import { treeOf } from '../ui/choices.js';
import { useTeams } from '../ui/data.js';
import { AgentStatusMark } from './agent-status.js';
import { CreateAgent } from './create-agent.js';
import { STATUSES } from './statuses.js';
import '../people.css';

/** Everybody who calls: found by name, address, team and status. The filter is in the address, so that it can be shared. */
export default function Agents() {
  const { t } = useTranslation();
  const [search, change] = useSearchFilter();
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  const mayWrite = useMay('people:write');
  const filter = filterFrom(search);
  const list = useInfiniteQuery({
    queryKey: ['organisation', 'agents', filter],
    queryFn: ({ pageParam }) => getAgents(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const agents = list.data?.pages.flatMap((page) => page.agents) ?? [];
  const total = list.data?.pages[0]?.total;
  return (
    <>
      <PageHead title={t('people.agents.title')} lead={t('people.agents.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('people.agents.create')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        <Filters search={search} change={change} />
        {total !== undefined && (
          <p className="quiet" role="status">
            {t('people.agents.found', { count: total })}
          </p>
        )}
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <AgentTable agents={agents} loading={list.isPending} filtered={Object.keys(filter).length > 0} />
        )}
        {list.hasNextPage && (
          <div className="centre">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </section>
      {creating && (
        <CreateAgent
          onClose={() => setCreating(false)}
          onCreated={({ id }) => void navigate(`/settings/agents/${id}`)}
        />
      )}
    </>
  );
}

function filterFrom(search: URLSearchParams): AgentFilter {
  const filter: AgentFilter = {};
  const typed = search.get('search')?.trim();
  const team = search.get('team');
  const status = search.get('status');
  if (typed) filter.search = typed;
  if (team) filter.team = team;
  if (team && search.get('below') !== 'false') filter.below = 'true';
  if (status) filter.status = status;
  return filter;
}

function Filters({ search, change }: { search: URLSearchParams; change: (key: string, value: string) => void }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const team = search.get('team');
  return (
    <div className="filters people-filters">
      <Input.Search
        aria-label={t('people.agents.search')}
        placeholder={t('people.agents.search')}
        allowClear
        defaultValue={search.get('search') ?? ''}
        onSearch={(typed) => change('search', typed.trim())}
      />
      <TreeSelect<string>
        aria-label={t('people.team')}
        allowClear
        placeholder={t('people.agents.anyTeam')}
        treeDefaultExpandAll
        showSearch={{ treeNodeFilterProp: 'title' }}
        treeData={asText(treeOf(teams))}
        {...(team === null ? {} : { value: team })}
        onChange={(value) => change('team', value ?? '')}
      />
      <Select<string>
        aria-label={t('people.status')}
        value={search.get('status') ?? ''}
        onChange={(value) => change('status', value)}
        options={[
          { value: '', label: t('people.agents.presentStatus') },
          ...STATUSES.map((status) => ({ value: status, label: t(`people.statuses.${status}`) })),
        ]}
      />
      {team !== null && (
        <Checkbox
          checked={search.get('below') !== 'false'}
          onChange={(event) => change('below', event.target.checked ? '' : 'false')}
        >
          {t('people.agents.below')}
        </Checkbox>
      )}
    </div>
  );
}

interface TextNode {
  value: string;
  title: string;
  children: TextNode[];
}

const asText = (nodes: ReturnType<typeof treeOf>): TextNode[] =>
  nodes.map(({ value, title, children }) => ({ value: String(value), title, children: asText(children) }));

function AgentTable({ agents, loading, filtered }: { agents: AgentView[]; loading: boolean; filtered: boolean }) {
  const { t } = useTranslation();
  const empty = t(filtered ? 'people.agents.noneFound' : 'people.agents.empty');
  return (
    <ScrollX label={t('people.agents.title')}>
      <Table<AgentView>
        rowKey="id"
        size="small"
        pagination={false}
        loading={loading}
        dataSource={agents}
        locale={{ emptyText: loading ? ' ' : <Empty description={empty} /> }}
        columns={[
          {
            title: t('people.name'),
            render: (_, agent) => <Link to={`/settings/agents/${agent.id}`}>{agent.name}</Link>,
          },
          { title: t('people.team'), render: (_, agent) => agent.team.name },
          { title: t('people.status'), render: (_, agent) => <AgentStatusMark agent={agent} /> },
          {
            title: t('people.addresses.title'),
            responsive: ['md'],
            render: (_, { addresses }) => (
              <span className="wrap">
                {addresses
                  .slice(0, 3)
                  .map(({ value }) => value)
                  .join(', ')}
                {addresses.length > 3 && ` +${addresses.length - 3}`}
              </span>
            ),
          },
        ]}
      />
    </ScrollX>
  );
}
