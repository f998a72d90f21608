import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgentStatus, AgentView } from '../../../../src/shared/organisation.js';
import { Mark, type Tone } from '../../ui/mark.js';

const TONES: Record<AgentStatus, Tone> = {
  new: 'warn',
  active: 'good',
  left: 'plain',
  merged: 'plain',
  erased: 'plain',
};

/** What an agent is now; of one that was merged, into whom. */
export function AgentStatusMark({ agent }: { agent: Pick<AgentView, 'status' | 'display' | 'mergedInto'> }) {
  const { t } = useTranslation();
  const { status, display, mergedInto } = agent;
  return (
    <span className="marks">
      <Mark tone={TONES[status]}>{t(`people.statuses.${status}`)}</Mark>
      {display === 'hidden' && <Mark>{t('people.display.hidden')}</Mark>}
      {mergedInto && <Link to={`/settings/agents/${mergedInto.id}`}>{mergedInto.name}</Link>}
    </span>
  );
}
