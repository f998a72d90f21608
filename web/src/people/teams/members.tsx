import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TeamView } from '../../../../src/shared/organisation.js';
import { getAgents } from '../../api/index.js';
import { ErrorView } from '../../ui/error-view.js';
import { AgentStatusMark } from '../agents/agent-status.js';
import { Section } from '../ui/section.js';

const SHOWN = 100;

/** Who is in the team now. */
export function Members({ team }: { team: TeamView }) {
  const { t } = useTranslation();
  const members = useQuery({
    queryKey: ['organisation', 'agents', 'of-team', team.id],
    queryFn: () => getAgents({ team: String(team.id), status: 'new,active' }, null, SHOWN),
  });
  const total = members.data?.total ?? 0;
  return (
    <Section
      title={t('people.teams.members', { count: team.members })}
      {...(members.data && total === 0 ? { text: t('people.teams.noMembers') } : {})}
    >
      {members.isError && <ErrorView error={members.error} onRetry={() => void members.refetch()} />}
      <ul className="member-list">
        {members.data?.agents.map((agent) => (
          <li key={agent.id}>
            <Link to={`/settings/agents/${agent.id}`}>{agent.name}</Link>{' '}
            {agent.status !== 'active' && <AgentStatusMark agent={agent} />}
          </li>
        ))}
      </ul>
      {total > SHOWN && <Link to={`/settings/agents?team=${team.id}&below=false`}>{t('people.teams.allMembers')}</Link>}
    </Section>
  );
}
