import { Button, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyCallback } from '../../../src/shared/me.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardSource, useTicking } from '../live/index.js';
import { CallbackField } from '../outcomes/index.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark, type Tone } from '../ui/mark.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { listed, type Urgency, urgencyOf } from './due.js';
import { useOutbox } from './outbox-provider.js';
import { askToNotify, mayAskToNotify } from './use-callback-reminder.js';
import { useMyCallbacks } from './use-my-lists.js';
import { whenText } from './when.js';

const NONE: readonly MyCallback[] = [];

/** What one promised: due ones first, each with a way to move it or to let it go. */
export function CallbacksCard() {
  const { t } = useTranslation();
  const list = useMyCallbacks();
  const all = list.data?.callbacks ?? NONE;
  // Renders again when any of them becomes more urgent.
  useTicking(useCallback((now: number) => all.map((one) => urgencyOf(one, now)).join(' '), [all]));
  const { connection } = useBoardSource();
  const [asks, setAsks] = useState(mayAskToNotify);
  const callbacks = listed(all, connection.now());
  return (
    <section className="card me-callbacks" aria-labelledby="me-callbacks">
      <header className="me-card-head">
        <h2 id="me-callbacks">{t('me.callbacks.title')}</h2>
        {asks && callbacks.length > 0 && (
          <Button size="small" onClick={() => void askToNotify().then(() => setAsks(false))}>
            {t('me.callbacks.notify')}
          </Button>
        )}
      </header>
      {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && callbacks.length === 0 && <p className="quiet me-empty">{t('me.callbacks.empty')}</p>}
      <ul className="me-list">
        {callbacks.map((callback) => (
          <CallbackRow key={callback.outcomeId} callback={callback} zone={list.data?.timeZone ?? 'UTC'} />
        ))}
      </ul>
    </section>
  );
}

const TONES: Record<Urgency, Tone> = { now: 'bad', soon: 'warn', later: 'plain', missed: 'warn', kept: 'good' };
const SHAPES: Record<Urgency, string> = { now: '●', soon: '▲', later: '', missed: '▼', kept: '✓' };

function CallbackRow({ callback, zone }: { callback: MyCallback; zone: string }) {
  const { t } = useTranslation();
  const { connection } = useBoardSource();
  const [moving, setMoving] = useState(false);
  const urgency = urgencyOf(callback, connection.now());
  return (
    <li className="me-row" data-callback={callback.outcomeId} data-urgency={urgency}>
      <span className="me-row__time tabular">
        <When at={callback.at} zone={zone} />
      </span>
      <span className="me-row__who tabular">
        <strong>{callback.customer ?? t('common.anonymous')}</strong>{' '}
        <span className="quiet">{callback.campaign.name}</span>
        {callback.note !== null && <span className="me-row__note">{callback.note}</span>}
      </span>
      <span className="me-row__marks">
        {urgency !== 'later' && (
          <Mark tone={TONES[urgency]}>
            <span aria-hidden="true">{SHAPES[urgency]}</span> {t(`me.callbacks.${urgency}`)}
          </Mark>
        )}
      </span>
      {urgency !== 'missed' && (
        <span className="me-row__do">
          <Button onClick={() => setMoving(true)}>{t('me.callbacks.move')}</Button>
        </span>
      )}
      {moving && <MoveDialog callback={callback} zone={zone} onClose={() => setMoving(false)} />}
    </li>
  );
}

/** The time alone for today, with the date for other days. */
function When({ at, zone }: { at: string; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection } = useBoardSource();
  const text = whenText(at, connection.now(), zone, language, t);
  return (
    <time dateTime={at} title={formatInstant(at, zone, language)}>
      {text}
    </time>
  );
}

function MoveDialog({ callback, zone, onClose }: { callback: MyCallback; zone: string; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const { outbox } = useOutbox();
  const [at, setAt] = useState<number | null>(Date.parse(callback.at));
  const say = (instant: number | null): void => {
    const callbackAt = instant === null ? null : new Date(instant).toISOString();
    outbox.add({ outcomeId: callback.outcomeId, input: { externalId: callback.externalId, callbackAt } });
    onClose();
  };
  return (
    <Modal
      open
      className="me-dialog"
      title={t('me.callbacks.moveTitle', { customer: callback.customer ?? t('common.anonymous') })}
      width={520}
      getContainer=".desk"
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <CallbackField value={at} onChange={setAt} zone={zone} />
      <p className="me-dialog__save">
        <Button type="primary" size="large" disabled={at === null} onClick={() => say(at)}>
          {t('me.callbacks.save')}
        </Button>
        <Button danger size="large" onClick={() => say(null)}>
          {t('me.callbacks.drop')}
        </Button>
      </p>
    </Modal>
  );
}
