import { useTranslation } from 'react-i18next';
import type { TrendColours } from '../../../../src/shared/organisation.js';

/** A choice of trend colours, with what a rise and a fall then look like. */
export function TrendSample({ colours }: { colours: TrendColours }) {
  const { t } = useTranslation();
  return (
    <span className="trend" data-colours={colours}>
      {t(`people.organisation.trends.${colours}`)}
      <span className="trend__up" aria-hidden="true">
        ▲ 12 %
      </span>
      <span className="trend__down" aria-hidden="true">
        ▼ 3 %
      </span>
    </span>
  );
}
