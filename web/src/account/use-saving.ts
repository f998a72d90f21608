import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.js';
import { useFieldError } from '../sign-in/use-field-error.js';
import { SESSION_KEY } from '../ui/use-session.js';

/**
 * A change of one's account from a form: said when it is done, its error shown at the field it is about, everything read
 * again. `general` is an error that belongs to no field of the form.
 */
export function useSaving<Values extends object, Result>(
  form: FormInstance<Values>,
  save: (values: Values) => Promise<Result>,
  done: (result: Result, values: Values) => void | Promise<void>,
  said?: string,
) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const atField = useFieldError(form);
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (result, values) => {
      if (said !== '') void message.success(said ?? t('access.saved'));
      await done(result, values);
      await queryClient.invalidateQueries({ queryKey: ['account'] });
      await queryClient.invalidateQueries({ queryKey: SESSION_KEY });
    },
    onError: atField,
  });
  const { error } = saving;
  const belongs = error instanceof ApiError && error.field !== undefined;
  return { run: saving.mutate, isPending: saving.isPending, general: error !== null && !belongs ? error : null };
}
