import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { getStatusLimit, putStatusLimit } from '../api/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { SaveBar } from './save-bar.js';
import { useDraft } from './use-draft.js';

/** How long a status lasts that nobody ends. */
export function LimitSection() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const { stored, value, setDraft, bar } = useDraft(['presence', 'limit'], getStatusLimit, putStatusLimit);
  return (
    <Section title={t('presence.limit.title')} text={t('presence.limit.text')}>
      {stored.isError && <ErrorView error={stored.error} onRetry={() => void stored.refetch()} />}
      {value && (
        <div className="state-steps">
          <label htmlFor="status-limit">{t('presence.limit.after')}</label>
          <InputNumber
            id="status-limit"
            min={1}
            max={24}
            precision={0}
            value={value.hours}
            disabled={!mayWrite}
            suffix={t('presence.limit.hours')}
            onChange={(hours) => hours !== null && setDraft({ hours })}
          />
        </div>
      )}
      <SaveBar {...bar} usable />
    </Section>
  );
}
