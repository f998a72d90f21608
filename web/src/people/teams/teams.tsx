import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TeamView } from '../../../../src/shared/organisation.js';
import { getTeams } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark } from '../../ui/mark.js';
import { useMay } from '../../ui/use-session.js';
import { CreateTeam } from './create-team.js';
import '../people.css';

/** The tree of teams. */
export default function Teams() {
  const { t } = useTranslation();
  const mayWrite = useMay('people:write');
  const [archived, setArchived] = useState(false);
  const [creating, setCreating] = useState<{ under: TeamView | null }>();
  const teams = useQuery({
    queryKey: ['organisation', 'teams', { archived }],
    queryFn: () => getTeams(archived),
    placeholderData: (before) => before,
  });
  const known = new Set(teams.data?.map(({ id }) => id));
  const tops = teams.data?.filter(({ parentId }) => parentId === null || !known.has(parentId)) ?? [];
  return (
    <>
      <PageHead title={t('people.teams.title')} lead={t('people.teams.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setCreating({ under: null })}>
            {t('people.teams.create')}
          </Button>
        )}
      </PageHead>
      <section className="card">
        {teams.isError && <ErrorView error={teams.error} onRetry={() => void teams.refetch()} />}
        {teams.data?.length === 0 && <p>{t('people.teams.none')}</p>}
        <Branch
          teams={tops}
          all={teams.data ?? []}
          {...(mayWrite ? { onAdd: (under: TeamView) => setCreating({ under }) } : {})}
        />
        <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
          {t('people.teams.showArchived')}
        </Checkbox>
      </section>
      {creating && <CreateTeam under={creating.under} onClose={() => setCreating(undefined)} />}
    </>
  );
}

interface BranchProps {
  teams: TeamView[];
  all: TeamView[];
  onAdd?: (under: TeamView) => void;
}

function Branch({ teams, all, onAdd }: BranchProps) {
  const { t } = useTranslation();
  if (teams.length === 0) return null;
  return (
    <ul className="tree">
      {teams.map((team) => (
        <li key={team.id} data-team={team.name}>
          <div className="tree__row">
            <span className="tree__name">
              <Link to={`/settings/teams/${team.id}`}>{team.name}</Link>{' '}
              {team.archivedAt && <Mark>{t('people.teams.archived')}</Mark>}
              {team.isNewAgentsTeam && <Mark tone="live">{t('people.teams.takesNew')}</Mark>}
            </span>
            <span className="quiet tabular">{t('people.teams.members', { count: team.members })}</span>
            <span className="quiet">{team.site.name}</span>
            {onAdd && !team.archivedAt && (
              <Button
                size="small"
                aria-label={`${t('people.teams.addBelow')}: ${team.name}`}
                onClick={() => onAdd(team)}
              >
                {t('people.teams.addBelow')}
              </Button>
            )}
          </div>
          <Branch teams={all.filter(({ parentId }) => parentId === team.id)} all={all} {...(onAdd ? { onAdd } : {})} />
        </li>
      ))}
    </ul>
  );
}
