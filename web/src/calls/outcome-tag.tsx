import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../src/shared/api.js';

const COLOURS: Record<CallView['outcome'], string> = {
  open: 'processing',
  answered: 'green',
  no_answer: 'default',
  busy: 'default',
  invalid: 'orange',
  canceled: 'default',
  failed: 'red',
  abandoned: 'orange',
};

/** How a call ended, with the marks that qualify it. */
export function OutcomeTag({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const isMachine = call.answeredBy === 'machine' || call.answeredBy === 'fax';
  return (
    <>
      <Tag color={COLOURS[call.outcome]}>{t(`calls.outcome.${call.outcome}`)}</Tag>
      {isMachine && <Tag>{t(`calls.answeredBy.${call.answeredBy}`)}</Tag>}
      {call.effective && <Tag color="blue">{t('calls.effective')}</Tag>}
      {call.stale && <Tag color="orange">{t('calls.stale')}</Tag>}
      {call.incomplete.length > 0 && <Tag color="gold">{t('calls.incomplete')}</Tag>}
    </>
  );
}
