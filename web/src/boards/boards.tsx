import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type BoardSummary, DEFAULT_BOARD } from '../../../src/shared/boards.js';
import { deleteBoard, getBoards } from '../api/index.js';
import { useReport } from '../screens/use-report.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { BoardPicture } from './board-picture.js';
import { CreateDialog } from './create-dialog.js';
import { BOARDS_KEY } from './keys.js';
import { useTeamNames } from './use-teams.js';
import './boards.css';

/** All boards one may see, small; from here to the wall and to the editor. */
export default function Boards() {
  const { t } = useTranslation();
  const mayWrite = useMay('boards:write');
  const boards = useQuery({ queryKey: BOARDS_KEY, queryFn: getBoards });
  // Undefined: closed. Null: a new board from nothing.
  const [source, setSource] = useState<BoardSummary | null | undefined>(undefined);
  const list = boards.data?.boards;
  return (
    <>
      <PageHead title={t('boards.title')} lead={t('boards.lead')}>
        {mayWrite && (
          <Button type="primary" onClick={() => setSource(null)}>
            {t('boards.create')}
          </Button>
        )}
      </PageHead>
      {boards.isError && <ErrorView error={boards.error} onRetry={() => void boards.refetch()} />}
      {list && list.length === 0 && <p className="card">{t('boards.none')}</p>}
      <ul className="boards">
        {list?.map((board) => (
          <BoardCard key={board.id} board={board} mayWrite={mayWrite} onCopy={() => setSource(board)} />
        ))}
      </ul>
      {source !== undefined && (
        <CreateDialog source={source} boards={list ?? []} onClose={() => setSource(undefined)} />
      )}
    </>
  );
}

interface CardProps {
  board: BoardSummary;
  mayWrite: boolean;
  onCopy: () => void;
}

function BoardCard({ board, mayWrite, onCopy }: CardProps) {
  const { t } = useTranslation();
  const name = board.name || t('wall.title');
  return (
    <li className="card board-card" data-board={board.id}>
      <Link to={`/wall/${board.id}`} aria-label={t('boards.openNamed', { name })} className="board-card__picture">
        <BoardPicture tiles={board.tiles} theme={board.theme} />
      </Link>
      <div className="board-card__words">
        <h2>{name}</h2>
        <Facts board={board} />
      </div>
      <div className="board-card__tools">
        <Link to={`/wall/${board.id}`}>{t('boards.open')}</Link>
        {mayWrite && <Link to={`/boards/${board.id}/edit`}>{t('boards.arrange')}</Link>}
        {mayWrite && (
          <button type="button" className="link-button" onClick={onCopy}>
            {t('boards.copy')}
          </button>
        )}
        {mayWrite && board.id !== DEFAULT_BOARD && <DeleteButton board={board} name={name} />}
      </div>
    </li>
  );
}

function Facts({ board }: { board: BoardSummary }) {
  const { t } = useTranslation();
  const teamNames = useTeamNames(board.teams);
  return (
    <p className="quiet">
      {teamNames ?? t('boards.wholeOrganisation')}
      {' · '}
      {t('boards.pages', { count: board.pageCount })}
      {board.screens > 0 && ` · ${t('boards.onScreens', { count: board.screens })}`}
      {board.audience === 'everyone' && ` · ${t('boards.forEveryone')}`}
    </p>
  );
}

function DeleteButton({ board, name }: { board: BoardSummary; name: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const queryClient = useQueryClient();
  const report = useReport();
  const ask = () =>
    modal.confirm({
      title: t('boards.deleteTitle', { name }),
      content: t('boards.deleteText'),
      okText: t('boards.delete'),
      okButtonProps: { danger: true },
      cancelText: t('boards.cancel'),
      getContainer: '.desk',
      onOk: () =>
        deleteBoard(board.id, board.revision)
          .catch(report)
          .finally(() => queryClient.invalidateQueries({ queryKey: BOARDS_KEY })),
    });
  return (
    <button type="button" className="link-button" data-danger onClick={ask}>
      {t('boards.delete')}
    </button>
  );
}
