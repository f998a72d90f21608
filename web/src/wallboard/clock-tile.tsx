import { useCallback } from 'react';
import type { ClockTile as ClockTileSpec } from '../../../src/shared/boards.js';
import type { BoardMeta } from '../../../src/shared/live.js';
import { formatBusinessDate, formatClock } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey, useTicking } from '../live/index.js';

/** The time of the board's zone, large; with the business date below it if wanted. */
export function ClockTile({ tile }: { tile: ClockTileSpec }) {
  const language = useLanguage();
  const meta = useBoardKey<BoardMeta>('meta');
  const zone = meta?.timeZone;
  const text = useTicking(
    useCallback((now: number) => (zone ? formatClock(now, zone, language) : '--:--:--'), [zone, language]),
  );
  return (
    <section className="panel clock" data-date={tile.options.date || undefined}>
      {tile.title && <h2 className="clock__title">{tile.title}</h2>}
      <time className="clock__time">{text}</time>
      {tile.options.date && meta && (
        <span className="clock__date muted">{formatBusinessDate(meta.businessDate, language)}</span>
      )}
    </section>
  );
}
