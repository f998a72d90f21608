import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { BOARD_LIMITS, type BoardDefinition } from '../../../src/shared/boards.js';
import { addPage, movedPage, withoutPage } from './draft.js';

interface Props {
  board: BoardDefinition;
  pageId: string;
  onTurn: (id: string) => void;
  onBoard: (board: BoardDefinition) => void;
}

/** The pages of the board, in the order in which the wall shows them. */
export function PageTabs({ board, pageId, onTurn, onBoard }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const index = board.pages.findIndex(({ id }) => id === pageId);
  const page = board.pages[index];
  const isOnly = board.pages.length === 1;
  const remove = () => {
    const drop = () => {
      const left = withoutPage(board, pageId);
      onBoard(left);
      onTurn(left.pages[Math.max(0, index - 1)]?.id ?? '');
    };
    if (!page || page.tiles.length === 0) drop();
    else
      modal.confirm({
        title: t('boards.editor.removePageTitle', { number: index + 1 }),
        content: t('boards.editor.removePageText', { count: page.tiles.length }),
        okText: t('boards.editor.removePage'),
        cancelText: t('boards.cancel'),
        getContainer: '.desk',
        onOk: drop,
      });
  };
  const add = () => {
    const added = addPage(board);
    if (!added) return;
    onBoard(added.board);
    onTurn(added.id);
  };
  return (
    <div className="page-tabs">
      <nav className="page-tabs__pages" aria-label={t('wall.page.pages')}>
        {board.pages.map(({ id }, place) => (
          <Button
            key={id}
            type={id === pageId ? 'primary' : 'default'}
            aria-pressed={id === pageId}
            onClick={() => onTurn(id)}
          >
            {t('wall.page.number', { number: place + 1 })}
          </Button>
        ))}
        <Button disabled={board.pages.length >= BOARD_LIMITS.pages} onClick={add}>
          {t('boards.editor.addPage')}
        </Button>
      </nav>
      {!isOnly && (
        <div className="page-tabs__tools">
          <Button type="text" disabled={index === 0} onClick={() => onBoard(movedPage(board, pageId, -1))}>
            {t('boards.editor.pageEarlier')}
          </Button>
          <Button
            type="text"
            disabled={index === board.pages.length - 1}
            onClick={() => onBoard(movedPage(board, pageId, 1))}
          >
            {t('boards.editor.pageLater')}
          </Button>
          <Button type="text" danger onClick={remove}>
            {t('boards.editor.removePage')}
          </Button>
        </div>
      )}
    </div>
  );
}
