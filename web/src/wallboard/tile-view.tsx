import type { BoardTheme, BoardTile } from '../../../src/shared/boards.js';
import { ClockTile } from './clock-tile.js';
import { FigureTile } from './figure-tile.js';
import { Floor } from './floor.js';
import { HourPanel } from './hour-panel.js';
import { Leaderboard } from './leaderboard.js';
import { TextTile } from './text-tile.js';
import { TickerTile } from './ticker-tile.js';

/** A tile of any kind. A kind this page does not know yet (the server is newer) stays empty until it is reloaded. */
export function TileView({ tile, theme }: { tile: BoardTile; theme: BoardTheme }) {
  switch (tile.kind) {
    case 'figure':
      return <FigureTile tile={tile} />;
    case 'hours':
      return <HourPanel tile={tile} theme={theme} />;
    case 'leaderboard':
      return <Leaderboard tile={tile} />;
    case 'floor':
      return <Floor tile={tile} />;
    case 'ticker':
      return <TickerTile tile={tile} />;
    case 'clock':
      return <ClockTile tile={tile} />;
    case 'text':
      return <TextTile tile={tile} />;
    default:
      return null;
  }
}
