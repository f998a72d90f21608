import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { type BoardTile, GRID_COLUMNS, GRID_ROWS } from '../../../src/shared/boards.js';
import { moveTile, type Rect, resizeTile } from './arrange.js';
import { GROUND } from './draft.js';

/** Sides a tile is pulled at; `move` is the tile itself. */
export type Grip = 'move' | 'n' | 'e' | 's' | 'w' | 'se';

interface Drag {
  id: string;
  grip: Grip;
  /** The pointer at the start, and the page at the start: every step is worked out from there. */
  from: { x: number; y: number };
  tiles: readonly BoardTile[];
}

export interface Arranging {
  /** The tiles as they would be if the pointer were let go now. */
  shown: readonly BoardTile[];
  /** The tile that follows the pointer, and by how many pixels. */
  carried: { id: string; x: number; y: number } | null;
  isBusy: boolean;
  begin(event: PointerEvent<HTMLElement>, id: string, grip: Grip): void;
  handlers: Pick<React.DOMAttributes<HTMLElement>, 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'>;
}

/** Dragging and resizing by pointer, in whole cells of the page. */
export function useArranging(
  page: RefObject<HTMLElement | null>,
  tiles: readonly BoardTile[],
  onArranged: (tiles: BoardTile[]) => void,
): Arranging {
  const drag = useRef<Drag | null>(null);
  const [preview, setPreview] = useState<BoardTile[] | null>(null);
  const [carried, setCarried] = useState<Arranging['carried']>(null);

  const begin = useCallback(
    (event: PointerEvent<HTMLElement>, id: string, grip: Grip) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { id, grip, from: { x: event.clientX, y: event.clientY }, tiles };
    },
    [tiles],
  );

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const held = drag.current;
    const box = page.current?.getBoundingClientRect();
    if (!held || !box) return;
    const by = { x: event.clientX - held.from.x, y: event.clientY - held.from.y };
    const cells = { x: Math.round((by.x / box.width) * GRID_COLUMNS), y: Math.round((by.y / box.height) * GRID_ROWS) };
    if (held.grip === 'move') setCarried({ id: held.id, ...by });
    // What cannot be leaves the last possible arrangement; back at the start, nothing has changed.
    if (cells.x === 0 && cells.y === 0) setPreview(null);
    else setPreview((last) => arranged(held, cells) ?? (held.grip === 'move' ? null : last));
  };

  const end = (keep: boolean) => {
    if (drag.current && keep && preview) onArranged(preview);
    drag.current = null;
    setPreview(null);
    setCarried(null);
  };

  return {
    shown: preview ?? tiles,
    carried,
    isBusy: preview !== null || carried !== null,
    begin,
    handlers: { onPointerMove, onPointerUp: () => end(true), onPointerCancel: () => end(false) },
  };
}

function arranged({ id, grip, tiles }: Drag, by: { x: number; y: number }): BoardTile[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  if (grip === 'move') return moveTile(tiles, id, { x: tile.x + by.x, y: tile.y + by.y }, GROUND);
  return resizeTile(tiles, id, pulled(tile, grip, by), GROUND);
}

/** The rectangle after pulling a side; the opposite side stays where it is. */
function pulled(tile: BoardTile, grip: Exclude<Grip, 'move'>, by: { x: number; y: number }): Rect {
  const least = GROUND.leastOf(tile);
  const { x, y, w, h } = tile;
  if (grip === 'w') {
    const left = Math.min(Math.max(0, x + by.x), x + w - least.w);
    return { x: left, y, w: x + w - left, h };
  }
  if (grip === 'n') {
    const top = Math.min(Math.max(0, y + by.y), y + h - least.h);
    return { x, y: top, w, h: y + h - top };
  }
  return { x, y, w: grip === 's' ? w : w + by.x, h: grip === 'e' ? h : h + by.y };
}
