import { useQueries, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getAgent, getAgents } from '../../api/index.js';

interface Props {
  value: readonly number[];
  /** One has to be chosen, and only one. */
  isRequired: boolean;
  onChange: (agents: number[]) => void;
}

/** Agents out of any number, found by name on the server; those of the address stand there by name, too. */
export function AgentField({ value, isRequired, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = useQuery({
    queryKey: ['organisation', 'agent-choice', typed],
    queryFn: () => getAgents(typed === '' ? {} : { search: typed }, null, 30),
    placeholderData: (before) => before,
  });
  const offered = found.data?.agents ?? [];
  const unknown = value.filter((id) => found.data && !offered.some((agent) => agent.id === id));
  const named = useQueries({
    queries: unknown.map((id) => ({
      queryKey: ['organisation', 'agent', id],
      queryFn: () => getAgent(id),
      staleTime: 600_000,
    })),
  }).flatMap(({ data }) => data ?? []);
  const options = [...offered, ...named].map(({ id, name, team }) => ({ value: id, label: `${name} · ${team.name}` }));
  const shared = {
    'aria-label': t('reports.ready.agent'),
    showSearch: { filterOption: false, onSearch: setTyped },
    loading: found.isFetching,
    notFoundContent: t(found.isPending ? 'common.loading' : 'people.nothingFound'),
    popupMatchSelectWidth: false,
    options,
  };
  return (
    <div className="report-field report-field--wide">
      <span>{t('reports.ready.agent')}</span>
      {isRequired ? (
        <Select<number>
          {...shared}
          placeholder={t('people.chooseAgent')}
          {...(value[0] === undefined ? {} : { value: value[0] })}
          onChange={(id) => onChange([id])}
        />
      ) : (
        <Select<number[]>
          {...shared}
          mode="multiple"
          maxTagCount="responsive"
          placeholder={t('reports.ready.allAgents')}
          value={[...value]}
          onChange={onChange}
        />
      )}
    </div>
  );
}
