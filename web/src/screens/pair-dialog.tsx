import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DEFAULT_BOARD, type ScreenCreate } from '../../../src/shared/boards.js';
import { ApiError, pairScreen } from '../api/index.js';
import { useBoardOptions } from '../boards/board-options.js';
import { useLocalised } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { SCREENS_KEY } from './keys.js';

/** The code a TV shows, a name for the TV, and what it will show. */
export function PairDialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const localised = useLocalised();
  const queryClient = useQueryClient();
  const options = useBoardOptions();
  const [form] = Form.useForm<ScreenCreate>();
  const pairing = useMutation({
    mutationFn: pairScreen,
    onSuccess: async (screen) => {
      void message.success(t('boards.screens.paired', { name: screen.name }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: SCREENS_KEY });
    },
    onError: (error) => {
      if (!isWrongCode(error)) return;
      const fix = error.fix ? ` ${localised(error.fix)}` : '';
      form.setFields([{ name: 'code', errors: [localised(error.text) + fix] }]);
    },
  });
  const general = pairing.error && !isWrongCode(pairing.error) ? pairing.error : null;
  return (
    <Modal
      open
      title={t('boards.screens.pair')}
      okText={t('boards.screens.pairNow')}
      cancelText={t('boards.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={pairing.isPending}
      getContainer=".desk"
      mask={{ closable: false }}
    >
      {general && <ErrorView error={general} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ boardId: DEFAULT_BOARD }}
        onFinish={(values) => pairing.mutate(values)}
      >
        <Form.Item
          name="code"
          label={t('boards.screens.code')}
          extra={t('boards.screens.codeHint')}
          rules={[{ required: true, pattern: /^\s*(\d[\s-]*){6}$/, message: t('boards.screens.codeMissing') }]}
        >
          <Input className="code-field" inputMode="numeric" autoComplete="off" maxLength={9} autoFocus />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('boards.screens.name')}
          extra={t('boards.screens.nameHint')}
          rules={[{ required: true, whitespace: true, max: 60, message: t('boards.screens.nameMissing') }]}
        >
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="boardId" label={t('boards.board')}>
          <Select options={options} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function isWrongCode(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.code === 'pairing_code_wrong' || error.code === 'pairing_code_throttled');
}
