import { createContext, type PropsWithChildren, useContext, useRef } from 'react';
import type { BoardTheme } from '../../../src/shared/boards.js';
import type { TrendColours } from '../../../src/shared/organisation.js';
import type { Freshness } from '../live/index.js';
// The order counts: themes before what uses them, states and upright screens last.
import './themes.css';
import './wallboard.css';
import './figures.css';
import './panels.css';
import './floor.css';
import './celebration.css';
import './pages.css';
import './states.css';
import { useSize } from './use-size.js';

interface Props extends PropsWithChildren {
  theme: BoardTheme;
  trend: TrendColours;
  freshness: Freshness;
  /** Fills the window, or the element it is in. */
  fills: 'window' | 'parent';
  isHeld?: boolean;
}

const Upright = createContext(false);

/** Whether the picture is higher than wide. */
export function useUpright(): boolean {
  return useContext(Upright);
}

/** The picture a board is drawn on. Everything on it is measured in `--u`, a hundredth of the 16:9 picture's width. */
export function Stage({ theme, trend, freshness, fills, isHeld = true, children }: Props) {
  const Tag = fills === 'window' ? 'main' : 'div';
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  return (
    <div className="stage" data-fills={fills} ref={stage}>
      <Tag className="wall" data-theme={theme} data-trend={trend} data-freshness={freshness} data-held={isHeld}>
        <Upright value={size !== null && size.height >= size.width}>{children}</Upright>
      </Tag>
    </div>
  );
}
