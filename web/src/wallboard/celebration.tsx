import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Celebration as CelebrationSpec } from '../../../src/shared/boards.js';
import type { BoardSale } from '../../../src/shared/live.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardSource, useLink } from '../live/index.js';
import { CelebrationQueue } from './celebration-queue.js';
import { chime } from './chime.js';
import { figureText, textEms } from './figure-model.js';

const LOOK_EVERY_MS = 250;

/** A sale interrupts: over the board, for a few seconds, once. Nothing below it moves. */
export function Celebration({ celebrate }: { celebrate: CelebrationSpec }) {
  const sale = useNews(celebrate.on);
  const { sound } = celebrate;
  const id = sale?.id ?? null;
  useEffect(() => {
    if (id !== null && sound) chime();
  }, [id, sound]);
  return (
    <div className="celebration" role="status" data-shown={sale !== null}>
      {sale && <Card key={sale.id} sale={sale} />}
    </div>
  );
}

function Card({ sale }: { sale: BoardSale }) {
  const { t } = useTranslation();
  const language = useLanguage();
  // A board may keep names to itself: then the team is cheered.
  const name = sale.name || sale.team;
  const amount = figureText('money', sale.amount, language);
  return (
    <div className="celebration__card" data-sale={sale.id}>
      <span className="celebration__letter" aria-hidden="true">
        {[...name][0]?.toLocaleUpperCase(language) ?? '★'}
      </span>
      <span className="celebration__what">{t('wall.sale.news')}</span>
      <span className="celebration__name" style={{ '--ems': textEms(name) } as React.CSSProperties}>
        {name}
      </span>
      {sale.amount.amountMinor > 0 && (
        <span className="celebration__amount" style={{ '--ems': textEms(amount) } as React.CSSProperties}>
          {amount}
        </span>
      )}
      {sale.name && <span className="celebration__team">{sale.team}</span>}
    </div>
  );
}

function useNews(isOn: boolean): BoardSale | null {
  const { connection } = useBoardSource();
  const { phase } = useLink();
  const queue = useRef(new CelebrationQueue());
  const [sale, setSale] = useState<BoardSale | null>(null);
  useEffect(() => {
    if (phase !== 'connected') return;
    const { store } = connection;
    const sales = (): BoardSale[] => store.values<BoardSale>('sale:');
    queue.current.connected(sales(), connection.now());
    if (!isOn) {
      setSale(null);
      return;
    }
    const look = (): void => setSale(queue.current.at(connection.now()));
    const timer = setInterval(look, LOOK_EVERY_MS);
    const stop = store.subscribe('sale:', () => {
      queue.current.offer(sales());
      look();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [connection, phase, isOn]);
  return sale;
}
