import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ATTENTION_RULES, type FloorAgent, type FloorAttention } from '../../../src/shared/live.js';
import { useBoardKey } from '../live/index.js';
import { ScorecardLink } from '../reports/ready/index.js';
import { ActivityShape } from '../wallboard/activity-shape.js';
import { useEvidence } from './attention-list.js';
import { DayCompare } from './day-compare.js';
import { DayHours } from './day-hours.js';
import { DayTimeline } from './day-timeline.js';
import { type StableMeta, useFloorMeta } from './floor-meta.js';
import { PanelCalls } from './panel-calls.js';
import { PanelTargets } from './panel-targets.js';
import { TimeInState } from './time-in-state.js';
import { useAgentDay } from './use-agent-day.js';
import './panel.css';

interface PanelProps {
  agentId: number;
  linksPerson: boolean;
  onClose(): void;
}

/** One agent's day: what they do now, why they are on the list, their targets, and the day against what is usual. */
export function AgentPanel({ agentId, linksPerson, onClose }: PanelProps) {
  const { t } = useTranslation();
  const row = useBoardKey<FloorAgent>(`agent:${agentId}`);
  const meta = useFloorMeta();
  const date = meta?.businessDate ?? '';
  const day = useAgentDay(agentId, date, row);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus goes to the panel of each agent once
  useEffect(() => {
    heading.current?.focus();
  }, [agentId]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  if (meta === undefined) return null;
  const name = row?.name ?? t('floor.panel.gone');
  return (
    <aside
      className="agent-panel"
      aria-label={t('floor.panel.label', { name })}
      data-agent={agentId}
      onKeyDown={onKeyDown}
    >
      <header className="agent-panel__head">
        <h2 ref={heading} tabIndex={-1}>
          {linksPerson && row ? <Link to={`/settings/agents/${agentId}`}>{name}</Link> : name}
        </h2>
        {row && <ScorecardLink agent={{ id: agentId, name }} />}
        <Button type="text" onClick={onClose} aria-label={t('floor.panel.close')}>
          ✕
        </Button>
      </header>
      {row && <Now row={row} meta={meta} />}
      <Reasons agentId={agentId} />
      <PanelTargets targets={day.targets} currency={meta.currency} />
      <DayCompare row={row} norm={day.norm} date={date} />
      <DayTimeline states={day.states} calls={day.calls} meta={meta} />
      <DayHours norm={day.norm} zone={meta.timeZone} />
      <PanelCalls calls={day.calls} agentId={agentId} date={date} />
    </aside>
  );
}

function Now({ row, meta }: { row: FloorAgent; meta: StableMeta }) {
  const { t } = useTranslation();
  const team = meta.teams.find(({ id }) => id === row.teamId)?.name ?? t('common.unassigned');
  return (
    <p className="agent-panel__now">
      <span className="state" data-activity={row.activity}>
        <ActivityShape activity={row.activity} /> <b>{t(`wall.activity.${row.activity}`)}</b>
      </span>
      <TimeInState activity={row.activity} since={row.since} />
      <span className="quiet">{team}</span>
      {row.call && <Link to={`/calls/${encodeURIComponent(row.call.id)}`}>{t('floor.panel.currentCall')}</Link>}
    </p>
  );
}

/** Why this agent is on the attention list, in full. */
function Reasons({ agentId }: { agentId: number }) {
  return (
    <>
      {ATTENTION_RULES.map((rule) => (
        <Reason key={rule} name={`attention:${agentId}:${rule}`} />
      ))}
    </>
  );
}

function Reason({ name }: { name: string }) {
  const item = useBoardKey<FloorAttention>(name);
  return item ? <ReasonText item={item} /> : null;
}

function ReasonText({ item }: { item: FloorAttention }) {
  const { t } = useTranslation();
  const evidence = useEvidence(item);
  return (
    <p className="reason" data-rule={item.rule}>
      <b>{t(`floor.attention.rules.${item.rule}`)}</b> {evidence}{' '}
      {item.rule === 'dnc_called' && typeof item.evidence.call === 'string' && (
        <Link to={`/calls/${encodeURIComponent(item.evidence.call)}`}>{t('floor.attention.openCall')}</Link>
      )}
    </p>
  );
}
