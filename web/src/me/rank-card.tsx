import { useTranslation } from 'react-i18next';
import type { BoardMeta, MyRank } from '../../../src/shared/live.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey } from '../live/index.js';
import { currencyOf, figureText, likeValue } from '../wallboard/figure-model.js';
import { formOf } from '../wallboard/kpi-forms.js';
import { useKpiName } from '../wallboard/kpi-name.js';

/** One's place in the team, and what is missing to the next; nothing where the team shows no ranks. */
export function RankCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useKpiName();
  const rank = useBoardKey<MyRank | null>('rank');
  const currency = useBoardKey<BoardMeta>('meta')?.currency ?? '';
  if (rank === undefined || rank === null) return null;
  const { kind } = formOf(rank.kpi);
  const gap = likeValue(kind, rank.gap, currencyOf(rank.value, currency));
  return (
    <section className="card me-rank" aria-labelledby="me-rank">
      <h2 id="me-rank">{t('me.rank.title', { kpi: nameOf(rank.kpi) })}</h2>
      <p className="me-rank__place tabular">
        <strong>{t('me.rank.place', { rank: rank.rank })}</strong>{' '}
        <span className="quiet">{t('me.rank.of', { of: rank.of })}</span>
      </p>
      <p>
        {rank.rank === 1
          ? t('me.rank.first', { value: figureText(kind, rank.value, language) })
          : t('me.rank.gap', { gap: figureText(kind, gap, language), value: figureText(kind, rank.value, language) })}
      </p>
    </section>
  );
}
