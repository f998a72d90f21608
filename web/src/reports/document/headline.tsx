import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HeadlineFigure, ReportDocument } from '../../../../src/shared/reports.js';
import { formatFraction } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { headlinePath } from './links.js';
import { attainmentOf, type Change, changeOf, changeText, headlineText, trendOf } from './values.js';

interface Props {
  document: Pick<ReportDocument, 'headline' | 'definitions' | 'compared'>;
  /** Query of the calls the whole document counts; absent: figures open nothing. */
  calls?: string | undefined;
}

/** The figures of a report above everything else: value, against what it was, against its target. */
export function Headline({ document: { headline, definitions, compared }, calls }: Props) {
  return (
    <ul className="headline">
      {headline.map((figure) => (
        <Figure
          key={figure.kpi}
          figure={figure}
          good={definitions.find(({ id }) => id === figure.kpi)?.goodDirection ?? 'neutral'}
          calls={calls}
          isCompared={compared !== null}
        />
      ))}
    </ul>
  );
}

interface FigureProps {
  figure: HeadlineFigure;
  good: 'up' | 'down' | 'neutral';
  calls: string | undefined;
  isCompared: boolean;
}

function Figure({ figure, good, calls, isCompared }: FigureProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { kpi, name, unit, value, compared, target } = figure;
  const text = headlineText(value, unit, language);
  const path = headlinePath(figure, calls);
  const attainment = attainmentOf(value, target, good === 'down');
  return (
    <li data-kpi={kpi}>
      <span className="headline__name">{name[language]}</span>
      <b className="headline__value">{path === null ? text : <Link to={path}>{text}</Link>}</b>
      {isCompared && (
        <ChangeLine
          change={changeOf(value, compared, unit)}
          good={good}
          before={t('reports.document.before', { value: headlineText(compared, unit, language) })}
        />
      )}
      {target !== null && (
        <span className="headline__target">
          {attainment !== null && (
            <span className="headline__bar" aria-hidden="true">
              <i style={{ inlineSize: `${Math.min(100, attainment * 100)}%` }} />
            </span>
          )}
          {t('reports.document.target', { value: headlineText(target, unit, language) })}
          {attainment !== null &&
            ` · ${t('reports.document.reached', { share: formatFraction(attainment, language) })}`}
        </span>
      )}
    </li>
  );
}

/** Up and down by arrow and sign; whether that is good by word and colour. */
function ChangeLine({ change, good, before }: { change: Change | null; good: FigureProps['good']; before: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (change === null) return <span className="headline__change quiet">{before}</span>;
  const said = changeText(change, language);
  const { arrow, tone } = trendOf(change, good);
  return (
    <span className="headline__change">
      <span data-tone={tone}>
        <span aria-hidden="true">{arrow} </span>
        {change.kind === 'points' ? t('reports.document.points', { value: said }) : said}
        {tone !== 'plain' && ` ${t(`reports.document.tone.${tone}`)}`}
      </span>{' '}
      <span className="quiet">{before}</span>
    </span>
  );
}
