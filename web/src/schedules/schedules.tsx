import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeSchedule, ScheduleView } from '../../../src/shared/schedules.js';
import { deleteSchedule, getSchedules, getSession, patchSchedule, runSchedule } from '../api/index.js';
import { listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { formatMoment } from '../people/ui/days.js';
import { TakeBack } from '../people/ui/take-back.js';
import { PageHead } from '../settings/page-head.js';
import { CopyField } from '../ui/copy-field.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark, type Tone } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { HistoryDialog } from './history-dialog.js';
import { ScheduleEditor } from './schedule-editor.js';
import { type Draft, draftOf, TEMPLATES, type Template } from './templates.js';
import { useDestinationText, useRhythmText, useSourceName } from './use-words.js';
import '../settings/settings.css';
import '../people/people.css';
import './schedules.css';

const LAST_TONES: Record<NonNullable<ScheduleView['lastRun']>['state'], Tone> = {
  waiting: 'live',
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
          <ScheduleTable
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

interface TableProps {
  schedules: ScheduleView[];
  loading: boolean;
  onEdit: (schedule: ScheduleView) => void;
  onHistory: (schedule: ScheduleView) => void;
}

function ScheduleTable({ schedules, loading, onEdit, onHistory }: TableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rhythm = useRhythmText();
  const source = useSourceName();
  const where = useDestinationText();
  return (
    <ScrollX label={t('schedules.title')}>
      <Table<ScheduleView>
        rowKey="id"
        size="middle"
        pagination={schedules.length > 30 ? { pageSize: 30, showSizeChanger: false } : false}
        loading={loading}
        dataSource={schedules}
        locale={{
          emptyText: loading ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('schedules.empty')} />,
        }}
        columns={[
          { title: t('schedules.name'), render: (_, one) => <Name of={one} /> },
          {
            title: t('schedules.reports'),
            render: (_, { sources, format }) => (
              <div className="wrap schedule-cell">
                {listText(sources.map(source), language)} <span className="quiet">{format.toUpperCase()}</span>
              </div>
            ),
          },
          {
            title: t('schedules.when'),
            render: (_, one) => (
              <div className="tabular">
                {rhythm(one.rhythm)}
                <div className="quiet">
                  {one.nextRun === null
                    ? '—'
                    : t('schedules.next', { times: formatMoment(one.nextRun, one.zone, language) })}
                </div>
              </div>
            ),
          },
          {
            title: t('schedules.destinations'),
            render: (_, { destinations }) => (
              <div className="wrap schedule-cell">
                {destinations.map((one) => (
                  <div key={one.id}>{where(one)}</div>
                ))}
              </div>
            ),
          },
          {
            title: t('schedules.last'),
            render: (_, { lastRun, zone }) =>
              lastRun === null ? (
                <span className="quiet">{t('schedules.never')}</span>
              ) : (
                <>
                  <Mark tone={LAST_TONES[lastRun.state]}>{t(`schedules.lastStates.${lastRun.state}`)}</Mark>
                  <div className="quiet tabular">{formatMoment(lastRun.due, zone, language)}</div>
                </>
              ),
          },
          {
            title: <span className="sr-only">{t('people.edit')}</span>,
            align: 'right',
            render: (_, one) => <Actions of={one} onEdit={onEdit} onHistory={onHistory} />,
          },
        ]}
      />
    </ScrollX>
  );
}

function Name({ of: { name, owner, active, stoppedReason } }: { of: ScheduleView }) {
  const { t } = useTranslation();
  const session = useQuery({ queryKey: ['session'], queryFn: getSession, staleTime: 60_000 }).data;
  return (
    <>
      <b className="wrap">{name}</b>{' '}
      {!active && (
        <Mark tone={stoppedReason === null ? 'plain' : 'bad'}>
          {t(stoppedReason === null ? 'schedules.paused' : 'schedules.stopped')}
        </Mark>
      )}
      {stoppedReason !== null && <div className="schedule-error">{t(`schedules.stoppedReasons.${stoppedReason}`)}</div>}
      {owner !== null && owner.id !== session?.user.id && <div className="quiet">{owner.name}</div>}
    </>
  );
}

function Actions({ of: one, onEdit, onHistory }: { of: ScheduleView } & Pick<TableProps, 'onEdit' | 'onHistory'>) {
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

function SecretsDialog({ made, onClose }: { made: MadeSchedule; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('schedules.secretTitle')}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('schedules.secretKept')}
        </Button>
      }
    >
      <p>{t('schedules.secretNote')}</p>
      {made.secrets.map(({ destinationId, secret }) => (
        <CopyField
          key={destinationId}
          label={made.schedule.destinations.find(({ id }) => id === destinationId)?.host ?? ''}
          value={secret}
        />
      ))}
    </Modal>
  );
}
