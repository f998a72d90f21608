import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AgentDetail } from '../../../../src/shared/organisation.js';
import { getAgent, patchAgent } from '../../api/index.js';
import { useLanguage } from '../../i18n/index.js';
import { EraseAgent } from '../../privacy/erase-agent.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { useMay } from '../../ui/use-session.js';
import { ShiftsSection } from '../calendar/shifts.js';
import { useChange, useZone } from '../ui/data.js';
import { formatDay, formatMoment } from '../ui/days.js';
import { RecountNote } from '../ui/recount-note.js';
import { TakeBack } from '../ui/take-back.js';
import { Addresses } from './addresses.js';
import { AgentStatusMark } from './agent-status.js';
import { ConfirmAgent } from './confirm-agent.js';
import { EditAgent } from './edit-agent.js';
import { Leave } from './leave.js';
import { Memberships } from './memberships.js';
import { MergeDialog } from './merge-dialog.js';
import '../people.css';

type Open = 'edit' | 'confirm' | 'merge' | null;

/** One agent: who it is, under which addresses it calls, where it belonged when, when it works. */
export default function AgentPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const agent = useQuery({ queryKey: ['organisation', 'agent', id], queryFn: () => getAgent(id) });
  const parent = { to: '/settings/agents', label: t('people.agents.title') };
  if (agent.isError)
    return (
      <>
        <PageHead title={t('people.agent')} parent={parent} />
        <ErrorView error={agent.error} onRetry={() => void agent.refetch()} />
      </>
    );
  if (agent.isPending) return null;
  return <Details agent={agent.data} parent={parent} />;
}

function Details({ agent, parent }: { agent: AgentDetail; parent: { to: string; label: string } }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const present = agent.status !== 'merged' && agent.status !== 'erased';
  const mayWrite = useMay('people:write') && present;
  const close = () => setOpen(null);
  return (
    <>
      <PageHead title={agent.name} parent={parent}>
        {mayWrite && agent.status === 'new' && (
          <Button type="primary" onClick={() => setOpen('confirm')}>
            {t('people.newAgents.confirm')}
          </Button>
        )}
        {mayWrite && <Button onClick={() => setOpen('edit')}>{t('people.edit')}</Button>}
        {mayWrite && <LeaveOrReturn agent={agent} />}
        {mayWrite && <Button onClick={() => setOpen('merge')}>{t('people.merge.open')}</Button>}
      </PageHead>
      <RecountNote />
      {agent.mergedInto && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t('people.merge.was')}{' '}
              <Link to={`/settings/agents/${agent.mergedInto.id}`}>{agent.mergedInto.name}</Link>
            </>
          }
        />
      )}
      <Profile agent={agent} />
      <div className="two">
        <Addresses agent={agent} mayWrite={mayWrite} />
        <Memberships agent={agent} mayWrite={mayWrite} />
      </div>
      {present && <ShiftsSection owner="agents" id={agent.id} mayWrite={mayWrite} />}
      {present && <Leave agentId={agent.id} mayWrite={mayWrite} />}
      <EraseAgent agentId={agent.id} erased={!present} />
      {open === 'edit' && <EditAgent agent={agent} onClose={close} />}
      {open === 'confirm' && <ConfirmAgent agent={agent} onClose={close} />}
      {open === 'merge' && <MergeDialog agent={agent} onClose={close} open />}
    </>
  );
}

function Profile({ agent }: { agent: AgentDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone(agent.team.id);
  const { calls, employedFrom, employedUntil } = agent;
  const day = (date: string | null) => (date === null ? t('people.open') : formatDay(date, language));
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{t('people.status')}</dt>
          <dd>
            <AgentStatusMark agent={agent} />
          </dd>
        </div>
        <div>
          <dt>{t('people.team')}</dt>
          <dd>
            {agent.team.id === 0 ? (
              agent.team.name
            ) : (
              <Link to={`/settings/teams/${agent.team.id}`}>{agent.team.name}</Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('people.employed')}</dt>
          <dd>
            {employedFrom === null && employedUntil === null
              ? t('people.notStated')
              : `${day(employedFrom)} – ${day(employedUntil)}`}
          </dd>
        </div>
        <div>
          <dt>{t('people.display.title')}</dt>
          <dd>{t(`people.display.${agent.display}`)}</dd>
        </div>
        <div>
          <dt>{t('people.calls')}</dt>
          <dd className="tabular">
            {calls.count === 0 ? (
              t('people.noCalls')
            ) : (
              <Link to={`/calls?agent=${agent.id}`}>{t('people.callCount', { count: calls.count })}</Link>
            )}
            {calls.lastAt && (
              <div className="quiet">{t('people.lastCall', { time: formatMoment(calls.lastAt, zone, language) })}</div>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Somebody who leaves keeps all numbers; who comes back is the same person. */
function LeaveOrReturn({ agent }: { agent: AgentDetail }) {
  const { t } = useTranslation();
  const change = useChange();
  if (agent.status === 'left')
    return (
      <Button onClick={() => void change(() => patchAgent(agent.id, { status: 'active' }))}>
        {t('people.returned')}
      </Button>
    );
  if (agent.status !== 'active') return null;
  return (
    <TakeBack
      size="middle"
      label={t('people.left')}
      of={agent.name}
      ask={t('people.leftAsk')}
      onConfirm={() => change(() => patchAgent(agent.id, { status: 'left' }))}
    />
  );
}
