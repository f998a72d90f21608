import { useEffect, useRef, useState } from 'react';
import type { LiveBoard } from '../../../src/shared/boards.js';
import { PageGrid } from './page-grid.js';
import type { PageTurn } from './page-turn.js';

const FADE_MS = 700;

/**
 * The page that is shown, and the one that comes next, laid out already, so that turning is a change of opacity and
 * nothing else.
 */
export function Pages({ board, turn }: { board: Pick<LiveBoard, 'pages' | 'theme'>; turn: PageTurn }) {
  const { pages, theme } = board;
  const leaving = useLeaving(turn.index);
  const next = (turn.index + 1) % pages.length;
  return (
    <div className="pages">
      {pages.map((page, index) => {
        const isShown = index === turn.index;
        if (!isShown && index !== leaving && index !== next) return null;
        return (
          <div key={page.id} className="page-layer" data-page={page.id} data-shown={isShown} inert={!isShown}>
            <PageGrid page={page} theme={theme} />
          </div>
        );
      })}
    </div>
  );
}

/** The page that was shown before, as long as it fades. */
function useLeaving(index: number): number | null {
  const [leaving, setLeaving] = useState<number | null>(null);
  const before = useRef(index);
  useEffect(() => {
    if (before.current === index) return;
    setLeaving(before.current);
    before.current = index;
    const timer = setTimeout(() => setLeaving(null), FADE_MS + 100);
    return () => clearTimeout(timer);
  }, [index]);
  return leaving;
}
