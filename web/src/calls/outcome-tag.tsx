import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../src/shared/api.js';
import { useLocalised } from '../i18n/index.js';
import { Mark, type Tone } from '../ui/mark.js';

const TONES: Record<CallView['outcome'], Tone> = {
  open: 'live',
  answered: 'good',
  no_answer: 'plain',
  busy: 'plain',
  invalid: 'warn',
  canceled: 'plain',
  failed: 'bad',
  abandoned: 'warn',
};

/** How a call ended, what was said of it, and the marks that qualify it. */
export function OutcomeTag({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const isMachine = call.answeredBy === 'machine' || call.answeredBy === 'fax';
  return (
    <span className="marks">
      <Mark tone={TONES[call.outcome]}>{t(`calls.outcome.${call.outcome}`)}</Mark>
      {isMachine && <Mark>{t(`calls.answeredBy.${call.answeredBy}`)}</Mark>}
      {call.effective && <Mark tone="good">{t('calls.effective')}</Mark>}
      {call.disposition && <Mark tone={call.sales > 0 ? 'good' : 'plain'}>{localised(call.disposition.name)}</Mark>}
      {call.doNotCall && <Mark tone="bad">{t('outcomes.doNotCallMark')}</Mark>}
      {call.stale && <Mark tone="warn">{t('calls.stale')}</Mark>}
      {call.incomplete.length > 0 && <Mark tone="warn">{t('calls.incomplete')}</Mark>}
    </span>
  );
}
