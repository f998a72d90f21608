import { useQuery } from '@tanstack/react-query';
import { App, Button, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { BoardDefinition, BoardTile, BoardView, LiveBoard, TileKind } from '../../../src/shared/boards.js';
import type { BoardMeta } from '../../../src/shared/live.js';
import { ApiError, getBoard } from '../api/index.js';
import { BoardContext, type BoardSource, useBoardKey } from '../live/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { BoardPanel } from './board-panel.js';
import { Canvas } from './canvas.js';
import { ConflictDialog } from './conflict-dialog.js';
import { definitionOf, newTile, withoutTile, withTile, withTiles } from './draft.js';
import { boardKey } from './keys.js';
import { LeaveGuard } from './leave-guard.js';
import { PageTabs } from './page-tabs.js';
import { Palette } from './palette.js';
import type { PreviewFeed } from './preview-store.js';
import { TilePanel } from './tile-panel.js';
import { useDraft } from './use-draft.js';
import { useExtraFigures, usePreview, wantedOf } from './use-preview.js';
import { useSaving } from './use-saving.js';
import '../settings/settings.css';
import './editor.css';

/** `/boards/:id/edit` */
export function BoardEditor() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  // Read once: what is being arranged must not change under the hands of whoever arranges it.
  const board = useQuery({
    queryKey: boardKey(id),
    queryFn: () => getBoard(id),
    refetchOnWindowFocus: false,
    refetchOnMount: 'always',
    gcTime: 0,
  });
  if (board.isError) {
    const isMissing = board.error instanceof ApiError && board.error.status === 404;
    return (
      <>
        <PageHead title={t('boards.title')} parent={{ to: '/settings/boards', label: t('boards.title') }} />
        {isMissing ? <p className="card">{t('boards.gone')}</p> : <ErrorView error={board.error} />}
      </>
    );
  }
  return board.data && !board.isFetching ? <Editor key={id} start={board.data} /> : null;
}

function Editor({ start }: { start: BoardView }) {
  const preview = usePreview(start.id);
  return preview && <Desk start={start} source={preview.source} feed={preview.feed} />;
}

function Desk({ start, source, feed }: { start: BoardView; source: BoardSource; feed: PreviewFeed }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const draft = useDraft(definitionOf(start));
  const { board, change } = draft;
  const saving = useSaving(start, (view) => {
    draft.saved(definitionOf(view));
    change(() => definitionOf(view), 'saved');
    void message.success(t('boards.saved'));
  });
  const [pageWanted, setPage] = useState(start.pages[0]?.id ?? '');
  const [selected, setSelected] = useState<string | null>(null);
  const [said, say] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  // A new tile is taken hold of at once, so that it can be moved by the keyboard.
  useEffect(() => {
    if (added !== null) document.querySelector<HTMLElement>(`.frame[data-tile="${added}"] .frame__hold`)?.focus();
  }, [added]);
  const page = board.pages.find(({ id }) => id === pageWanted) ?? board.pages[0];
  const pageId = page?.id ?? '';
  const tile = page?.tiles.find(({ id }) => id === selected) ?? null;
  const remove = (id: string) => {
    change((now) => withoutTile(now, id));
    setSelected(null);
    say(t('boards.editor.removed'));
  };
  const add = (kind: TileKind) => {
    const fresh = newTile(board, pageId, kind, t('boards.editor.newText'));
    if (!fresh) {
      void message.warning(t('boards.editor.full'));
      return;
    }
    change((now) => withTiles(now, pageId, [...(page?.tiles ?? []), fresh]));
    setSelected(fresh.id);
    setAdded(fresh.id);
  };
  const takeTheirs = () => {
    const { theirs } = saving;
    if (!theirs) return;
    draft.saved(definitionOf(theirs));
    change(() => definitionOf(theirs));
    saving.takeTheirs();
  };
  return (
    <div className="editor">
      <PageHead title={board.name || t('wall.title')} parent={{ to: '/settings/boards', label: t('boards.title') }}>
        <Button disabled={!draft.canUndo} onClick={draft.undo}>
          {t('boards.editor.undo')}
        </Button>
        <Button disabled={!draft.canRedo} onClick={draft.redo}>
          {t('boards.editor.redo')}
        </Button>
        <Link className="ant-btn editor__open" to={`/wall/${start.id}`}>
          {t('boards.open')}
        </Link>
        <Button
          type="primary"
          disabled={!draft.isChanged}
          loading={saving.isPending}
          onClick={() => saving.save(board)}
        >
          {t('boards.save')}
        </Button>
      </PageHead>
      {saving.error && <ErrorView error={saving.error} />}
      <div className="editor__desk">
        <div className="editor__left">
          <PageTabs board={board} pageId={pageId} onTurn={setPage} onBoard={(next) => change(() => next)} />
          <Palette onAdd={add} />
          <Canvas
            source={source}
            board={board}
            pageId={pageId}
            selected={selected}
            onSelect={setSelected}
            onTiles={(tiles, about) => change((now) => withTiles(now, pageId, tiles), about)}
            onRemove={remove}
            onSay={say}
          />
          <p className="sr-only" role="status">
            {said}
          </p>
          <BoardContext value={source}>
            <Notes board={board} feed={feed} />
          </BoardContext>
        </div>
        <Side
          board={board}
          tile={tile}
          onBoard={(part, about) => change((now) => ({ ...now, ...part }), about)}
          onTile={(next, about) => change((now) => withTile(now, next), about)}
          onRemove={remove}
          onDeselect={() => setSelected(null)}
        />
      </div>
      {saving.theirs && (
        <ConflictDialog
          theirs={saving.theirs}
          isPending={saving.isPending}
          onTheirs={takeTheirs}
          onMine={() => saving.keepMine(board)}
        />
      )}
      <LeaveGuard isChanged={draft.isChanged} />
    </div>
  );
}

