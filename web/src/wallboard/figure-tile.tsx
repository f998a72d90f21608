import type { TFunction } from 'i18next';
import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureTile as FigureTileSpec } from '../../../src/shared/boards.js';
import type {
  BoardKpi,
  BoardKpiPace,
  BoardKpiReference,
  BoardMeta,
  BoardTarget,
  TargetNow,
} from '../../../src/shared/live.js';
import { formatDecimal, type Language } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey } from '../live/index.js';
import { useCallsPath } from './drill.js';
import { DrillLink } from './drill-link.js';
import {
  type Comparison,
  compareWithOwn,
  compareWithTarget,
  compareWithUsual,
  currencyOf,
  figureEms,
  figureParts,
  figureText,
  likeValue,
  scalarOf,
  textEms,
} from './figure-model.js';
import { type Figure, formOf } from './kpi-forms.js';
import { useKpiName } from './kpi-name.js';
import { useUpright } from './stage.js';

/** Up to this many cells high there is no room for the line below the bar. */
const LOW_CELLS = 5;
/** From this width on there is room for what the day is heading for. */
const WIDE_CELLS = 14;

export function FigureTile({ tile }: { tile: FigureTileSpec }) {
  const { kpi } = tile.options;
  const language = useLanguage();
  const figure = formOf(kpi);
  const callsPath = useCallsPath();
  const nameOf = useKpiName();
  const meta = useBoardKey<BoardMeta>('meta');
  const value = useBoardKey<BoardKpi>(`kpi:${kpi}`);
  const parts = figureParts(figure.kind, value, language);
  const standing = useStanding(tile, figure, value, currencyOf(value, meta?.currency ?? ''));
  const threshold = useThreshold(kpi === 'effective' && tile.title === null ? meta?.effectiveSeconds : null);
  const isUpright = useUpright();
  const label = tile.title ?? nameOf(kpi);
  const glow = useGlow(value);
  return (
    <DrillLink className="figure" to={figure.opens && callsPath({ measure: figure.opens })}>
      <span
        className="figure__label"
        style={{ '--ems': textEms(label) + textEms(threshold ?? '') * 0.68 } as CSSProperties}
      >
        {label}
        {threshold && <span className="small muted"> {threshold}</span>}
      </span>
      <span className="figure__room">
        <span
          ref={glow}
          className="figure__value"
          data-kpi={kpi}
          data-value={scalarOf(value) ?? ''}
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
      </span>
      <Pace marks={standing.marks} />
      {(tile.h > LOW_CELLS || isUpright) && (
        <Standing trend={standing.trend} words={standing.words} look={standing.look} />
      )}
    </DrillLink>
  );
}

function Standing({ trend, words, look }: { trend: string | null; words: string; look: Comparison['trend'] | null }) {
  const ems = textEms(trend ?? '') + textEms(words) + 1;
  return (
    <span className="figure__usual small" style={{ '--ems': ems } as CSSProperties}>
      {trend && (
        <span className="trend" data-trend={look}>
          {trend}
        </span>
      )}
      <span className="muted">{words}</span>
    </span>
  );
}

interface StandingView {
  trend: string | null;
  look: Comparison['trend'] | null;
  words: string;
  marks: { share: number; mark: number } | null;
}

/** Against its target if it has one, else against what is usual by now. */
function useStanding(
  tile: FigureTileSpec,
  figure: Figure,
  value: BoardKpi | undefined,
  currency: string,
): StandingView {
  const { t } = useTranslation();
  const language = useLanguage();
  const { kpi, target, usual: withUsual } = tile.options;
  const usual = useBoardKey<BoardKpiReference>(`kpi-ref:${kpi}`);
  const pace = useBoardKey<BoardKpiPace>(`kpi-pace:${kpi}`);
  const own = useBoardKey<BoardTarget>(`target:${kpi}`);
  const written: Written = (of, number) => figureText(of.kind, likeValue(of.kind, number, currency), language);
  if (target === 'own' && own) {
    const standing = compareWithOwn(figure, value, own, language);
    return {
      ...trendOf(standing?.comparison ?? null, t),
      words: ownText(figure, own, standing?.reached ?? null, tile.w >= WIDE_CELLS, written, language, t),
      marks: standing && { share: standing.share, mark: standing.markShare },
    };
  }
  if (typeof target === 'number') {
    const standing = compareWithTarget(figure, value, target, pace, language);
    return {
      ...trendOf(standing?.comparison ?? null, t),
      words: targetText(written(figure, target), standing?.reached ?? null, language, t),
      marks: standing && { share: standing.share, mark: standing.markShare },
    };
  }
  if (!withUsual) return { trend: null, look: null, words: '', marks: null };
  const comparison = compareWithUsual(figure, value, usual, language);
  return {
    ...trendOf(comparison, t),
    words: usualText(figure, usual, written, t),
    marks: comparison && { share: comparison.share, mark: comparison.usualShare },
  };
}

