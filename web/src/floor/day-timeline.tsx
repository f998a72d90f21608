import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallView } from '../../../src/shared/api.js';
import type { AgentTimeline, StateSpan } from '../../../src/shared/presence.js';
import { formatClock, formatDuration, formatMinute } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useTicking } from '../live/index.js';
import type { StableMeta } from './floor-meta.js';
import { PanelSection } from './panel-section.js';
import {
  type CallPart,
  callParts,
  type DayAxis,
  dayAxis,
  type LaneSpan,
  type StatePart,
  shareOf,
  stateParts,
  timeByState,
} from './timeline-model.js';

interface TimelineProps {
  states: UseQueryResult<AgentTimeline>;
  calls: UseQueryResult<CallView[]>;
  meta: StableMeta;
}

const everyTenSeconds = (now: number): number => Math.floor(now / 10_000) * 10_000;
const NO_SPANS: StateSpan[] = [];

/** Every state and every call of the day on one time axis. */
export function DayTimeline({ states, calls, meta }: TimelineProps) {
  const { t } = useTranslation();
  const now = useTicking(everyTenSeconds);
  // Without states the calls still have their axis.
  const spans = states.data?.spans ?? NO_SPANS;
  return (
    <PanelSection title={t('floor.panel.timeline')} query={calls}>
      {(all) => <Lanes spans={spans} calls={all} meta={meta} now={now} />}
    </PanelSection>
  );
}

interface LanesProps {
  spans: StateSpan[];
  calls: CallView[];
  meta: StableMeta;
  now: number;
}

function Lanes({ spans, calls, meta, now }: LanesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = { start: meta.dayStart, end: meta.dayEnd };
  const axis = dayAxis(spans, calls, day, now);
  if (axis === null) return <p className="quiet">{t('floor.panel.noTimeline')}</p>;
  const totals = timeByState(spans, day, now);
  return (
    <>
      <div className="lanes" aria-hidden="true">
        <div className="lane" data-lane="states">
          {stateParts(spans, axis, now).map((part) => (
            <StateBar key={`${part.since}${part.state}`} part={part} zone={meta.timeZone} />
          ))}
        </div>
        <div className="lane" data-lane="calls">
          {callParts(calls, axis, now).map((part) => (
            <CallBar key={`${part.call.id}${part.phase}`} part={part} zone={meta.timeZone} />
          ))}
        </div>
        <Marks axis={axis} zone={meta.timeZone} />
      </div>
      <ul className="lane-legend">
        {totals.map(([state, milliseconds]) => (
          <li key={state}>
            <i className="swatch" data-state={state} aria-hidden="true" /> {t(`floor.stateNames.${state}`)}{' '}
            <b>{formatDuration(milliseconds / 1_000, language)}</b>
          </li>
        ))}
        <li>
          <i className="swatch" data-phase="ring" aria-hidden="true" /> {t('floor.panel.ring')}
        </li>
        <li>
          <i className="swatch" data-phase="talk" aria-hidden="true" /> {t('floor.panel.talk')}
        </li>
      </ul>
    </>
  );
}

function placed({ from, to }: LaneSpan) {
  return { insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` };
}

function StateBar({ part, zone }: { part: StatePart; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = t('floor.panel.span', {
    from: formatClock(part.since, zone, language),
    to: formatClock(part.until, zone, language),
    what: t(`floor.stateNames.${part.state}`),
    duration: formatDuration((part.until - part.since) / 1_000, language),
  });
  return <span className="lane__span" data-state={part.state} style={placed(part)} title={words} />;
}

/** A way to the call for the pointer; the list below has all of them for everybody. */
function CallBar({ part, zone }: { part: CallPart; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { call, phase } = part;
  const words = [
    formatClock(Date.parse(call.startedAt), zone, language),
    t(`calls.outcome.${call.outcome}`),
    ...(call.talkSeconds > 0 ? [formatDuration(call.talkSeconds, language)] : []),
  ].join(' · ');
  return (
    <Link
      className="lane__span"
      data-phase={phase}
      data-call={call.id}
      tabIndex={-1}
      to={`/calls/${encodeURIComponent(call.id)}`}
      title={words}
      style={placed(part)}
    />
  );
}

function Marks({ axis, zone }: { axis: DayAxis; zone: string }) {
  const language = useLanguage();
  return (
    <div className="lane-marks">
      {axis.marks.map((at) => (
        <span key={at} style={{ insetInlineStart: `${shareOf(at, axis) * 100}%` }}>
          {formatMinute(at, zone, language)}
        </span>
      ))}
    </div>
  );
}
