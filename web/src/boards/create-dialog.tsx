import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import {
  BOARD_LIMITS,
  type BoardDefinition,
  type BoardSummary,
  type BoardView,
  emptyBoard,
} from '../../../src/shared/boards.js';
import { ApiError, createBoard, getBoard } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { definitionOf } from './draft.js';
import { BOARDS_KEY } from './keys.js';
import { slugOf } from './slug.js';

interface Values {
  name: string;
  from: string;
}

const FROM_NOTHING = '';

interface Props {
  /** The board to start from; null: nothing. */
  source: BoardSummary | null;
  boards: readonly BoardSummary[];
  onClose: () => void;
}

/** A name and a start; everything else is arranged in the editor, which opens at once. */
export function CreateDialog({ source, boards, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<Values>();
  const creating = useMutation({
    mutationFn: async ({ name, from }: Values): Promise<BoardView> =>
      createAtName(from === FROM_NOTHING ? emptyBoard(name) : { ...definitionOf(await getBoard(from)), name }),
    onSuccess: async (board) => {
      await queryClient.invalidateQueries({ queryKey: BOARDS_KEY });
      void navigate(`/boards/${board.id}/edit`);
    },
  });
  const options = [
    { value: FROM_NOTHING, label: t('boards.fromNothing') },
    ...boards.map(({ id, name }) => ({ value: id, label: t('boards.copyOf', { name: name || t('wall.title') }) })),
  ];
  return (
    <Modal
      open
      title={t('boards.create')}
      okText={t('boards.createNow')}
      cancelText={t('boards.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={creating.isPending}
      getContainer=".desk"
      mask={{ closable: false }}
    >
      {creating.error && <ErrorView error={creating.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: source?.id ?? FROM_NOTHING }}
        onFinish={(values) => creating.mutate({ ...values, name: values.name.trim() })}
      >
        <Form.Item
          name="name"
          label={t('boards.name')}
          rules={[{ required: true, whitespace: true, message: t('boards.nameMissing') }]}
        >
          <Input autoComplete="off" maxLength={BOARD_LIMITS.nameLength} autoFocus />
        </Form.Item>
        <Form.Item name="from" label={t('boards.startWith')}>
          <Select options={options} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** At the address the name suggests; at one of the server's choice when that is taken or there is none. */
async function createAtName(board: BoardDefinition): Promise<BoardView> {
  const id = slugOf(board.name);
  if (id === undefined) return createBoard(board);
  try {
    return await createBoard({ ...board, id });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'board_exists') return createBoard(board);
    throw error;
  }
}
