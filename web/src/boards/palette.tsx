import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TILE_KINDS, type TileKind } from '../../../src/shared/boards.js';

/** What can be put on a page. */
export function Palette({ onAdd }: { onAdd: (kind: TileKind) => void }) {
  const { t } = useTranslation();
  const heading = useId();
  return (
    <section className="palette" aria-labelledby={heading}>
      <h2 id={heading}>{t('boards.editor.add')}</h2>
      <ul>
        {TILE_KINDS.map((kind) => (
          <li key={kind}>
            <button type="button" className="palette__kind" data-kind={kind} onClick={() => onAdd(kind)}>
              <KindSign kind={kind} />
              <span>{t(`boards.kinds.${kind}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const SIGNS: Record<TileKind, string> = {
  figure:
    'M2 17V7l-1 .8M7 8.5C7 6 12 6 12 8.6 12 11 7 13 7 17h5M15 8c1-2.5 5-2 5 .8 0 2-2 2.6-3 2.6 1.6 0 3.4.8 3.4 2.8 0 3.2-5 3.6-6 .8',
  hours: 'M3 20v-8h3v8zM8.5 20V6h3v14zM14 20v-5h3v5zM19.5 20V9h2v11z',
  leaderboard: 'M3 6h18M3 12h12M3 18h7',
  floor: 'M3 4h7v5H3zM14 4h7v5h-7zM3 15h7v5H3zM14 15h7v5h-7z',
  ticker: 'M12 3l2.6 5.6 6.1.7-4.5 4.2 1.2 6L12 16.5 6.6 19.5l1.2-6L3.3 9.3l6.1-.7z',
  clock: 'M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 2',
  text: 'M4 6h16M4 11h16M4 16h9',
};

function KindSign({ kind }: { kind: TileKind }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={SIGNS[kind]} />
    </svg>
  );
}
