import { App } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPage, BoardTile, BoardView, TileKind } from '../../../src/shared/boards.js';
import { definitionOf, newTile, withoutTile, withTiles } from './draft.js';
import { type DraftControl, useDraft } from './use-draft.js';
import { type Saving, useSaving } from './use-saving.js';

export interface Editing {
  draft: DraftControl;
  saving: Saving;
  page: BoardPage | undefined;
  turnTo: (pageId: string) => void;
  tile: BoardTile | null;
  select: (tileId: string | null) => void;
  add: (kind: TileKind) => void;
  remove: (tileId: string) => void;
  takeTheirs: () => void;
  /** What happened last, for those who cannot see it. */
  said: string;
  say: (text: string) => void;
}

/** A board under somebody's hands: its draft, what is selected, and what can be done. */
export function useEditing(start: BoardView): Editing {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const draft = useDraft(definitionOf(start));
  const { board, change } = draft;
  const saving = useSaving(start, (view) => {
    draft.saved(definitionOf(view));
    change(() => definitionOf(view), 'saved');
    void message.success(t('boards.saved'));
  });
  const [pageWanted, turnTo] = useState(start.pages[0]?.id ?? '');
  const [selected, select] = useState<string | null>(null);
  const [said, say] = useState('');
  const hold = useHold();
  const page = board.pages.find(({ id }) => id === pageWanted) ?? board.pages[0];
  const add = (kind: TileKind) => {
    const fresh = page && newTile(board, page.id, kind, t('boards.editor.newText'));
    if (!fresh) {
      void message.warning(t('boards.editor.full'));
      return;
    }
    change((now) => withTiles(now, page.id, [...page.tiles, fresh]));
    select(fresh.id);
    hold(fresh.id);
  };
  const remove = (id: string) => {
    change((now) => withoutTile(now, id));
    select(null);
    say(t('boards.editor.removed'));
  };
  const takeTheirs = () => {
    const { theirs } = saving;
    if (!theirs) return;
    draft.saved(definitionOf(theirs));
    change(() => definitionOf(theirs));
    saving.takeTheirs();
  };
  const tile = page?.tiles.find(({ id }) => id === selected) ?? null;
  return { draft, saving, page, turnTo, tile, select, add, remove, takeTheirs, said, say };
}

/** A new tile is taken hold of at once, so that it can be moved by the keyboard. */
function useHold(): (tileId: string) => void {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted !== null) document.querySelector<HTMLElement>(`.frame[data-tile="${wanted}"] .frame__hold`)?.focus();
  }, [wanted]);
  return setWanted;
}
