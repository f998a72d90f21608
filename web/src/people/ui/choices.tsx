import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '../../../../src/shared/organisation.js';
import { getAgents } from '../../api/index.js';
import { useTeams } from './data.js';

interface ChoiceProps {
  id?: string;
  value?: number;
  onChange?: (id: number) => void;
  'aria-label'?: string;
}

interface TeamNode {
  value: number;
  title: string;
  children: TeamNode[];
}

export function treeOf(teams: readonly TeamView[], parent: number | null = null): TeamNode[] {
  const known = new Set(teams.map(({ id }) => id));
  return teams
    .filter(({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null) === parent)
    .map((team) => ({ value: team.id, title: team.name, children: treeOf(teams, team.id) }));
}

/** One of the teams, found by name. `except`: not this one nor any below it. */
export function TeamChoice({ except, ...props }: ChoiceProps & { except?: number; allowClear?: boolean }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const offered = teams.filter((team) => except === undefined || !isBelow(team, except, teams));
  return (
    <TreeSelect<number>
      {...props}
      treeData={treeOf(offered)}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={t('people.chooseTeam')}
      style={{ width: '100%' }}
      notFoundContent={t('people.nothingFound')}
    />
  );
}

interface TeamsProps {
  id?: string;
  value?: number[];
  onChange?: (ids: number[]) => void;
  placeholder: string;
  'aria-label'?: string;
  maxTagCount?: 'responsive';
  popupMatchSelectWidth?: boolean;
}

/** Any of the teams, found by name. */
export function TeamsChoice(props: TeamsProps) {
  const { t } = useTranslation();
  return (
    <TreeSelect<number[]>
      {...props}
      multiple
      allowClear
      treeData={treeOf(useTeams())}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      notFoundContent={t('people.nothingFound')}
    />
  );
}

/** Whether a team is another or somewhere below it. */
export function isBelow(team: TeamView, top: number, teams: readonly TeamView[]): boolean {
  for (let one: TeamView | undefined = team; one; one = teams.find(({ id }) => id === one?.parentId))
    if (one.id === top) return true;
  return false;
}

/** One agent out of any number, found by name or address on the server. */
export function AgentChoice({ except, ...props }: ChoiceProps & { except?: number }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = useQuery({
    queryKey: ['organisation', 'agent-choice', typed],
    queryFn: () => getAgents(typed === '' ? {} : { search: typed }, null, 30),
    placeholderData: (before) => before,
  });
  return (
    <Select<number>
      {...props}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('people.chooseAgent')}
      style={{ width: '100%' }}
      loading={found.isFetching}
      notFoundContent={found.isPending ? t('common.loading') : t('people.nothingFound')}
      options={(found.data?.agents ?? [])
        .filter(({ id }) => id !== except)
        .map(({ id, name, team }) => ({ value: id, label: `${name} · ${team.name}` }))}
    />
  );
}
