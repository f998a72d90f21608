import type { TFunction } from 'i18next';
import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardKpi, BoardKpiReference, BoardMeta } from '../../../src/shared/live.js';
import { formatDecimal, type Language } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey } from '../live/index.js';
import { callsPath } from './drill.js';
import {
  type Comparison,
  compareWithUsual,
  FIGURES,
  type Figure,
  figureEms,
  figureParts,
  figureText,
  textEms,
} from './figure-model.js';

export function Figures() {
  const { t } = useTranslation();
  return (
    <section className="figures" aria-label={t('wall.figures')}>
      {FIGURES.map((figure) => (
        <FigureTile key={figure.id} figure={figure} />
      ))}
    </section>
  );
}

function FigureTile({ figure }: { figure: Figure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useBoardKey<BoardMeta>('meta');
  const value = useBoardKey<BoardKpi>(`kpi:${figure.id}`);
  const usual = useBoardKey<BoardKpiReference>(`kpi-ref:${figure.id}`);
  const comparison = compareWithUsual(figure, value, usual, language);
  const parts = figureParts(figure.kind, value, language);
  const label = t(`wall.kpi.${figure.id}`);
  const glow = useGlow(value);
  const trend = comparison ? trendText(comparison, t) : null;
  const usually = usualText(figure, usual, language, t);
  return (
    <Link className="figure" to={callsPath(meta, { measure: figure.opens })}>
      <span className="figure__label">
        {label}
        {figure.id === 'effective' && <Threshold seconds={meta?.effectiveSeconds} />}
      </span>
      <span
        ref={glow}
        className="figure__value"
        data-kpi={figure.id}
        data-value={value ?? ''}
        style={{ '--ems': figureEms(parts) } as CSSProperties}
      >
        {parts.map((part, index) => (
          // The pieces of one figure have no identity beyond their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={index} className={`figure__${part.kind}`}>
            {part.text}
          </span>
        ))}
      </span>
      <Pace comparison={comparison} />
      <span
        className="figure__usual small"
        style={{ '--ems': textEms(trend ?? '') + textEms(usually) + 1 } as CSSProperties}
      >
        {comparison && (
          <span className="trend" data-trend={comparison.trend}>
            {trend}
          </span>
        )}
        <span className="muted">{usually}</span>
      </span>
    </Link>
  );
}

function Threshold({ seconds }: { seconds: number | null | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (typeof seconds !== 'number') return null;
  const text =
    seconds % 60 === 0
      ? t('wall.thresholdMinutes', { value: formatDecimal(seconds / 60, language, 0) })
      : t('wall.thresholdSeconds', { value: formatDecimal(seconds, language, 0) });
  return <span className="small muted"> {text}</span>;
}

/** A figure that changes all the time needs no light at all. */
const GLOW_EVERY_MS = 4_000;

/** The number changes at once; only a light on it fades. */
function useGlow(value: BoardKpi | undefined) {
  const element = useRef<HTMLSpanElement>(null);
  const previous = useRef(value);
  const lastChange = useRef(Number.NEGATIVE_INFINITY);
  useLayoutEffect(() => {
    const changed = typeof previous.current === 'number' && typeof value === 'number' && previous.current !== value;
    previous.current = value;
    if (!changed) return;
    const now = performance.now();
    const busy = now - lastChange.current < GLOW_EVERY_MS;
    lastChange.current = now;
    const span = element.current;
    if (!span || busy || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const accent = getComputedStyle(span).getPropertyValue('--accent');
    span.animate([{ color: accent }, {}], { duration: 1_200, easing: 'ease-out' });
  }, [value]);
  return element;
}

const ARROWS = { up: '▲', down: '▼', same: '●' } as const;

function trendText({ trend, size, unit }: Comparison, t: TFunction): string {
  const words = trend === 'same' ? t('wall.same') : unit === 'points' ? t('wall.points', { value: size }) : size;
  return `${ARROWS[trend]} ${words}`;
}

function usualText(figure: Figure, usual: BoardKpiReference | undefined, language: Language, t: TFunction): string {
  if (typeof usual !== 'number') return t('wall.noHistory');
  // A sum grows through the day, so its usual value is one "by now"; a rate or an average is not.
  const grows = figure.kind === 'duration' ? 'wall.usualDurationByNow' : 'wall.usuallyByNow';
  return t(figure.compare === 'relative' ? grows : 'wall.usually', { value: figureText(figure.kind, usual, language) });
}

/** A thin bar of the value, with a tick where it usually is by now. */
function Pace({ comparison }: { comparison: Comparison | null }) {
  if (!comparison) return <span className="pace pace--empty" aria-hidden="true" />;
  const style = { '--share': comparison.share, '--usual': comparison.usualShare } as CSSProperties;
  return (
    <span className="pace" style={style} aria-hidden="true">
      <span className="pace__bar" />
      <span className="pace__usual" />
    </span>
  );
}