const ARROWS = { up: '▲', down: '▼', same: '●' } as const;

function trendOf(comparison: Comparison | null, t: TFunction): Pick<StandingView, 'trend' | 'look'> {
  if (!comparison) return { trend: null, look: null };
  const { trend, size, unit } = comparison;
  const words = trend === 'same' ? t('wall.same') : unit === 'points' ? t('wall.points', { value: size }) : size;
  return { trend: `${ARROWS[trend]} ${words}`, look: trend };
}

/** A plain number as the figure's own value is written. */
type Written = (figure: Figure, number: number) => string;

function usualText(figure: Figure, usual: BoardKpiReference | undefined, written: Written, t: TFunction): string {
  if (typeof usual !== 'number') return t('wall.noHistory');
  // A sum grows through the day, so its usual value is one "by now"; a rate or an average is not.
  const grows = figure.kind === 'duration' ? 'wall.usualDurationByNow' : 'wall.usuallyByNow';
  return t(figure.compare === 'relative' ? grows : 'wall.usually', { value: written(figure, usual) });
}

function targetText(value: string, reached: number | null, language: Language, t: TFunction): string {
  if (reached === null) return t('wall.target', { value });
  return t('wall.targetReached', { value, share: `${formatDecimal(Math.floor(reached * 100), language, 0)}%` });
}

/** What is reached of the target, where one should be by now, and where there is room what it is heading for. */
function ownText(
  figure: Figure,
  own: TargetNow,
  reached: number | null,
  hasRoom: boolean,
  written: Written,
  language: Language,
  t: TFunction,
): string {
  // On a narrow tile where one should be is worth more than the share: both would have to be set too small to read.
  const isDue = own.expectedNow !== null && own.expectedShare !== 1;
  const words = [targetText(written(figure, own.target), hasRoom || !isDue ? reached : null, language, t)];
  if (isDue && own.expectedNow !== null) {
    words.push(t('wall.expectedNow', { value: written(figure, Math.round(own.expectedNow)) }));
  }
  if (hasRoom && own.projection) {
    const { low, high } = own.projection;
    const range = { low: written(figure, Math.round(low)), high: written(figure, Math.round(high)) };
    words.push(t('wall.projected', range));
  }
  return words.join(' · ');
}

/** From which talk on a call counts as effective, in words. */
function useThreshold(seconds: number | null | undefined): string | null {
  const { t } = useTranslation();
  const language = useLanguage();
  if (typeof seconds !== 'number') return null;
  return seconds % 60 === 0
    ? t('wall.thresholdMinutes', { value: formatDecimal(seconds / 60, language, 0) })
    : t('wall.thresholdSeconds', { value: formatDecimal(seconds, language, 0) });
}

/** A figure that changes all the time needs no light at all. */
const GLOW_EVERY_MS = 4_000;

/** The number changes at once; only a light on it fades. */
function useGlow(value: BoardKpi | undefined) {
  const element = useRef<HTMLSpanElement>(null);
  const previous = useRef(scalarOf(value));
  const lastChange = useRef(Number.NEGATIVE_INFINITY);
  useLayoutEffect(() => {
    const now = scalarOf(value);
    const changed = previous.current !== null && now !== null && previous.current !== now;
    previous.current = now;
    if (!changed) return;
    const at = performance.now();
    const busy = at - lastChange.current < GLOW_EVERY_MS;
    lastChange.current = at;
    const span = element.current;
    if (!span || busy || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const accent = getComputedStyle(span).getPropertyValue('--accent');
    span.animate([{ color: accent }, {}], { duration: 1_200, easing: 'ease-out' });
  }, [value]);
  return element;
}

/** A thin bar of the value, with a tick where it should be, or usually is, by now. */
function Pace({ marks }: { marks: StandingView['marks'] }) {
  if (!marks) return <span className="pace pace--empty" aria-hidden="true" />;
  const style = { '--share': marks.share, '--usual': marks.mark } as CSSProperties;
  return (
    <span className="pace" style={style} aria-hidden="true">
      <span className="pace__bar" />
      <span className="pace__usual" />
    </span>
  );
}
