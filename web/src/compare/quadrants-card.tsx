import { useQuery } from '@tanstack/react-query';
import { Checkbox, Empty, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { QUADRANTS, type Quadrant, type QuadrantsView } from '../../../src/shared/comparison.js';
import { getQuadrants } from '../api/index.js';
import { ScatterChart } from '../charts/scatter.js';
import { formatFraction, formatKpi } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useTheme } from '../ui/theme.js';
import { rangeOf, type Shown } from './address.js';
import { MethodNote } from './method-note.js';
import { drawnPeople, PLOT_COLOURS, type PlotTexts, plotSpec } from './plot-model.js';
import { QuadrantMark } from './quadrant-mark.js';
import { QuadrantsTable } from './quadrants-table.js';
import { datesText, minimumText, nameOf } from './texts.js';
import { useTeamIds } from './use-team-ids.js';

const EVERY_MS = 60_000;
/** More arrows than this hide each other: they are switched on by hand then. */
const ARROWS_AT_MOST = 40;

interface Props {
  shown: Shown;
  catalog: readonly KpiDefinitionView[];
  today: string;
}

export function QuadrantsCard({ shown, catalog, today }: Props) {
  const { t } = useTranslation();
  const teams = useTeamIds(shown.team);
  const wish = { ...rangeOf(shown.period, today), x: shown.x, y: shown.y, teams: teams ?? undefined };
  const view = useQuery({
    queryKey: ['comparison', 'quadrants', wish],
    queryFn: () => getQuadrants(wish),
    enabled: teams !== undefined,
    refetchInterval: EVERY_MS,
    placeholderData: (before) => before,
  });
  if (view.isError) {
    return (
      <section className="card">
        <ErrorView error={view.error} onRetry={() => void view.refetch()} />
      </section>
    );
  }
  if (view.isPending) return <Spin aria-label={t('common.loading')} />;
  return <Quadrants view={view.data} catalog={catalog} />;
}

function Quadrants({ view, catalog }: { view: QuadrantsView; catalog: readonly KpiDefinitionView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawn = drawnPeople(view);
  if (drawn.length === 0) {
    return (
      <section className="card">
        <Empty description={t('compare.quadrants.empty', { minimum: minimumText(view.method, catalog, language) })} />
        {view.people.length > 0 && <QuadrantsTable view={view} catalog={catalog} />}
      </section>
    );
  }
  return (
    <>
      <section className="card">
        <Picture view={view} catalog={catalog} />
        <ul className="quadrant-cards">
          {QUADRANTS.map((quadrant) => (
            <Advice
              key={quadrant}
              quadrant={quadrant}
              count={drawn.filter((one) => one.quadrant === quadrant).length}
            />
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t('compare.quadrants.table')}</h2>
        <QuadrantsTable view={view} catalog={catalog} />
        <MethodNote board={view} catalog={catalog} />
      </section>
    </>
  );
}

function Advice({ quadrant, count }: { quadrant: Quadrant; count: number }) {
  const { t } = useTranslation();
  return (
    <li>
      <h3>
        <QuadrantMark quadrant={quadrant} /> <span className="quiet tabular">{count}</span>
      </h3>
      <p className="quiet">{t(`compare.quadrants.what.${quadrant}`)}</p>
      <p>{t(`compare.quadrants.todo.${quadrant}`)}</p>
    </li>
  );
}

function Picture({ view, catalog }: { view: QuadrantsView; catalog: readonly KpiDefinitionView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const theme = useTheme('light');
  const drawn = drawnPeople(view);
  const [movement, setMovement] = useState<boolean | null>(null);
  const arrows = movement ?? drawn.length <= ARROWS_AT_MOST;
  const spec = useMemo(() => {
    const texts: PlotTexts = {
      xTitle: nameOf(view.x, catalog, language),
      yTitle: nameOf(view.y, catalog, language),
      quadrant: (quadrant) => t(`compare.quadrants.name.${quadrant}`),
      xText: (value) => formatKpi(value, view.xUnit, language),
      yText: (value) => formatFraction(value, language),
    };
    return plotSpec(view, texts, PLOT_COLOURS[theme === 'dark' ? 'dark' : 'light'], { movement: arrows, fontPx: 13 });
  }, [view, catalog, language, theme, arrows, t]);
  return (
    <>
      <div className="compare-head">
        <h2>{t('compare.quadrants.title', { x: spec.xTitle, y: spec.yTitle })}</h2>
        <Checkbox checked={arrows} onChange={(event) => setMovement(event.target.checked)}>
          {t('compare.quadrants.movement', { dates: datesText(view.previous, language) })}
        </Checkbox>
      </div>
      <p className="quiet">
        {t('compare.quadrants.text', {
          x: view.medians ? spec.xText(view.medians.x) : '—',
          y: view.medians ? spec.yText(view.medians.y) : '—',
        })}
        {view.unfinished && ` ${t('compare.unfinished')}`}
      </p>
      <div className="quadrant-plot">
        <ScatterChart
          spec={spec}
          label={t('compare.quadrants.picture', { count: drawn.length, x: spec.xTitle, y: spec.yTitle })}
          onSelect={(index) => {
            const person = drawn[index];
            if (person) void navigate(`/settings/agents/${person.agent.id}`);
          }}
        />
      </div>
    </>
  );
}
