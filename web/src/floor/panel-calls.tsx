import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallView } from '../../../src/shared/api.js';
import { query } from '../api/index.js';
import { customerText, talkText } from '../calls/call-text.js';
import { OutcomeTag } from '../calls/outcome-tag.js';
import { addDays, formatClock } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { PanelSection } from './panel-section.js';

interface CallsProps {
  calls: UseQueryResult<CallView[]>;
  agentId: number;
  date: string;
}

const LATEST = 12;

/** The latest calls, and the way to all of the day. */
export function PanelCalls({ calls, agentId, date }: CallsProps) {
  const { t } = useTranslation();
  const all = `/calls${query({ from: date, to: addDays(date, 1), agent: agentId })}`;
  return (
    <PanelSection title={t('floor.panel.calls')} query={calls}>
      {(list) =>
        list.length === 0 ? (
          <p className="quiet">{t('floor.panel.noCalls')}</p>
        ) : (
          <>
            <ul className="panel-calls tabular">
              {list.slice(0, LATEST).map((call) => (
                <CallLine key={call.id} call={call} />
              ))}
            </ul>
            <Link to={all}>{t('floor.panel.allCalls', { count: list.length })}</Link>
          </>
        )
      }
    </PanelSection>
  );
}

function CallLine({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li>
      <Link to={`/calls/${encodeURIComponent(call.id)}`}>
        {formatClock(Date.parse(call.startedAt), call.timeZone, language)}
      </Link>
      <span className="panel-calls__who">{customerText(call, t)}</span>
      <OutcomeTag call={call} />
      <span>{talkText(call, language)}</span>
    </li>
  );
}
