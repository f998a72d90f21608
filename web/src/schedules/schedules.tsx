import { useQuery } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LastRunState, MadeSchedule, ScheduleView } from '../../../src/shared/schedules.js';
import { deleteSchedule, getSchedules, patchSchedule, runSchedule } from '../api/index.js';
import { listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { formatMoment } from '../people/ui/days.js';
import { TakeBack } from '../people/ui/take-back.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Loading } from '../ui/loading.js';
import { Mark, type Tone } from '../ui/mark.js';
import { useSession } from '../ui/use-session.js';
import { HistoryDialog } from './history-dialog.js';
import { ScheduleEditor } from './schedule-editor.js';
import { SecretsDialog } from './secrets-dialog.js';
import { type Draft, draftOf, TEMPLATES, type Template } from './templates.js';
import { useDestinationText, useRetryText, useRhythmText, useSourceName, useWorkingDaysText } from './use-words.js';
import '../settings/settings.css';
import '../people/people.css';
import './schedules.css';

const LAST_TONES: Record<LastRunState, Tone> = {
  waiting: 'plain',
  making: 'live',
  sending: 'live',
  retrying: 'warn',
  sent: 'good',
  partly_failed: 'warn',
  failed: 'bad',
};

/** Packs that go out by themselves. */
export function Schedules() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [draft, setDraft] = useState<Draft>();
  const [edited, setEdited] = useState<ScheduleView>();
  const [history, setHistory] = useState<ScheduleView>();
  const [made, setMade] = useState<MadeSchedule>();
  const list = useQuery({ queryKey: ['schedules'], queryFn: getSchedules, refetchInterval: 15_000 });
  const begin = (template: Template) =>
    setDraft({ ...draftOf(template, language), name: t(`schedules.templates.${template}`) });
  const blank: Draft = { ...draftOf('weekly', language), sources: [], workingDaysOnly: false };
  const done = (answer: MadeSchedule) => answer.secrets.length > 0 && setMade(answer);
  return (
    <>
      <PageHead
        title={t('schedules.title')}
        lead={t('schedules.lead')}
        parent={{ to: '/reports', label: t('reports.title') }}
      >
        {TEMPLATES.map((template) => (
          <Button key={template} onClick={() => begin(template)}>
            {t(`schedules.templates.${template}`)}
          </Button>
        ))}
        <Button type="primary" onClick={() => setDraft(blank)}>
          {t('schedules.create')}
        </Button>
      </PageHead>
      <section className="card">
        {list.isError ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <ScheduleList
            schedules={list.data?.schedules ?? []}
            loading={list.isPending}
            onEdit={setEdited}
            onHistory={setHistory}
          />
        )}
      </section>
      {draft && <ScheduleEditor draft={draft} onClose={() => setDraft(undefined)} onDone={done} />}
      {edited && <ScheduleEditor schedule={edited} onClose={() => setEdited(undefined)} onDone={done} />}
      {history && <HistoryDialog schedule={history} onClose={() => setHistory(undefined)} />}
      {made && <SecretsDialog made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

interface ListProps {
  schedules: ScheduleView[];
  loading: boolean;
  onEdit: (schedule: ScheduleView) => void;
  onHistory: (schedule: ScheduleView) => void;
}

function ScheduleList({ schedules, loading, onEdit, onHistory }: ListProps) {
  const { t } = useTranslation();
  if (loading) return <Loading />;
  if (schedules.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('schedules.empty')} />;
  }
  return (
    <ul className="schedule-cards">
      {schedules.map((one) => (
        <li key={one.id}>
          <Name of={one} />
          <Facts of={one} />
          <Actions of={one} onEdit={onEdit} onHistory={onHistory} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ of: one }: { of: ScheduleView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rhythm = useRhythmText();
  const workingDays = useWorkingDaysText();
  const source = useSourceName();
  const where = useDestinationText();
  const retry = useRetryText();
  const moment = (at: string) => formatMoment(at, one.zone, language);
  return (
    <dl className="schedule-facts">
      <dt>{t('schedules.reports')}</dt>
      <dd>
        {listText(one.sources.map(source), language)} <span className="quiet">{one.format.toUpperCase()}</span>
      </dd>
      <dt>{t('schedules.when')}</dt>
      <dd className="tabular">
        {rhythm(one.rhythm)}
        {one.workingDaysOnly && ` · ${workingDays(one.rhythm.every)}`}
        {one.nextRun !== null && (
          <span className="quiet"> · {t('schedules.next', { times: moment(one.nextRun) })}</span>
        )}
      </dd>
      <dt>{t('schedules.destinations')}</dt>
      <dd>
        {one.destinations.map((destination) => (
          <div key={destination.id}>{where(destination)}</div>
        ))}
      </dd>
      <dt>{t('schedules.last')}</dt>
      <dd className="tabular">
        {one.lastRun === null ? (
          <span className="quiet">{t('schedules.never')}</span>
        ) : (
          <>
            <Mark tone={LAST_TONES[one.lastRun.state]}>
              {one.lastRun.retry === null
                ? t(`schedules.lastStates.${one.lastRun.state}`)
                : retry(one.lastRun.retry, one.zone)}
            </Mark>{' '}
            <span className="quiet">{moment(one.lastRun.due)}</span>
          </>
        )}
      </dd>
    </dl>
  );
}

function Name({ of: { name, owner, active, stoppedReason } }: { of: ScheduleView }) {
  const { t } = useTranslation();
  const session = useSession().data;
  return (
    <div>
      <h2 className="schedule-name">{name}</h2>{' '}
      {!active && (
        <Mark tone={stoppedReason === null ? 'plain' : 'bad'}>
          {t(stoppedReason === null ? 'schedules.paused' : 'schedules.stopped')}
        </Mark>
      )}
      {stoppedReason !== null && <div className="schedule-error">{t(`schedules.stoppedReasons.${stoppedReason}`)}</div>}
      {owner !== null && owner.id !== session?.user.id && <div className="quiet">{owner.name}</div>}
    </div>
  );
}

function Actions({ of: one, onEdit, onHistory }: { of: ScheduleView } & Pick<ListProps, 'onEdit' | 'onHistory'>) {
  const { t } = useTranslation();
  const change = useChange();
  const named = (label: string) => `${label}: ${one.name}`;
  const patch = (more: { active: boolean; takeOver?: true }) =>
    change(async () => ({ result: await patchSchedule(one.id, { revision: one.revision, ...more }) }));
  return (
    <span className="row-actions schedule-actions">
      <Button size="small" aria-label={named(t('schedules.history'))} onClick={() => onHistory(one)}>
        {t('schedules.history')}
      </Button>
      <Button
        size="small"
        aria-label={named(t('schedules.runNow'))}
        onClick={() => void change(async () => ({ result: await runSchedule(one.id) })).then(() => onHistory(one))}
      >
        {t('schedules.runNow')}
      </Button>
      <Button size="small" aria-label={named(t('people.edit'))} onClick={() => onEdit(one)}>
        {t('people.edit')}
      </Button>
      {one.stoppedReason === null ? (
        <Button size="small" onClick={() => void patch({ active: !one.active })}>
          {t(one.active ? 'schedules.pause' : 'schedules.resume')}
        </Button>
      ) : (
        <Button size="small" onClick={() => void patch({ active: true, takeOver: true })}>
          {t('schedules.takeOver')}
        </Button>
      )}
      <TakeBack
        label={t('schedules.delete')}
        of={one.name}
        ask={t('schedules.deleteAsk', { name: one.name })}
        onConfirm={() => change(async () => ({ result: await deleteSchedule(one.id) }))}
      />
    </span>
  );
}
