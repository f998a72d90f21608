import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardDefinition, BoardTheme, BoardTile, LiveBoard } from '../../../src/shared/boards.js';
import { BoardContext, type BoardSource, useBoardKey, useFreshness } from '../live/index.js';
import { BoardLanguage } from '../wallboard/board-language.js';
import { DrillContext } from '../wallboard/drill-link.js';
import { areaOf, lyingPlan } from '../wallboard/page-plan.js';
import { Stage } from '../wallboard/stage.js';
import { TileView } from '../wallboard/tile-view.js';
import { TopBar } from '../wallboard/top-bar.js';
import { nudgeTile, stretchTile } from './arrange.js';
import { GROUND } from './draft.js';
import { type Arranging, type Grip, useArranging } from './use-arranging.js';
import { useTileName } from './use-tile-name.js';

interface Props {
  source: BoardSource;
  board: BoardDefinition;
  pageId: string;
  selected: string | null;
  onSelect: (id: string | null) => void;
  /** @param about see `changed` of draft.ts */
  onTiles: (tiles: BoardTile[], about: string | null) => void;
  onRemove: (id: string) => void;
  /** Something that happened, for those who cannot see it. */
  onSay: (text: string) => void;
}

/** The board as it will hang on the wall, with real figures, and with a frame around each tile to take hold of. */
export function Canvas(props: Props) {
  return (
    <BoardContext value={props.source}>
      <DrillContext value={false}>
        <Picture {...props} />
      </DrillContext>
    </BoardContext>
  );
}

function Picture(props: Props) {
  const { t } = useTranslation();
  const { board, pageId, onTiles } = props;
  const nameOf = useTileName();
  const freshness = useFreshness();
  const live = useBoardKey<LiveBoard>('board');
  const grid = useRef<HTMLDivElement>(null);
  const tiles = board.pages.find(({ id }) => id === pageId)?.tiles ?? [];
  const arranging = useArranging(grid, tiles, (next) => onTiles(next, null));
  const plan = lyingPlan([], false);
  const trend = board.trendColours === 'organisation' ? (live?.trendColours ?? 'green_up') : board.trendColours;
  const onKeyDown = useTileKeys(tiles, props);
  // Said in the language of the desk; the picture below may have another one.
  const labelOf = (tile: BoardTile) =>
    t('boards.editor.tileAt', { name: nameOf(tile), x: tile.x, y: tile.y, w: tile.w, h: tile.h });
  const landing = arranging.carried && arranging.shown.find(({ id }) => id === arranging.carried?.id);
  return (
    <div className="canvas">
      <BoardLanguage language={board.language}>
        <Stage fills="parent" theme={board.theme} trend={trend} freshness={freshness}>
          <div className="canvas__bar" inert>
            <TopBar name={board.name || t('wall.title')} />
          </div>
          <div
            ref={grid}
            className="slots canvas__grid"
            data-busy={arranging.isBusy || undefined}
            style={{ gridTemplateColumns: plan.columns, gridTemplateRows: plan.rows }}
            onPointerDown={(event) => event.target === event.currentTarget && props.onSelect(null)}
          >
            {landing && <div className="canvas__landing" style={{ gridArea: areaOf(landing) }} />}
            {arranging.shown.map((tile) => (
              <TileFrame
                key={tile.id}
                tile={tile}
                label={labelOf(tile)}
                theme={board.theme}
                carried={arranging.carried?.id === tile.id ? arranging.carried : null}
                // The carried tile is drawn where it was, moved by the pointer.
                place={arranging.carried?.id === tile.id ? (tiles.find(({ id }) => id === tile.id) ?? tile) : tile}
                arranging={arranging}
                isSelected={props.selected === tile.id}
                onSelect={props.onSelect}
                onKeyDown={(event) => onKeyDown(event, tile)}
              />
            ))}
          </div>
        </Stage>
      </BoardLanguage>
    </div>
  );
}

const GRIPS: readonly Exclude<Grip, 'move'>[] = ['n', 'e', 's', 'w', 'se'];

interface FrameProps {
  tile: BoardTile;
  label: string;
  place: BoardTile;
  theme: BoardTheme;
  carried: { x: number; y: number } | null;
  arranging: Arranging;
  isSelected: boolean;
  onSelect: Props['onSelect'];
  onKeyDown: (event: KeyboardEvent) => void;
}

function TileFrame({ tile, place, theme, carried, arranging, isSelected, ...props }: FrameProps) {
  const { label, onSelect, onKeyDown } = props;
  const transform = carried ? `translate(${carried.x}px, ${carried.y}px)` : undefined;
  return (
    <div
      className="slot frame"
      data-tile={tile.id}
      data-selected={isSelected}
      data-carried={carried !== null || undefined}
      style={{ gridArea: areaOf(place), transform }}
    >
      <div className="frame__tile" inert>
        <TileView tile={tile} theme={theme} />
      </div>
      <button
        type="button"
        className="frame__hold"
        aria-pressed={isSelected}
        aria-label={label}
        onFocus={() => onSelect(tile.id)}
        onClick={() => onSelect(tile.id)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => arranging.begin(event, tile.id, 'move')}
        {...arranging.handlers}
      />
      {GRIPS.map((grip) => (
        <span
          key={grip}
          className="frame__grip"
          data-grip={grip}
          aria-hidden="true"
          onPointerDown={(event) => {
            onSelect(tile.id);
            arranging.begin(event, tile.id, grip);
          }}
          {...arranging.handlers}
        />
      ))}
    </div>
  );
}

const DIRECTIONS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

/** Arrows move by a cell, with Shift they resize, Delete takes the tile away. */
function useTileKeys(tiles: readonly BoardTile[], { onTiles, onRemove, onSay, onSelect }: Props) {
  const { t } = useTranslation();
  return (event: KeyboardEvent, tile: BoardTile) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onRemove(tile.id);
      return;
    }
    if (event.key === 'Escape') onSelect(null);
    if (!(event.key in DIRECTIONS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const direction = DIRECTIONS[event.key as keyof typeof DIRECTIONS];
    const act = event.shiftKey ? stretchTile : nudgeTile;
    const next = act(tiles, tile.id, direction, GROUND);
    const now = next?.find(({ id }) => id === tile.id);
    if (!next || !now) {
      onSay(t('boards.editor.stuck'));
      return;
    }
    onTiles(next, `${event.shiftKey ? 'size' : 'place'} ${tile.id}`);
    onSay(t('boards.editor.now', { x: now.x, y: now.y, w: now.w, h: now.h }));
  };
}
