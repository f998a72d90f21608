import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import type { Leaderboard, QuadrantsView } from '../../../src/shared/comparison.js';
import { formatCount, formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { minimumText } from './texts.js';

interface Props {
  board: Pick<Leaderboard | QuadrantsView, 'method'>;
  catalog: readonly KpiDefinitionView[];
}

/** How the places came about, in words and with the numbers of this list. */
export function MethodNote({ board: { method }, catalog }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const minimum = minimumText(method, catalog, language);
  return (
    <details className="method">
      <summary>{t('compare.method.title')}</summary>
      <p>{t(`compare.method.${method.kind}`, { minimum, level: formatFraction(method.level, language) })}</p>
      {method.groups.map(({ band, rate, strength, people, trials }) => (
        <p key={band ?? ''} className="tabular">
          {band && `${t(`compare.bands.${band}`)}: `}
          {t('compare.method.group', {
            count: people,
            trials: formatCount(trials, language),
            rate: formatFraction(rate, language),
            strength: formatCount(strength, language),
          })}
        </p>
      ))}
      <p>{t('compare.method.ties')}</p>
    </details>
  );
}
