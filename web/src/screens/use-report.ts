import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';

/** Says in a notice what went wrong and what to do about it. */
export function useReport(): (error: unknown) => void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const localised = useLocalised();
  return useCallback(
    (error: unknown) => {
      const known = error instanceof ApiError ? error : null;
      notification.error({
        title: known ? localised(known.text) : t('failure.text'),
        description: known?.fix ? localised(known.fix) : undefined,
        role: 'alert',
      });
    },
    [t, notification, localised],
  );
}
