import { useTranslation } from 'react-i18next';
import type { OutcomeView } from '../../../src/shared/outcomes.js';
import { formatMoney } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { Mark } from '../ui/mark.js';

/** What an outcome says, as words that mark a row. */
export function OutcomeMarks({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { disposition, sale, cancelled, problems } = outcome;
  return (
    <span className="marks">
      {cancelled && <Mark tone="bad">{t('outcomes.cancelled')}</Mark>}
      {disposition && (
        <Mark tone={disposition.flags.includes('sale') ? 'good' : 'plain'}>{localised(disposition.name)}</Mark>
      )}
      {sale && (
        <Mark tone={cancelled ? 'plain' : 'good'}>{formatMoney(sale.amountMinor, sale.currency, language)}</Mark>
      )}
      {problems.map((problem) => (
        <Mark key={problem} tone="warn">
          {t(`outcomes.problems.${problem}`, { defaultValue: problem })}
        </Mark>
      ))}
    </span>
  );
}
