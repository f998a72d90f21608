import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.js';
import { Sign } from '../document/table-rows.js';
import { cellText } from '../document/values.js';
import { Done, Filling, OutlookMark, Share, Who } from './standing-parts.js';
import { FoldButton, MoreButton, type StandingsProps } from './standing-table.js';
import type { Standing } from './standings.js';
import { gapText, rangeOfEnds } from './texts.js';

/** The same on a phone: furthest behind first, each target in three lines. */
export function StandingList({ views, hasPeriods, onFold, onWhole }: StandingsProps) {
  return views.map((view) => (
    <section key={view.group} className="standing-group" data-group={view.group}>
      <h3>
        <FoldButton view={view} onFold={onFold} />
      </h3>
      {view.isOpen && (
        <ul className="standing-list tabular">
          {view.shown.map((one) => (
            <Item key={one.id} standing={one} hasPeriods={hasPeriods} />
          ))}
        </ul>
      )}
      {view.isOpen && view.shown.length < view.standings.length && (
        <div className="centre">
          <MoreButton view={view} onWhole={onWhole} />
        </div>
      )}
    </section>
  ));
}

function Item({ standing, hasPeriods }: { standing: Standing; hasPeriods: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { gap, low, row, name } = standing;
  return (
    <li data-emphasis={row.emphasis}>
      <span className="standing-line">
        <b>
          <Sign emphasis={row.emphasis} />
          <Who standing={standing} />
        </b>
        <span className="quiet">
          {name[language]}
          {hasPeriods && ` · ${cellText(standing.period, 'text', { language, zone: 'UTC' })}`}
        </span>
      </span>
      <span className="standing-line">
        <Filling standing={standing} />
        <b>
          <Share value={standing.attainment} />
        </b>
      </span>
      <span className="standing-line">
        <Done standing={standing} />
        {gap !== null && <span>{t('reports.attainment.againstExpected', { gap: gapText(standing, language) })}</span>}
      </span>
      <span className="standing-line">
        {low !== null && (
          <span className="quiet">{t('reports.attainment.endsAt', { range: rangeOfEnds(standing, language) })}</span>
        )}
        <OutlookMark outlook={standing.outlook} />
      </span>
    </li>
  );
}
