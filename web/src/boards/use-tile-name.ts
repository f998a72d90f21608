import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardTile } from '../../../src/shared/boards.js';
import { useKpiName } from '../wallboard/kpi-name.js';

/** What a tile is called at the desk: its own heading, its KPI, or its kind. */
export function useTileName(): (tile: BoardTile) => string {
  const { t } = useTranslation();
  const kpiName = useKpiName();
  return useCallback(
    (tile: BoardTile) => {
      if (tile.title !== null) return tile.title;
      const kind = t(`boards.kinds.${tile.kind}`);
      return tile.kind === 'figure' || tile.kind === 'leaderboard' ? `${kind}: ${kpiName(tile.options.kpi)}` : kind;
    },
    [t, kpiName],
  );
}
