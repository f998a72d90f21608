import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { BOARD_THEMES, DEFAULT_BOARD, TREND_COLOURS, type WatchList } from '../../../src/shared/boards.js';
import { getWatchableBoards, sessionIsOver, signInPath } from '../api/index.js';
import { languageOf } from '../i18n/language.js';
import { BoardConnection, BoardContext, type BoardSource, Ticker, useLink } from '../live/index.js';
import { BoardView, type Overrides } from './board-view.js';

/** The board on the wall: nobody touches it, everybody reads it. Opens its own live connection. */
export function Wallboard() {
  const { board = DEFAULT_BOARD } = useParams();
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
    <BoardContext value={source}>
      <BoardOrNone overrides={overridesOf(search)} />
    </BoardContext>
  );
}

function BoardOrNone({ overrides }: { overrides: Overrides }) {
  const { phase } = useLink();
  return phase === 'unknown' ? <NoSuchBoard /> : <BoardView overrides={overrides} />;
}

/** Nothing here for this person: what there is instead. */
function NoSuchBoard() {
  const { t } = useTranslation();
  const [others, setOthers] = useState<WatchList['boards']>([]);
  useEffect(() => {
    // Without the list the page still leads home.
    getWatchableBoards().then(
      ({ boards }) => setOthers(boards),
      () => undefined,
    );
  }, []);
  return (
    <main className="plain-page">
      <h1>{t('wall.badge.unknown')}</h1>
      <p>{t('wall.unknownHow')}</p>
      {others.length > 0 && (
        <>
          <p>{t('wall.others')}</p>
          <ul>
            {others.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/wall/${id}`}>{name || t('wall.title')}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <Link to="/">{t('notFound.home')}</Link>
      </p>
    </main>
  );
}

/** `?theme=`, `?trend=` and `?lang=` win over the board, for a screen that is different from the others. */
function overridesOf(search: string): Overrides {
  const asked = new URLSearchParams(search);
  const theme = BOARD_THEMES.find((one) => one === asked.get('theme'));
  const trend = TREND_COLOURS.find((one) => one === asked.get('trend')?.replace('-', '_'));
  return {
    ...(theme ? { theme } : {}),
    ...(trend ? { trend } : {}),
    ownLanguage: languageOf(asked.get('lang')) !== null,
  };
}
