import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import type { BoardMeta } from '../../../src/shared/live.js';
import { sessionIsOver, signInPath } from '../api/index.js';
import { BoardConnection, BoardContext, type BoardSource, Ticker, useBoardKey, useFreshness } from '../live/index.js';
import { type Theme, wallTheme } from '../ui/theme.js';
import { Figures } from './figures.js';
import { Floor } from './floor.js';
import { HourPanel } from './hour-panel.js';
import { Leaderboard } from './leaderboard.js';
import { TopBar } from './top-bar.js';
// The order counts: the states and the upright screens come last.
import './wallboard.css';
import './figures.css';
import './panels.css';
import './floor.css';
import './states.css';

/** The board on the wall: nobody touches it, everybody reads it. Opens its own live connection. */
export function Wallboard() {
  const { board = 'default' } = useParams();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [source, setSource] = useState<BoardSource | null>(null);

  useEffect(() => {
    const refused = async (): Promise<boolean> => {
      const over = await sessionIsOver();
      if (over) void navigate(signInPath(pathname + search), { replace: true });
      return over;
    };
    const connection = new BoardConnection(`board:${board}`, refused);
    setSource({ connection, ticker: new Ticker(() => connection.now()) });
    connection.open();
    return () => connection.close();
  }, [board, pathname, search, navigate]);

  if (!source) return null;
  return (
    <BoardContext.Provider value={source}>
      <Board theme={wallTheme(search)} redUp={new URLSearchParams(search).get('trend') === 'red-up'} />
    </BoardContext.Provider>
  );
}

function Board({ theme, redUp }: { theme: Theme; redUp: boolean }) {
  const { t } = useTranslation();
  const freshness = useFreshness();
  const meta = useBoardKey<BoardMeta>('meta');
  const name = meta?.name;
  useEffect(() => {
    document.title = `${name || t('wall.title')} · Tallyboard`;
    document.documentElement.style.background = theme === 'light' ? '#eef2f9' : '#0b1020';
  }, [name, theme, t]);
  return (
    <main className="wall" data-theme={theme} data-trend={redUp ? 'red-up' : 'green-up'} data-freshness={freshness}>
      <h1 className="sr-only">{name || t('wall.title')}</h1>
      <TopBar />
      <Figures />
      <HourPanel theme={theme} />
      <Leaderboard />
      <Floor />
    </main>
  );
}
