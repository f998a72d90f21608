import { App, Button, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MyCall } from '../../../src/shared/me.js';
import { customerText, talkText } from '../calls/call-text.js';
import { OutcomeTag } from '../calls/outcome-tag.js';
import { formatMinute } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { OutcomeForm } from '../outcomes/index.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { useCallsPath } from '../wallboard/drill.js';
import { CallEntry } from './call-entry.js';
import { currentOutcome, isToEnter, onTheWay } from './entry.js';
import { useEnter, useOutbox } from './outbox-provider.js';
import { useMyCalls } from './use-my-lists.js';

const ROWS_FIRST = 20;

/** One's own calls of today, each with how it went or a way to say so. */
export function CallsCard() {
  const { t } = useTranslation();
  const list = useMyCalls();
  const outbox = useOutbox();
  const callsPath = useCallsPath();
  const [only, setOnly] = useState<'all' | 'toEnter'>('all');
  const [rows, setRows] = useState(ROWS_FIRST);
  const calls = list.data?.calls ?? [];
  const toEnter = calls.filter((call) => isToEnter(outbox.agentId, call, outbox));
  const chosen = only === 'all' ? calls : toEnter;
  return (
    <section className="card me-calls" aria-labelledby="me-calls">
      <header className="me-card-head">
        <h2 id="me-calls">{t('me.calls.title')}</h2>
        {calls.length > 0 && (
          <Segmented
            aria-label={t('me.calls.which')}
            value={only}
            onChange={setOnly}
            options={[
              { value: 'all', label: t('me.calls.all', { count: calls.length }) },
              { value: 'toEnter', label: t('me.calls.toEnter', { count: toEnter.length }) },
            ]}
          />
        )}
      </header>
      {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && chosen.length === 0 && (
        <p className="quiet me-empty">{t(calls.length === 0 ? 'me.calls.empty' : 'me.calls.allEntered')}</p>
      )}
      <ul className="me-list">
        {chosen.slice(0, rows).map((call) => (
          <CallRow key={call.id} call={call} toEnter={toEnter.includes(call)} />
        ))}
      </ul>
      {chosen.length > rows && (
        <div className="centre">
          <Button onClick={() => setRows(rows + ROWS_FIRST)}>{t('common.more')}</Button>
        </div>
      )}
      {list.data?.more && chosen.length <= rows && (
        <p className="quiet">
          <Link to={callsPath({ agent: outbox.agentId })}>{t('me.calls.older')}</Link>
        </p>
      )}
    </section>
  );
}

function CallRow({ call, toEnter }: { call: MyCall; toEnter: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const outbox = useOutbox();
  const [open, setOpen] = useState(false);
  const isEntered = currentOutcome(call) !== null || onTheWay(outbox.agentId, call, outbox) !== null;
  return (
    <li className="me-row" data-call={call.id} data-to-enter={toEnter}>
      <span className="me-row__time tabular">
        <Link to={`/calls/${encodeURIComponent(call.id)}`}>
          {formatMinute(Date.parse(call.startedAt), call.timeZone, language)}
        </Link>
      </span>
      <span className="me-row__who tabular">
        <strong>{customerText(call, t)}</strong>{' '}
        <span className="quiet">
          {t(`calls.direction.${call.direction}`)}
          {call.answeredAt !== null && call.endedAt !== null && ` · ${talkText(call, language)}`}
        </span>
      </span>
      <span className="me-row__marks">
        <OutcomeTag call={call} />
        {call.doNotCall && <Mark tone="bad">{t('me.calls.doNotCall')}</Mark>}
        <CallEntry call={call} />
      </span>
      <span className="me-row__do">
        {call.direction !== 'internal' && (
          <Button type={toEnter ? 'primary' : 'default'} ghost={toEnter} onClick={() => setOpen(true)}>
            {t(isEntered ? 'me.entry.correct' : 'me.entry.enter')}
          </Button>
        )}
      </span>
      {open && <EntryDialog call={call} onClose={() => setOpen(false)} />}
    </li>
  );
}

/** The form over the page; from below on a phone. */
function EntryDialog({ call, onClose }: { call: MyCall; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const enter = useEnter(call);
  const outcome = currentOutcome(call);
  const done = () => {
    void message.success(t('me.entry.taken'));
    onClose();
  };
  const time = formatMinute(Date.parse(call.startedAt), call.timeZone, language);
  return (
    <Modal
      open
      className="me-dialog"
      title={t('me.entry.title', { time, customer: customerText(call, t) })}
      width={520}
      getContainer=".desk"
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <OutcomeForm
        about={{ callId: call.id }}
        campaignId={call.campaign.id}
        outcome={outcome}
        zone={call.timeZone}
        onEntered={(content) => {
          enter(content);
          done();
        }}
      />
      {outcome !== null && (
        <p className="me-dialog__back">
          <Button
            danger
            onClick={() => {
              enter({ cancelled: true });
              done();
            }}
          >
            {t('me.entry.takeBack')}
          </Button>{' '}
          <span className="quiet">{t('me.entry.takeBackHow')}</span>
        </p>
      )}
    </Modal>
  );
}
