import { useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { BoardDefinition, BoardTile, BoardView, LiveBoard } from '../../../src/shared/boards.js';
import type { BoardMeta } from '../../../src/shared/live.js';
import { ApiError, getBoard } from '../api/index.js';
import { BoardContext, type BoardSource, useBoardKey } from '../live/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useSession } from '../ui/use-session.js';
import { BoardPanel } from './board-panel.js';
import { Canvas } from './canvas.js';
import { ConflictDialog } from './conflict-dialog.js';
import { withTile, withTiles } from './draft.js';
import { boardKey } from './keys.js';
import { LeaveGuard } from './leave-guard.js';
import { PageTabs } from './page-tabs.js';
import { Palette } from './palette.js';
import type { PreviewFeed } from './preview-store.js';
import { TilePanel } from './tile-panel.js';
import type { DraftControl } from './use-draft.js';
import { useEditing } from './use-editing.js';
import { useExtraFigures, usePreview, wantedOf } from './use-preview.js';
import type { Saving } from './use-saving.js';
import '../settings/settings.css';
import './editor.css';

/** `/boards/:id/edit` */
export function BoardEditor() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const session = useSession();
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
  if (session.data && !session.data.user.permissions.includes('boards:write')) {
    return (
      <section className="card">
        <h1>{t('settings.refused.title')}</h1>
        <p>{t('settings.refused.text')}</p>
      </section>
    );
  }
  return board.data && session.data && !board.isFetching ? <Editor key={id} start={board.data} /> : null;
}

function Editor({ start }: { start: BoardView }) {
  const preview = usePreview(start.id);
  return preview && <Desk start={start} source={preview.source} feed={preview.feed} />;
}

function Desk({ start, source, feed }: { start: BoardView; source: BoardSource; feed: PreviewFeed }) {
  const editing = useEditing(start);
  const { draft, saving, page, tile } = editing;
  const { board, change } = draft;
  const pageId = page?.id ?? '';
  return (
    <div className="editor">
      <Head id={start.id} draft={draft} saving={saving} />
      {saving.error && <ErrorView error={saving.error} />}
      <div className="editor__desk">
        <div className="editor__left">
          <PageTabs board={board} pageId={pageId} onTurn={editing.turnTo} onBoard={(next) => change(() => next)} />
          <Palette onAdd={editing.add} />
          <Canvas
            source={source}
            board={board}
            pageId={pageId}
            selected={tile?.id ?? null}
            onSelect={editing.select}
            onTiles={(tiles, about) => change((now) => withTiles(now, pageId, tiles), about)}
            onRemove={editing.remove}
            onSay={editing.say}
          />
          <p className="sr-only" role="status">
            {editing.said}
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
          onRemove={editing.remove}
          onDeselect={() => editing.select(null)}
        />
      </div>
      {saving.theirs && (
        <ConflictDialog
          theirs={saving.theirs}
          isPending={saving.isPending}
          onTheirs={editing.takeTheirs}
          onMine={() => saving.keepMine(board)}
        />
      )}
      <LeaveGuard isChanged={draft.isChanged} />
    </div>
  );
}

function Head({ id, draft, saving }: { id: string; draft: DraftControl; saving: Saving }) {
  const { t } = useTranslation();
  const { board } = draft;
  return (
    <PageHead title={board.name || t('wall.title')} parent={{ to: '/settings/boards', label: t('boards.title') }}>
      <Button disabled={!draft.canUndo} onClick={draft.undo}>
        {t('boards.editor.undo')}
      </Button>
      <Button disabled={!draft.canRedo} onClick={draft.redo}>
        {t('boards.editor.redo')}
      </Button>
      <Link className="ant-btn editor__open" to={`/wall/${id}`}>
        {t('boards.open')}
      </Link>
      <Button type="primary" disabled={!draft.isChanged} loading={saving.isPending} onClick={() => saving.save(board)}>
        {t('boards.save')}
      </Button>
    </PageHead>
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
