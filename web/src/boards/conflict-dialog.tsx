import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardView } from '../../../src/shared/boards.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { BoardPicture } from './board-picture.js';

interface Props {
  theirs: BoardView;
  isPending: boolean;
  onTheirs: () => void;
  onMine: () => void;
}

/** Somebody changed the board while it was being arranged here: one of both stays, and neither is lost unseen. */
export function ConflictDialog({ theirs, isPending, onTheirs, onMine }: Props) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('boards.conflict.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      getContainer=".desk"
      footer={[
        <Button key="theirs" onClick={onTheirs}>
          {t('boards.conflict.theirs')}
        </Button>,
        <Button key="mine" type="primary" danger loading={isPending} onClick={onMine}>
          {t('boards.conflict.mine')}
        </Button>,
      ]}
    >
      <p>{t('boards.conflict.text')}</p>
      <figure className="conflict">
        <BoardPicture tiles={theirs.pages[0]?.tiles ?? []} theme={theirs.theme} />
        <figcaption className="quiet">
          {t('boards.conflict.caption', { name: theirs.name || t('wall.title'), revision: theirs.revision })}
        </figcaption>
      </figure>
    </Modal>
  );
}
