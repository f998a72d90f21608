import { App } from 'antd';
import { useCallback } from 'react';
import { useErrorWords } from '../ui/use-error-words.js';

/** Says in a notice what went wrong and what to do about it. */
export function useReport(): (error: unknown) => void {
  const { notification } = App.useApp();
  const wordsOf = useErrorWords();
  return useCallback(
    (error: unknown) => {
      const { text, fix } = wordsOf(error);
      notification.error({ title: text, description: fix ?? undefined, role: 'alert' });
    },
    [notification, wordsOf],
  );
}