interface SideProps {
  board: BoardDefinition;
  tile: BoardTile | null;
  onBoard: (part: Partial<BoardDefinition>, about: string | null) => void;
  onTile: (tile: BoardTile, about: string | null) => void;
  onRemove: (id: string) => void;
  onDeselect: () => void;
}

/** What can be chosen: for the tile that is selected, else for the board. */
function Side({ board, tile, onBoard, onTile, onRemove, onDeselect }: SideProps) {
  const { t } = useTranslation();
  const items = [
    {
      key: 'tile',
      label: t('boards.editor.tile'),
      children: tile ? (
        <TilePanel key={tile.id} tile={tile} onChange={onTile} onRemove={() => onRemove(tile.id)} />
      ) : null,
      disabled: tile === null,
    },
    { key: 'board', label: t('boards.board'), children: <BoardPanel board={board} onChange={onBoard} /> },
  ];
  return (
    <aside className="card editor__side">
      <Tabs
        activeKey={tile ? 'tile' : 'board'}
        onChange={(key) => key === 'board' && onDeselect()}
        items={items}
        destroyOnHidden
      />
    </aside>
  );
}

/** How to arrange without a pointer, and what the preview cannot show before the board is saved. */
function Notes({ board, feed }: { board: BoardDefinition; feed: PreviewFeed }) {
  const { t } = useTranslation();
  const saved = useBoardKey<LiveBoard>('board');
  const meta = useBoardKey<BoardMeta>('meta');
  useExtraFigures(feed, wantedOf(board, saved), meta, saved?.teams ?? null);
  const hasFloor = (pages: BoardDefinition['pages'] | undefined) =>
    pages?.some(({ tiles }) => tiles.some(({ kind }) => kind === 'floor' || kind === 'leaderboard')) ?? false;
  const notes = [
    ...(saved && saved.names !== board.names ? [t('boards.editor.namesLater')] : []),
    ...(saved && hasFloor(board.pages) && !hasFloor(saved.pages) ? [t('boards.editor.floorLater')] : []),
  ];
  return (
    <div className="editor__notes quiet">
      <p>{t('boards.editor.keys')}</p>
      {notes.map((note) => (
        <p key={note} className="editor__note">
          {note}
        </p>
      ))}
    </div>
  );
}
