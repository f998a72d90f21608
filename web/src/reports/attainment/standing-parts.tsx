import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatFraction, type Language } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { Mark, type Tone } from '../../ui/mark.js';
import { figurePath } from '../document/links.js';
import { cellText } from '../document/values.js';
import type { Outlook, Standing } from './standings.js';
import { standingText } from './texts.js';

/** What one target looks like, in a row of a table and in a list alike. */

const TONES: Record<Outlook, Tone> = {
  reached: 'good',
  likely: 'good',
  possible: 'warn',
  unlikely: 'bad',
  over: 'bad',
};

export function OutlookMark({ outlook }: Pick<Standing, 'outlook'>) {
  const { t } = useTranslation();
  return outlook && <Mark tone={TONES[outlook]}>{t(`reports.attainment.outlook.${outlook}`)}</Mark>;
}

export function Who({ standing: { who, row } }: { standing: Standing }) {
  const language = useLanguage();
  const text = cellText(who, 'text', { language, zone: 'UTC' });
  return row.calls === undefined ? text : <Link to={`/calls?${new URLSearchParams(row.calls)}`}>{text}</Link>;
}

/** How full, and how full it should be by now. The figures beside it say the same. */
export function Filling({ standing: { attainment, mark, group } }: { standing: Standing }) {
  return (
    <span className="filling" data-group={group} aria-hidden="true">
      <i style={{ inlineSize: `${Math.min(100, Math.max(0, (attainment ?? 0) * 100))}%` }} />
      {mark !== null && <s style={{ insetInlineStart: `${mark * 100}%` }} />}
    </span>
  );
}

export function Share({ value }: { value: number | null }) {
  return formatFraction(value, useLanguage());
}

/** "54,841 of 88,200": what is done opens the calls it counts. */
export function Done({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const path = figurePath(standing.row.calls, standing.kpi, standing.actual);
  const text = standingText(standing.actual, standing, language);
  return (
    <span className="done">
      {path === null ? text : <Link to={path}>{text}</Link>}{' '}
      <span className="quiet">
        {t('reports.attainment.of', { target: standingText(standing.target, standing, language) })}
      </span>
    </span>
  );
}

export const periodText = ({ period, from }: Standing, language: Language): string =>
  `${cellText(period, 'text', { language, zone: 'UTC' })} · ${cellText(from, 'date', { language, zone: 'UTC' })}`;
