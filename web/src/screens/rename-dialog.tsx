import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ScreenView } from '../../../src/shared/boards.js';
import { updateScreen } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { SCREENS_KEY } from './keys.js';

export function RenameDialog({ screen, onClose }: { screen: ScreenView; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<{ name: string }>();
  const renaming = useMutation({
    mutationFn: ({ name }: { name: string }) => updateScreen(screen.id, { name }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: SCREENS_KEY });
    },
  });
  return (
    <Modal
      open
      title={t('boards.screens.rename')}
      okText={t('boards.save')}
      cancelText={t('boards.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={renaming.isPending}
      getContainer=".desk"
    >
      {renaming.error && <ErrorView error={renaming.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: screen.name }}
        onFinish={(values) => renaming.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('boards.screens.name')}
          rules={[{ required: true, whitespace: true, max: 60, message: t('boards.screens.nameMissing') }]}
        >
          <Input autoComplete="off" maxLength={60} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
