import { type CSSProperties, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPage, BoardTheme } from '../../../src/shared/boards.js';
import type { BoardAgent } from '../../../src/shared/live.js';
import { useBoardDerived } from '../live/index.js';
import { EmptyState } from './empty-state.js';
import { CROWD } from './floor-model.js';
import { lyingPlan, uprightPlan } from './page-plan.js';
import { useUpright } from './stage.js';
import { TileView } from './tile-view.js';

const isCrowded = (agents: BoardAgent[]): boolean => agents.length > CROWD;

/** One page of a board: its tiles, and nothing that could move them. */
export function PageGrid({ page, theme }: { page: BoardPage; theme: BoardTheme }) {
  const { t } = useTranslation();
  const isUpright = useUpright();
  const isCrowd = useBoardDerived<BoardAgent, boolean>('agent:', isCrowded);
  const plan = useMemo(
    () => (isUpright ? uprightPlan(page.tiles, isCrowd) : lyingPlan(page.tiles, isCrowd)),
    [page.tiles, isUpright, isCrowd],
  );
  const style: CSSProperties = { gridTemplateColumns: plan.columns, gridTemplateRows: plan.rows };
  if (page.tiles.length === 0) return <EmptyState what={t('wall.page.empty')} how={t('wall.page.emptyHow')} />;
  return (
    <div className="slots" style={style} data-upright={isUpright || undefined}>
      {page.tiles.map((tile) => (
        <div key={tile.id} className="slot" data-tile={tile.id} style={{ gridArea: plan.areas.get(tile.id) }}>
          <TileView tile={tile} theme={theme} />
        </div>
      ))}
    </div>
  );
}
