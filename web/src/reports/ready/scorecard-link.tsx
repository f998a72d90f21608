import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readyPath } from './address.js';

interface Props {
  agent: { id: number; name: string };
}

/** From a person somewhere in the product to their scorecard. */
export function ScorecardLink({ agent }: Props) {
  const { t } = useTranslation();
  return (
    <Link to={readyPath('agent_scorecard', { agent: agent.id })}>
      {t('reports.ready.scorecard')}
      <span className="sr-only">: {agent.name}</span>
    </Link>
  );
}
