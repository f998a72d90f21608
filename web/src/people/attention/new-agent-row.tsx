import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NewAgent } from '../../../../src/shared/organisation.js';
import { useLanguage } from '../../i18n/index.js';
import { TeamChoice } from '../ui/choices.js';
import { useZone } from '../ui/data.js';
import { formatMoment } from '../ui/days.js';

interface Props {
  agent: NewAgent;
  name: string;
  teamId: number | undefined;
  selected: boolean;
  selectable: boolean;
  mayWrite: boolean;
  busy: boolean;
  onName: (name: string) => void;
  onTeam: (teamId: number) => void;
  onSelect: (on: boolean) => void;
  onConfirm: () => void;
  onMerge: () => void;
}

/** One agent to confirm: who calls itself so, since when, how many calls; its real name and team. */
export function NewAgentRow(props: Props) {
  const { t } = useTranslation();
  const { agent, name, teamId, mayWrite } = props;
  return (
    <li className="fix" data-agent={agent.name}>
      {mayWrite && props.selectable && (
        <Checkbox
          className="fix__check"
          aria-label={t('people.newAgents.select', { name: agent.name })}
          checked={props.selected}
          onChange={(event) => props.onSelect(event.target.checked)}
        />
      )}
      <div className="fix__what">
        <Link to={`/settings/agents/${agent.id}`}>{agent.name}</Link>
        <Seen agent={agent} />
      </div>
      {mayWrite && (
        <form
          className="fix__form"
          onSubmit={(event) => {
            event.preventDefault();
            props.onConfirm();
          }}
        >
          <Input
            aria-label={t('people.newAgents.nameOf', { name: agent.name })}
            value={name}
            maxLength={80}
            onChange={(event) => props.onName(event.target.value)}
          />
          <TeamChoice
            aria-label={t('people.newAgents.teamOf', { name: agent.name })}
            {...(teamId === undefined ? {} : { value: teamId })}
            onChange={props.onTeam}
          />
          <Button
            type="primary"
            htmlType="submit"
            disabled={props.busy || teamId === undefined || name.trim() === ''}
            aria-label={t('people.newAgents.confirmOne', { name: agent.name })}
          >
            {t('people.newAgents.confirm')}
          </Button>
          <Button onClick={props.onMerge} aria-label={t('people.newAgents.sameAsOf', { name: agent.name })}>
            {t('people.newAgents.sameAs')}
          </Button>
        </form>
      )}
    </li>
  );
}

function Seen({ agent }: { agent: NewAgent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone(agent.team.id);
  const calls = t('people.callCount', { count: agent.calls });
  return (
    <div className="quiet">
      {agent.lastCallAt === null
        ? calls
        : t('people.seenLast', { calls, time: formatMoment(agent.lastCallAt, zone, language) })}
    </div>
  );
}
