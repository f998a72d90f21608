import { useTranslation } from 'react-i18next';
import type { BoardMeta, TargetNow } from '../../../src/shared/live.js';
import { TARGET_PERIODS } from '../../../src/shared/targets.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey } from '../live/index.js';
import { KNOWN_KPIS } from '../wallboard/kpi-forms.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { type Pace, type PaceTone, paceOf } from './pace.js';
import { Ring } from './ring.js';
import './target-rings.css';

/** Today's first, then those of longer periods; within one in the order of the catalog. */
function inOrder(targets: TargetNow[]): TargetNow[] {
  const period = ({ period }: TargetNow): number => TARGET_PERIODS.indexOf(period);
  const kpi = ({ kpi }: TargetNow): number => KNOWN_KPIS.indexOf(kpi) + 1 || KNOWN_KPIS.length + 1;
  return [...targets].sort((a, b) => period(a) - period(b) || kpi(a) - kpi(b) || a.targetId - b.targetId);
}

/** A ring for each personal target: how far, where one should be by now, and what is still needed. */
export function TargetRings() {
  const { t } = useTranslation();
  const targets = useBoardDerived<TargetNow, TargetNow[]>('target:', inOrder);
  const meta = useBoardKey<BoardMeta>('meta');
  if (meta === undefined) return null;
  return (
    <section className="card" aria-labelledby="me-targets">
      <h2 id="me-targets">{t('me.targets.title')}</h2>
      {targets.length === 0 ? (
        <p className="quiet me-empty">{t('me.targets.empty')}</p>
      ) : (
        <ul className="rings">
          {targets.map((target) => (
            <TargetRing key={target.targetId} target={target} currency={meta.currency} />
          ))}
        </ul>
      )}
    </section>
  );
}

const SHAPES: Record<PaceTone, string> = {
  reached: '★',
  ahead: '▲',
  on: '●',
  within: '●',
  behind: '▼',
  far: '▼',
  over: '▼',
  none: '○',
};

/** Long amounts and durations are written smaller, so that they stay inside the ring. */
function sizeOf({ length }: string): string {
  if (length > 8) return ' target__value--longest';
  return length > 5 ? ' target__value--long' : '';
}

function TargetRing({ target, currency }: { target: TargetNow; currency: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useKpiName();
  const pace = paceOf(target, language, currency);
  return (
    <li className="target" data-kpi={target.kpi} data-tone={pace.tone} data-period={target.period}>
      <div className="target__ring">
        <Ring filled={pace.filled} expectedAt={pace.expectedAt} tone={pace.tone} />
        <div className={`target__value tabular${sizeOf(pace.actual)}`}>
          <strong>{pace.actual}</strong>
          <span>{t('me.targets.of', { target: pace.target })}</span>
        </div>
      </div>
      <div className="target__text">
        <h3>
          {nameOf(target.kpi)} <span className="quiet">{t(`me.period.${target.period}`)}</span>
        </h3>
        <p className="target__pace">
          <span aria-hidden="true">{SHAPES[pace.tone]}</span> <PaceWord pace={pace} />
        </p>
        <Sentences pace={pace} />
      </div>
    </li>
  );
}

function PaceWord({ pace }: { pace: Pace }) {
  const { t } = useTranslation();
  const { tone, distance, inPoints } = pace;
  const value = distance === null ? '' : inPoints ? t('wall.points', { value: distance }) : distance;
  return <>{t(`me.pace.${tone}`, { value })}</>;
}

function Sentences({ pace }: { pace: Pace }) {
  const { t } = useTranslation();
  const { expected, actual, neededPerHour, projection, tone } = pace;
  return (
    <>
      {expected !== null && tone !== 'reached' && <p>{t('me.targets.byNow', { expected, actual })}</p>}
      {neededPerHour !== null && <p>{t('me.targets.needed', { value: neededPerHour })}</p>}
      {projection !== null && <p className="quiet">{t('me.targets.projection', { ...projection })}</p>}
    </>
  );
}
