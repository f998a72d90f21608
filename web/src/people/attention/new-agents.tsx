import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NewAgent } from '../../../../src/shared/organisation.js';
import { confirmAgent } from '../../api/index.js';
import { MergeDialog } from '../agents/merge-dialog.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { useChange, useTeams } from '../ui/data.js';
import { Section } from '../ui/section.js';
import { NewAgentRow } from './new-agent-row.js';

interface Edit {
  name?: string;
  teamId?: number;
}

/** Agents seen for the first time: a name and a team for each, one by one or several at once. */
export function NewAgents({ agents, total, mayWrite }: { agents: NewAgent[]; total: number; mayWrite: boolean }) {
  const { t } = useTranslation();
  const change = useChange();
  const [edits, setEdits] = useState<Record<number, Edit>>({});
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [lastTeam, setLastTeam] = useState<number>();
  const [merging, setMerging] = useState<NewAgent>();
  const [busy, setBusy] = useState(false);
  const realTeams = useTeams().filter(({ isNewAgentsTeam }) => !isNewAgentsTeam);
  // No choice, no click.
  const onlyTeam = realTeams.length === 1 ? realTeams[0]?.id : undefined;
  if (agents.length === 0) return null;

  const teamOf = ({ id }: NewAgent) => edits[id]?.teamId ?? lastTeam ?? onlyTeam;
  const nameOf = ({ id, name }: NewAgent) => edits[id]?.name ?? name;
  const edit = (id: number, changed: Edit) => setEdits({ ...edits, [id]: { ...edits[id], ...changed } });
  const chosen = agents.filter(({ id }) => selected.has(id));
  const ready = chosen.filter((agent) => teamOf(agent) !== undefined);
  const select = (id: number, on: boolean) =>
    setSelected(new Set(on ? [...selected, id] : [...selected].filter((one) => one !== id)));

  const confirm = async (list: NewAgent[]) => {
    setBusy(true);
    await change(async () => {
      const recount = { calls: 0, done: true };
      for (const agent of list) {
        const teamId = teamOf(agent);
        if (teamId === undefined) continue;
        const answer = await confirmAgent(agent.id, { name: nameOf(agent), teamId });
        recount.calls += answer.recount?.calls ?? 0;
        recount.done &&= answer.recount?.done ?? true;
      }
      return { result: null, recount };
    });
    setSelected(new Set());
    setBusy(false);
  };

  return (
    <Section title={t('people.newAgents.title', { count: total })} text={t('people.newAgents.text')}>
      <AppliesTo to="past and future" text={t('people.newAgents.applies')} />
      {mayWrite && realTeams.length === 0 && (
        <p>
          {t('people.newAgents.noTeams')} <Link to="/settings/teams">{t('people.newAgents.toTeams')}</Link>
        </p>
      )}
      {mayWrite && agents.length > 1 && (
        <div className="pick-bar">
          <Checkbox
            checked={chosen.length === agents.length}
            indeterminate={chosen.length > 0 && chosen.length < agents.length}
            onChange={(event) => setSelected(new Set(event.target.checked ? agents.map(({ id }) => id) : []))}
          >
            {t('people.newAgents.all')}
          </Checkbox>
          {chosen.length > 0 && (
            <>
              <TeamChoice
                aria-label={t('people.newAgents.teamOfChosen')}
                onChange={(teamId) => {
                  setLastTeam(teamId);
                  setEdits({ ...edits, ...Object.fromEntries(chosen.map(({ id }) => [id, { ...edits[id], teamId }])) });
                }}
              />
              <Button
                type="primary"
                loading={busy}
                disabled={ready.length < chosen.length}
                onClick={() => void confirm(ready)}
              >
                {t('people.newAgents.confirmChosen', { count: chosen.length })}
              </Button>
            </>
          )}
        </div>
      )}
      <ul className="fix-list">
        {agents.map((agent) => (
          <NewAgentRow
            key={agent.id}
            agent={agent}
            name={nameOf(agent)}
            teamId={teamOf(agent)}
            selected={selected.has(agent.id)}
            selectable={agents.length > 1}
            mayWrite={mayWrite}
            busy={busy}
            onName={(name) => edit(agent.id, { name })}
            onTeam={(teamId) => {
              edit(agent.id, { teamId });
              setLastTeam(teamId);
            }}
            onSelect={(on) => select(agent.id, on)}
            onConfirm={() => void confirm([agent])}
            onMerge={() => setMerging(agent)}
          />
        ))}
      </ul>
      {total > agents.length && <p className="quiet">{t('people.newAgents.more', { count: total - agents.length })}</p>}
      {merging && <MergeDialog agent={merging} onClose={() => setMerging(undefined)} />}
    </Section>
  );
}
