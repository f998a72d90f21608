import { useTranslation } from 'react-i18next';
import type { BoardMeta } from '../../../src/shared/live.js';
import { formatBusinessDate } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey, useFreshness } from '../live/index.js';
import { StateSwitch } from '../presence/index.js';
import { ConnectionBadge } from '../wallboard/connection-badge.js';

/** Which day this is, how old what one sees is, and what one is doing. */
export function DayHead() {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useBoardKey<Omit<BoardMeta, 'name'>>('meta');
  const freshness = useFreshness();
  return (
    <header className="me-head" data-freshness={freshness}>
      <div>
        <h1>{t('me.title')}</h1>
        <p className="quiet">
          {meta ? formatBusinessDate(meta.businessDate, language) : ' '}
          <ConnectionBadge zone={meta?.timeZone} />
        </p>
      </div>
      <StateSwitch />
    </header>
  );
}
