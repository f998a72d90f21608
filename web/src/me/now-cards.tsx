import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyCall } from '../../../src/shared/me.js';
import { customerText } from '../calls/call-text.js';
import { formatStopwatch } from '../format/index.js';
import { useBoardSource, useTicking } from '../live/index.js';
import { OutcomeForm } from '../outcomes/index.js';
import { CallEntry } from './call-entry.js';
import { isToEnter } from './entry.js';
import { isRunning, stayingOf } from './now.js';
import { useEnter, useOutbox } from './outbox-provider.js';
import { useMyCalls } from './use-my-lists.js';

/** The call one is in, and the one that just ended until somebody has said how it went. */
export function NowCards() {
  const calls = useMyCalls().data?.calls;
  const outbox = useOutbox();
  const { connection } = useBoardSource();
  const [held, setHeld] = useState<readonly string[]>([]);
  const [put, setPut] = useState<readonly string[]>([]);
  const staying = stayingOf(calls ?? [], held, put, outbox.agentId, outbox, connection.now());
  const ids = staying.map(({ id }) => id).join(' ');
  // What was shown stays until it is entered or put aside, whatever comes in between: somebody may be typing.
  useEffect(() => setHeld(ids === '' ? [] : ids.split(' ')), [ids]);
  return (
    <div className="me-now">
      {staying.map((call) => (
        <NowCard
          key={call.id}
          call={call}
          toEnter={isToEnter(outbox.agentId, call, outbox)}
          onPutAside={() => setPut((before) => [...before, call.id])}
        />
      ))}
    </div>
  );
}

function NowCard({ call, toEnter, onPutAside }: { call: MyCall; toEnter: boolean; onPutAside: () => void }) {
  const { t } = useTranslation();
  const enter = useEnter(call);
  const running = isRunning(call);
  const answered = call.answeredAt !== null;
  return (
    <section className="card now" data-running={running} aria-labelledby={`now-${call.id}`}>
      <header className="now__head">
        <div>
          <h2 id={`now-${call.id}`}>
            {t(running ? (answered ? 'me.now.talking' : `me.now.ringing.${call.direction}`) : 'me.now.ended')}
          </h2>
          <p className="tabular">
            <strong>{customerText(call, t)}</strong> <span className="quiet">{call.campaign.name}</span>
          </p>
        </div>
        {running ? (
          <Since at={Date.parse(call.answeredAt ?? call.startedAt)} />
        ) : (
          <Button type="text" onClick={onPutAside}>
            {t('me.now.later')}
          </Button>
        )}
      </header>
      {call.doNotCall && (
        <p className="now__warning" role="alert">
          <span aria-hidden="true">▼</span> {t('me.now.doNotCall')}
        </p>
      )}
      {!toEnter && <CallEntry call={call} />}
      {toEnter && (
        <OutcomeForm
          about={{ callId: call.id }}
          campaignId={call.campaign.id}
          outcome={null}
          zone={call.timeZone}
          onEntered={enter}
        />
      )}
    </section>
  );
}

function Since({ at }: { at: number }) {
  const text = useTicking(useCallback((now: number) => formatStopwatch(now - at), [at]));
  return <span className="now__since tabular">{text}</span>;
}
