import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../api/index.js';

/** Something of the settings, and what is being made of it before it is saved as a whole. */
export function useDraft<T>(key: readonly string[], read: () => Promise<T>, write: (draft: T) => Promise<T>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const stored = useQuery({ queryKey: key, queryFn: read });
  const [draft, setDraft] = useState<T | null>(null);
  const saving = useMutation({
    mutationFn: write,
    onSuccess: (now) => {
      keepAnswer(queryClient, key, now);
      setDraft(null);
      void message.success(t('presence.settings.saved'));
    },
  });
  const value = draft ?? stored.data;
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(stored.data);
  return {
    stored,
    value,
    setDraft,
    bar: {
      changed,
      saving: saving.isPending,
      error: saving.error,
      onSave: () => draft !== null && saving.mutate(draft),
      onReset: () => {
        setDraft(null);
        saving.reset();
      },
    },
  };
}
