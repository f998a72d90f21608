import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TargetView } from '../../../src/shared/targets.js';
import { ApiError, deleteTarget } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';

export function RemoveTarget({ target, onDone }: { target: TargetView; onDone?: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const localised = useLocalised();
  const queryClient = useQueryClient();
  const remove = async () => {
    try {
      await deleteTarget(target.id, target.revision);
      void message.success(t('targets.removed'));
      onDone?.();
    } catch (error) {
      void message.error(error instanceof ApiError ? localised(error.text) : t('failure.text'), 8);
    }
    await queryClient.invalidateQueries();
  };
  return (
    <Popconfirm
      title={t('targets.removeAsk')}
      description={<div className="ask">{t('targets.removeText')}</div>}
      okText={t('targets.remove')}
      cancelText={t('people.cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={remove}
    >
      <Button size="small" danger>
        {t('targets.remove')}
      </Button>
    </Popconfirm>
  );
}
