import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MyCall } from '../../../src/shared/me.js';
import type { OutcomeInput, OutcomeView } from '../../../src/shared/outcomes.js';
import { getOutcomeChoices } from '../api/index.js';
import { formatMoney } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { useBoardSource } from '../live/index.js';
import { Mark, type Tone } from '../ui/mark.js';
import { currentOutcome, onTheWay } from './entry.js';
import { useOutbox } from './outbox-provider.js';
import { whenText } from './when.js';

/** How a call went, as marks: what counts, or what was entered and is on its way. Nothing where nobody said anything. */
export function CallEntry({ call }: { call: MyCall }) {
  const { t } = useTranslation();
  const outbox = useOutbox();
  const entry = onTheWay(outbox.agentId, call, outbox);
  const outcome = currentOutcome(call);
  if (entry === null) return outcome === null ? null : <OutcomeMarks outcome={outcome} zone={call.timeZone} />;
  return (
    <span className="marks">
      {entry.entry.input.cancelled !== true && <EntryMarks call={call} input={entry.entry.input} />}
      <Mark tone={entry.state === 'refused' ? 'bad' : entry.state === 'waiting' && outbox.offline ? 'warn' : 'plain'}>
        {t(entry.state === 'waiting' && outbox.offline ? 'me.entry.kept' : `me.entry.${entry.state}`)}
      </Mark>
    </span>
  );
}

function toneOf(flags: readonly string[]): Tone {
  if (flags.includes('sale')) return 'good';
  return flags.includes('dnc') || flags.includes('complaint') ? 'bad' : 'plain';
}

function OutcomeMarks({ outcome, zone }: { outcome: OutcomeView; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { connection } = useBoardSource();
  const { disposition, sale, callbackAt, problems } = outcome;
  return (
    <span className="marks">
      {disposition && <Mark tone={toneOf(disposition.flags)}>{localised(disposition.name)}</Mark>}
      {sale && <Mark tone="good">{formatMoney(sale.amountMinor, sale.currency, language)}</Mark>}
      {callbackAt && <Mark>{whenText(callbackAt, connection.now(), zone, language, t)}</Mark>}
      {problems.length > 0 && <Mark tone="warn">{t('me.entry.problem')}</Mark>}
    </span>
  );
}

/** The same of an entry that only this page knows. */
function EntryMarks({ call, input }: { call: MyCall; input: OutcomeInput }) {
  const { t } = useTranslation();
  const { connection } = useBoardSource();
  const language = useLanguage();
  const localised = useLocalised();
  const choices = useQuery({
    queryKey: ['outcomes', 'choices', call.campaign.id],
    queryFn: () => getOutcomeChoices(call.campaign.id),
    staleTime: 60_000,
  });
  const disposition = choices.data?.dispositions.find(({ key }) => key === input.disposition);
  return (
    <>
      {disposition && <Mark tone={toneOf(disposition.flags)}>{localised(disposition.name)}</Mark>}
      {input.sale && (
        <Mark tone="good">{formatMoney(input.sale.amountMinor, input.sale.currency ?? call.currency, language)}</Mark>
      )}
      {input.callbackAt && <Mark>{whenText(input.callbackAt, connection.now(), call.timeZone, language, t)}</Mark>}
    </>
  );
}
