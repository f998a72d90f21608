import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { TeamPatch, TeamView } from '../../../../src/shared/organisation.js';
import { getTeam, patchTeam } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark } from '../../ui/mark.js';
import { useMay } from '../../ui/use-session.js';
import { CreateAgent } from '../agents/create-agent.js';
import { ShiftsSection } from '../calendar/shifts.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { useChange, useTeams } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { TakeBack } from '../ui/take-back.js';
import { CreateTeam } from './create-team.js';
import { Members } from './members.js';
import '../people.css';

/** One team: where it stands in the tree, who is in it, when it works. */
export default function TeamPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const team = useQuery({ queryKey: ['organisation', 'team', id], queryFn: () => getTeam(id) });
  const parent = { to: '/settings/teams', label: t('people.teams.title') };
  if (team.isError)
    return (
      <>
        <PageHead title={t('people.team')} parent={parent} />
        <ErrorView error={team.error} onRetry={() => void team.refetch()} />
      </>
    );
  if (team.isPending) return null;
  return <Details team={team.data} parent={parent} />;
}

function Details({ team, parent }: { team: TeamView; parent: { to: string; label: string } }) {
  const { t } = useTranslation();
  const mayWrite = useMay('people:write');
  const [open, setOpen] = useState<'edit' | 'below' | 'agent' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHead title={team.name} parent={parent}>
        {mayWrite && !team.archivedAt && (
          <>
            <Button onClick={() => setOpen('agent')}>{t('people.agents.create')}</Button>
            <Button onClick={() => setOpen('below')}>{t('people.teams.addBelow')}</Button>
            <Button onClick={() => setOpen('edit')}>{t('people.edit')}</Button>
          </>
        )}
        {mayWrite && <Archive team={team} />}
      </PageHead>
      <Place team={team} />
      <Members team={team} />
      <ShiftsSection owner="teams" id={team.id} mayWrite={mayWrite && !team.archivedAt} />
      {open === 'edit' && <EditTeam team={team} onClose={close} />}
      {open === 'below' && <CreateTeam under={team} onClose={close} />}
      {open === 'agent' && <CreateAgent teamId={team.id} onClose={close} />}
    </>
  );
}

function Place({ team }: { team: TeamView }) {
  const { t } = useTranslation();
  const below = useTeams().filter(({ parentId }) => parentId === team.id);
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{t('people.teams.path')}</dt>
          <dd>{team.path.join(' / ')}</dd>
        </div>
        <div>
          <dt>{t('people.site')}</dt>
          <dd>
            <Link to={`/settings/sites/${team.site.id}`}>{team.site.name}</Link>
            <div className="quiet">{team.site.timeZone}</div>
          </dd>
        </div>
        <div>
          <dt>{t('people.teams.below')}</dt>
          <dd>
            {below.length === 0
              ? t('common.none')
              : below.map(({ id, name }) => (
                  <div key={id}>
                    <Link to={`/settings/teams/${id}`}>{name}</Link>
                  </div>
                ))}
          </dd>
        </div>
        <div>
          <dt>{t('people.calls')}</dt>
          <dd>
            <Link to={`/calls?team=${team.id}`}>{t('people.openCalls')}</Link>
          </dd>
        </div>
        <div>
          <dt>{t('people.teams.ranks')}</dt>
          <dd>{t(team.showsRanks ? 'people.teams.ranksShown' : 'people.teams.ranksHidden')}</dd>
        </div>
        {(team.archivedAt !== null || team.isNewAgentsTeam) && (
          <div>
            <dt>{t('people.status')}</dt>
            <dd className="marks">
              {team.archivedAt && <Mark>{t('people.teams.archived')}</Mark>}
              {team.isNewAgentsTeam && <Mark tone="live">{t('people.teams.takesNew')}</Mark>}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

interface Values {
  name: string;
  parentId?: number;
  showsRanks: boolean;
}

function EditTeam({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Values, TeamView>
      title={t('people.editOf', { name: team.name })}
      save={t('people.save')}
      initial={{
        name: team.name,
        showsRanks: team.showsRanks,
        ...(team.parentId === null ? {} : { parentId: team.parentId }),
      }}
      submit={({ name, parentId, showsRanks }) =>
        patchTeam(team.id, { name: name.trim(), parentId: parentId ?? null, showsRanks })
      }
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="parentId" label={t('people.teams.parent')} extra={t('people.teams.parentHelp')}>
        <TeamChoice except={team.id} allowClear />
      </Form.Item>
      <Form.Item name="showsRanks" valuePropName="checked" extra={t('people.teams.ranksHelp')}>
        <Checkbox>{t('people.teams.showRanks')}</Checkbox>
      </Form.Item>
      <AppliesTo to="past and future" text={t('people.teams.editApplies')} />
    </FormDialog>
  );
}

function Archive({ team }: { team: TeamView }) {
  const { t } = useTranslation();
  const change = useChange();
  const patch = (body: TeamPatch) => change(() => patchTeam(team.id, body));
  if (team.archivedAt)
    return <Button onClick={() => void patch({ archived: false })}>{t('people.teams.unarchive')}</Button>;
  return (
    <TakeBack
      size="middle"
      label={t('people.teams.archive')}
      of={team.name}
      ask={t('people.teams.archiveAsk')}
      onConfirm={() => patch({ archived: true })}
    />
  );
}
