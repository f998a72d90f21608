import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TickerTile as TickerTileSpec } from '../../../src/shared/boards.js';
import type { BoardMeta, BoardSale } from '../../../src/shared/live.js';
import { formatMinute } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey } from '../live/index.js';
import { EmptyState } from './empty-state.js';
import { figureText } from './figure-model.js';
import { latestSales } from './sales-model.js';
import { useSize } from './use-size.js';

/** Smallest height of a row, in units of the board. */
const ROW_UNITS = 2.6;

/** The latest sales of today, newest first. */
export function TickerTile({ tile }: { tile: TickerTileSpec }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useBoardKey<BoardMeta>('meta');
  const sales = useBoardDerived<BoardSale, BoardSale[]>('sale:', latestSales);
  const list = useRef<HTMLOListElement>(null);
  const size = useSize(list);
  const fitting = size ? Math.max(1, Math.floor(size.height / (size.unit * ROW_UNITS))) : 0;
  const title = tile.title ?? t('wall.sale.title');
  return (
    <section className="panel ticker" aria-label={title}>
      <header className="panel__head">
        <h2>{title}</h2>
      </header>
      <ol className="ticker__list" ref={list} style={{ '--rows': Math.max(1, fitting) } as CSSProperties}>
        {sales.slice(0, fitting).map((sale) => (
          <li key={sale.id} className="ticker__sale" data-sale={sale.id}>
            <span className="ticker__time">{formatMinute(sale.at, meta?.timeZone ?? 'UTC', language)}</span>
            <span className="ticker__name" data-nameless={sale.name === '' || undefined}>
              {sale.name || sale.team || t('wall.sale.nobody')}
            </span>
            <span className="ticker__amount">{figureText('money', sale.amount, language)}</span>
          </li>
        ))}
      </ol>
      {sales.length === 0 && <EmptyState what={t('wall.sale.empty')} how={t('wall.sale.emptyHow')} />}
    </section>
  );
}
