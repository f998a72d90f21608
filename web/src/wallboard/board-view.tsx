import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardTheme, LiveBoard } from '../../../src/shared/boards.js';
import type { TrendColours } from '../../../src/shared/organisation.js';
import { useBoardKey, useFreshness } from '../live/index.js';
import { BoardLanguage } from './board-language.js';
import { Celebration } from './celebration.js';
import { usePageTurn } from './page-turn.js';
import { Pages } from './pages.js';
import { GROUND } from './palette.js';
import { RankMemory } from './rank-memory.js';
import type { RankHistory } from './ranking.js';
import { Stage } from './stage.js';
import { TopBar } from './top-bar.js';

/** What the address asks for instead of what the board says. */
export interface Overrides {
  theme?: BoardTheme;
  trend?: TrendColours;
  /** The reader asked for a language: the board's own gives way. */
  ownLanguage?: boolean;
}

/** The board whose layout comes with the live state, whichever it is at the moment. */
export function BoardView({ overrides = {} }: { overrides?: Overrides }) {
  const board = useBoardKey<LiveBoard>('board');
  if (!board) return <Waiting theme={overrides.theme ?? 'dark'} />;
  return (
    <BoardLanguage language={overrides.ownLanguage ? 'auto' : board.language}>
      {/* Another board, or other teams: ranks and pages of the one before mean nothing there. */}
      <Board key={`${board.id} ${board.teams}`} board={board} overrides={overrides} />
    </BoardLanguage>
  );
}

/** Before the first snapshot: the bar with its badge, which says what is being waited for. */
function Waiting({ theme }: { theme: BoardTheme }) {
  return (
    <Stage fills="window" theme={theme} trend="green_up" freshness="waiting">
      <TopBar name="" />
    </Stage>
  );
}

function Board({ board, overrides }: { board: LiveBoard; overrides: Overrides }) {
  const { t } = useTranslation();
  const freshness = useFreshness();
  const theme = overrides.theme ?? board.theme;
  const trend = overrides.trend ?? board.trendColours;
  const turn = usePageTurn(board.pages.length, board.rotationSeconds);
  const [memory] = useState(() => new Map<string, RankHistory>());
  const name = board.name || t('wall.title');
  useEffect(() => {
    document.title = `${name} · Tallyboard`;
    document.documentElement.style.background = GROUND[theme];
  }, [name, theme]);
  return (
    <RankMemory value={memory}>
      <Stage fills="window" theme={theme} trend={trend} freshness={freshness} isHeld={turn.isHeld}>
        <h1 className="sr-only">{name}</h1>
        <TopBar name={name} turn={turn} pageCount={board.pages.length} />
        <Pages board={{ pages: board.pages, theme }} turn={turn} />
        <Celebration celebrate={board.celebrate} />
      </Stage>
    </RankMemory>
  );
}
