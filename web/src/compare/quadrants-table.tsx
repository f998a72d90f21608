import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { QUADRANTS, type QuadrantPerson, type QuadrantsView } from '../../../src/shared/comparison.js';
import { query } from '../api/index.js';
import { formatFraction, formatKpi, type Language, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ScorecardLink } from '../reports/ready/index.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { QuadrantMark } from './quadrant-mark.js';
import { estimateText, nameOf, partsText } from './texts.js';

interface Props {
  view: QuadrantsView;
  catalog: readonly KpiDefinitionView[];
}

/** The picture as a table: the same people, for keyboards and screen readers, with those who are not drawn. */
export function QuadrantsTable({ view, catalog }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const byQuadrant = ({ quadrant }: QuadrantPerson) =>
    quadrant === null ? QUADRANTS.length : QUADRANTS.indexOf(quadrant);
  return (
    <ScrollX label={t('compare.quadrants.table')}>
      <Table<QuadrantPerson>
        className="tabular"
        size="small"
        rowKey={({ agent }) => agent.id}
        dataSource={view.people}
        pagination={view.people.length > 100 ? { pageSize: 100 } : false}
        columns={[
          {
            title: t('compare.person'),
            render: (_, { agent, team }) => (
              <>
                <Link to={`/settings/agents/${agent.id}`}>{agent.name}</Link>
                {team && <div className="quiet small">{team.name}</div>}
              </>
            ),
          },
          {
            title: t('compare.quadrants.quadrant'),
            sorter: (a, b) => byQuadrant(a) - byQuadrant(b),
            render: (_, { quadrant }) =>
              quadrant ? <QuadrantMark quadrant={quadrant} /> : <Mark>{t('compare.missing.not_enough')}</Mark>,
          },
          {
            title: nameOf(view.x, catalog, language),
            align: 'right',
            sorter: (a, b) => a.x - b.x,
            render: (_, { x }) => formatKpi(x, view.xUnit, language),
          },
          {
            title: nameOf(view.y, catalog, language),
            align: 'right',
            sorter: (a, b) => (a.rate ?? -1) - (b.rate ?? -1),
            render: (_, person) => (
              <>
                <div>{formatFraction(person.rate, language)}</div>
                <div className="quiet small">{partsText(person, view.method, t, language)}</div>
              </>
            ),
          },
          {
            title: t('compare.estimate'),
            render: (_, { estimate }) => (estimate ? estimateText(estimate, language) : MISSING),
          },
          {
            title: t('compare.before'),
            render: (_, person) => <Before person={person} view={view} language={language} />,
          },
          {
            title: t('compare.callsBehind'),
            render: (_, { agent }) => (
              <>
                <Link to={`/calls${query({ from: view.from, to: view.to, agent: agent.id })}`}>
                  {t('compare.openCalls')}
                  <span className="sr-only">: {t('compare.callsOf', { name: agent.name })}</span>
                </Link>
                {' · '}
                <ScorecardLink agent={agent} />
              </>
            ),
          },
        ]}
      />
    </ScrollX>
  );
}

function Before({
  person: { previous },
  view,
  language,
}: {
  person: QuadrantPerson;
  view: QuadrantsView;
  language: Language;
}) {
  const { t } = useTranslation();
  if (previous === null) return <span className="quiet">{t('compare.missing.no_previous')}</span>;
  return (
    <>
      {previous.quadrant && <div>{t(`compare.quadrants.name.${previous.quadrant}`)}</div>}
      <div className="quiet small">
        {formatKpi(previous.x, view.xUnit, language)} · {formatFraction(previous.y, language)}
      </div>
    </>
  );
}
