import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartSection } from '../../../../src/shared/reports.js';
import { Funnel, HeatMap, lineShapes, SeriesChart } from '../../charts/report.js';
import { useLanguage } from '../../i18n/index.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { useTheme } from '../../ui/theme.js';
import { CHART_COLOURS } from './chart-colours.js';
import {
  type ChartTexts,
  chartTable,
  drawnSeries,
  funnelSteps,
  hasValues,
  heatMapSpec,
  isInOrder,
  seriesColours,
  seriesSpec,
  targetText,
} from './chart-model.js';
import { usePrinting } from './use-printing.js';

const FONT_PX = 13;

interface Props {
  section: ChartSection;
  /** A table of the same figures stands beside it: it needs none of its own. */
  hasTable?: boolean;
  /** Query of the calls the document counts, of which cells of a heat map open theirs. */
  calls?: string | undefined;
}

/** A picture of a document, in the language and theme of the page, with the same in words beside it. No heading. */
export function ReportChart({ section, hasTable = false, calls }: Props) {
  const { t } = useTranslation();
  if (section.categories.length === 0 || !hasValues(section))
    return <p className="quiet">{t('reports.chart.empty')}</p>;
  switch (section.type) {
    case 'heatmap':
      return <Heat section={section} calls={calls} />;
    case 'funnel':
      return <Steps section={section} />;
    default:
      return <Series section={{ ...section, type: section.type }} hasTable={hasTable} />;
  }
}

function useTexts(): ChartTexts {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      range: (low, high) => t('reports.chart.range', { low, high }),
      sample: (count) => t('reports.chart.sample', { count }),
    }),
    [t],
  );
}

function Heat({ section, calls }: Pick<Props, 'section' | 'calls'>) {
  const language = useLanguage();
  const texts = useTexts();
  return <HeatMap spec={heatMapSpec(section, texts, language, calls)} label={section.title[language]} />;
}

function Steps({ section }: { section: ChartSection }) {
  const language = useLanguage();
  return <Funnel steps={funnelSteps(section, language)} leak={section.leak ?? null} label={section.title[language]} />;
}

type SeriesSection = Parameters<typeof seriesSpec>[0];

function Series({ section, hasTable }: { section: SeriesSection; hasTable: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const texts = useTexts();
  const theme = useTheme('light');
  const printing = usePrinting();
  const colours = CHART_COLOURS[theme === 'dark' && !printing ? 'dark' : 'light'];
  // Sections are made anew with every answer; what they say decides whether the picture changes.
  const said = JSON.stringify(section);
  const spec = useMemo(
    () => seriesSpec(JSON.parse(said) as SeriesSection, colours, texts, language, FONT_PX),
    [said, colours, texts, language],
  );
  return (
    <>
      <Legend section={section} colours={seriesColours(drawnSeries(section), colours)} />
      <SeriesChart
        spec={spec}
        label={t('reports.chart.picture', { title: section.title[language] })}
        isPrinted={printing}
      />
      {!hasTable && <AsTable section={section} texts={texts} />}
    </>
  );
}

function Legend({ section, colours }: { section: ChartSection; colours: string[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawn = drawnSeries(section);
  const target = targetText(section, (value) => t('reports.chart.target', { value }), language);
  const [first] = drawn;
  if (drawn.length === 1 && target === null && first?.name[language] === section.title[language]) return null;
  const isWaterfall = section.type === 'waterfall';
  const shapes = section.type === 'line' ? lineShapes(drawn.map(({ usual }) => ({ isUsual: usual === true }))) : [];
  return (
    <ul className="chart-legend quiet">
      {drawn.map((series, index) => (
        <li key={series.name.en}>
          {!isWaterfall && (
            <i
              data-line={section.type === 'line' || (series.usual && isInOrder(section)) ? 'yes' : undefined}
              data-usual={series.usual ? 'yes' : undefined}
              data-shape={shapes[index]?.sign}
              style={{ color: colours[index] }}
            />
          )}
          {series.name[language]}
        </li>
      ))}
      {target !== null && (
        <li>
          <i data-line="yes" data-target="yes" />
          {target}
        </li>
      )}
    </ul>
  );
}

/** For those who cannot see the picture, or want its figures. */
function AsTable({ section, texts }: { section: ChartSection; texts: ChartTexts }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <details className="chart-table">
      <summary>{t('reports.chart.asTable')}</summary>
      <ScrollX label={section.title[language]}>
        <table className="tabular">
          <thead>
            <tr>
              <td />
              {section.series.map(({ name }) => (
                <th key={name.en} scope="col">
                  {name[language]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chartTable(section, texts, language).map(([name, ...values], row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, the order is the section's
              <tr key={row}>
                <th scope="row">{name}</th>
                {values.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <td key={at}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </details>
  );
}
