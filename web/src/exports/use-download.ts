import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { linkExport } from '../api/index.js';
import { useErrorText } from '../ui/use-error-words.js';
import { EXPORTS_KEY } from './use-exports.js';

/** Says what went wrong in the reader's language. */
export function useSayError(): (error: unknown) => void {
  const { message } = App.useApp();
  const errorText = useErrorText();
  return (error) => void message.error(errorText(error), 8);
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
