import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryView, RunView, ScheduleView } from '../../../src/shared/schedules.js';
import { getScheduleRuns, retryDelivery, runFilePath } from '../api/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark, type Tone } from '../ui/mark.js';
import { useErrorText } from '../ui/use-error-words.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { lookAgainMs } from './look-again.js';
import { useDestinationText, useRetryText } from './use-words.js';

const TONES: Record<DeliveryView['state'], Tone> = { waiting: 'plain', sending: 'live', sent: 'good', failed: 'bad' };

/** What became of each run: its file, where it went, what went wrong, and a way to try again. */
export function HistoryDialog({ schedule, onClose }: { schedule: ScheduleView; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const runs = useQuery({
    queryKey: ['schedules', schedule.id, 'runs'],
    queryFn: () => getScheduleRuns(schedule.id),
    refetchInterval: ({ state }) => lookAgainMs(state.data ?? []),
  });
  return (
    <Modal
      open
      title={t('schedules.historyOf', { name: schedule.name })}
      width={760}
      getContainer=".desk"
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('schedules.close')}</Button>}
    >
      {runs.isError && <ErrorView error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data?.length === 0 && <Empty description={t('schedules.noRuns')} />}
      {runs.data?.map((run) => (
        <Run key={run.id} run={run} zone={schedule.zone} />
      ))}
    </Modal>
  );
}

function Run({ run, zone }: { run: RunView; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const retry = useRetryText();
  const canRetry = run.state !== 'made' || run.file?.kept === true;
  return (
    <section className="schedule-run">
      <h3 className="tabular">
        {formatMoment(run.due, zone, language)}{' '}
        {run.kind !== 'on_time' && (
          <Mark tone={run.kind === 'late' ? 'warn' : 'plain'}>{t(`schedules.runKinds.${run.kind}`)}</Mark>
        )}
      </h3>
      {run.missed > 0 && <p className="quiet">{t('schedules.missed', { count: run.missed })}</p>}
      {run.state === 'making' && <p className="quiet">{t('schedules.making')}</p>}
      {run.state === 'waiting' && run.retry === null && <p className="quiet">{t('schedules.toBeMade')}</p>}
      {run.error && <p className="schedule-error">{localised(run.error.message)}</p>}
      {run.retry && (
        <p>
          <Mark tone="warn">{retry(run.retry, zone)}</Mark>
        </p>
      )}
      {run.file && (
        <p className="wrap">
          {run.file.kept ? (
            <a href={runFilePath(run.id)}>{run.file.name}</a>
          ) : (
            t('schedules.fileGone', { name: run.file.name })
          )}
        </p>
      )}
      <ul className="schedule-deliveries">
        {run.deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} zone={zone} canRetry={canRetry} />
        ))}
      </ul>
    </section>
  );
}

interface DeliveryProps {
  delivery: DeliveryView;
  zone: string;
  /** Whether there is something to send. */
  canRetry: boolean;
}

function Delivery({ delivery, zone, canRetry }: DeliveryProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const where = useDestinationText();
  const retry = useRetryText();
  const { state, attempts, sentAt, error, textOnly, maybeTwice } = delivery;
  const isWaiting = delivery.retry !== null;
  return (
    <li>
      <div className="schedule-delivery">
        <Mark tone={isWaiting ? 'warn' : TONES[state]}>
          {delivery.retry === null ? t(`schedules.states.${state}`) : retry(delivery.retry, zone)}
        </Mark>
        <span>{where(delivery.destination)}</span>
        {sentAt && <span className="quiet tabular">{formatMoment(sentAt, zone, language)}</span>}
        {attempts > 1 && !isWaiting && <span className="quiet">{t('schedules.attempts', { count: attempts })}</span>}
      </div>
      {error && <div className="schedule-error">{localised(error.message)}</div>}
      {textOnly && state !== 'sending' && <div>{t('schedules.textOnly')}</div>}
      {maybeTwice && <div className="quiet">{t('schedules.maybeTwice')}</div>}
      {canRetry && (state === 'failed' || isWaiting) && <Retry id={delivery.id} of={where(delivery.destination)} />}
    </li>
  );
}

function Retry({ id, of }: { id: string; of: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const retry = async () => {
    try {
      await retryDelivery(id);
    } catch (error) {
      void message.error(errorText(error), 8);
    }
    await queryClient.invalidateQueries({ queryKey: ['schedules'] });
  };
  return (
    <Button size="small" aria-label={`${t('schedules.retry')}: ${of}`} onClick={() => void retry()}>
      {t('schedules.retry')}
    </Button>
  );
}
