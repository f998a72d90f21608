import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError, linkExport } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { EXPORTS_KEY } from './use-exports.js';

/** Says what went wrong in the reader's language. */
export function useSayError(): (error: unknown) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const localised = useLocalised();
  return (error) => {
    const texts = error instanceof ApiError ? [error.text, error.fix] : [];
    const said = texts.flatMap((text) => (text ? [localised(text)] : [])).join(' ');
    void message.error(said === '' ? t('failure.text') : said, 8);
  };
}

/** Takes a link that works once and has the browser fetch it. */
export function useDownload(): (id: string) => Promise<void> {
  const sayError = useSayError();
  const queryClient = useQueryClient();
  return async (id) => {
    try {
      const { url } = await linkExport(id);
      const link = document.createElement('a');
      link.href = url;
      link.download = '';
      link.click();
    } catch (error) {
      sayError(error);
    }
    await queryClient.invalidateQueries({ queryKey: EXPORTS_KEY });
  };
}
