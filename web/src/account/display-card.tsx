import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { getOwnDisplay, keepAnswer, putOwnDisplay } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';

/** One's own wish: by name on boards and leaderboards, or without. For people who are an agent on the phone. */
export function DisplayCard() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const own = useQuery({ queryKey: ['me', 'display'], queryFn: getOwnDisplay });
  const change = useMutation({
    mutationFn: putOwnDisplay,
    onSuccess: (display) => {
      keepAnswer(queryClient, ['me', 'display'], display);
      void message.success(t('access.saved'));
    },
  });
  const error = own.error ?? change.error;
  return (
    <section className="card">
      <h2 id="own-display">{t('compare.display.title')}</h2>
      <p className="quiet">{t('compare.display.text')}</p>
      {error && <ErrorView error={error} onRetry={() => void own.refetch()} />}
      {own.data && (
        <Radio.Group
          aria-labelledby="own-display"
          value={own.data.display}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ display: event.target.value })}
          options={[
            { value: 'public', label: t('compare.display.public') },
            { value: 'hidden', label: t('compare.display.hidden') },
          ]}
        />
      )}
    </section>
  );
}
