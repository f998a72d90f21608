import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FloorAgent } from '../../../src/shared/live.js';
import { formatFraction, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ActivityShape } from '../wallboard/activity-shape.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { type Column, figureText, isKpi } from './columns.js';
import { useFloorMeta } from './floor-meta.js';
import { paceTone, TONE_SIGNS } from './floor-model.js';
import { TimeInState } from './time-in-state.js';

interface CellProps {
  agent: FloorAgent;
  column: Column;
  /** The page of a person is for those who may see people. */
  linksPerson: boolean;
}

/** What stands in one cell. Links are left out of the way of the Tab key: the panel of the row has them too. */
export function CellContent({ agent, column, linksPerson }: CellProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (isKpi(column.id)) return <>{figureText(column.kind, agent.values[column.id], language)}</>;
  switch (column.id) {
    case 'agent':
      return <AgentName agent={agent} linksPerson={linksPerson} />;
    case 'state':
      return (
        <span className="state" data-activity={agent.activity}>
          <ActivityShape activity={agent.activity} />
          <span className="state__word">{t(`wall.activity.${agent.activity}`)}</span>
        </span>
      );
    case 'time':
      return <TimeInState activity={agent.activity} since={agent.activity === 'offline' ? null : agent.since} />;
    case 'team':
      return <TeamName id={agent.teamId} />;
    case 'call':
      return <CurrentCall agent={agent} />;
    case 'attainment':
      return <Attainment agent={agent} />;
    case 'pace':
      return <Pace value={agent.pace} />;
  }
}

function AgentName({ agent, linksPerson }: { agent: FloorAgent; linksPerson: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="who" data-activity={agent.activity}>
      <ActivityShape activity={agent.activity} />
      {linksPerson ? (
        <Link className="who__name" to={`/settings/agents/${agent.id}`} tabIndex={-1} title={agent.name}>
          {agent.name}
        </Link>
      ) : (
        <span className="who__name" title={agent.name}>
          {agent.name}
        </span>
      )}
      {agent.isNew && <span className="who__new">{t('floor.new')}</span>}
    </span>
  );
}

const TeamName = memo(function TeamName({ id }: { id: number }) {
  const { t } = useTranslation();
  const teams = useFloorMeta()?.teams;
  const name = teams?.find((team) => team.id === id)?.name ?? t('common.unassigned');
  return <span title={name}>{name}</span>;
});

const DIRECTION_SIGNS = { outbound: '↗', inbound: '↙', internal: '↔' } as const;

function CurrentCall({ agent: { call } }: { agent: FloorAgent }) {
  const { t } = useTranslation();
  if (call === null) return <span className="quiet">{MISSING}</span>;
  const words = `${t(`calls.direction.${call.direction}`)}${call.answered ? '' : ` · ${t('floor.ringing')}`}`;
  return (
    <Link className="call" to={`/calls/${encodeURIComponent(call.id)}`} tabIndex={-1} title={words}>
      <span aria-hidden="true">{DIRECTION_SIGNS[call.direction]}</span>
      <span className="sr-only">{words}</span> <TimeInState activity="dialing" since={call.since} />
    </Link>
  );
}

function Attainment({ agent: { attainment, targetKpi } }: { agent: FloorAgent }) {
  const language = useLanguage();
  const kpiName = useKpiName();
  if (attainment === null) return <>{MISSING}</>;
  return (
    <span className="attained" title={targetKpi === null ? undefined : kpiName(targetKpi)}>
      <span className="attained__bar" aria-hidden="true" style={{ inlineSize: `${Math.min(1, attainment) * 100}%` }} />
      {formatFraction(attainment, language)}
    </span>
  );
}

/** By shape and sign as well as colour. */
export function Pace({ value }: { value: number | null }) {
  const language = useLanguage();
  if (value === null) return <>{MISSING}</>;
  const tone = paceTone(value);
  return (
    <span className="pace-mark" data-tone={tone}>
      <span aria-hidden="true">{TONE_SIGNS[tone]}</span> {formatFraction(value, language)}
    </span>
  );
}
