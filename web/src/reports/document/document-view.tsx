import { useTranslation } from 'react-i18next';
import type { ReportDocument, ReportSection, TableSection } from '../../../../src/shared/reports.js';
import { datesText } from '../../compare/texts.js';
import { dateInZone, formatCount, formatInstant, formatMinute, type Language, listText } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { formatBound } from '../../people/ui/days.js';
import { AttainmentView } from '../attainment/attainment-view.js';
import { standingsOf } from '../attainment/standings.js';
import { type Block, blocksOf } from './blocks.js';
import { ReportChart } from './chart-section.js';
import { Definitions } from './definitions.js';
import { Headline } from './headline.js';
import { headlineCalls } from './links.js';
import { ReportTable } from './table-section.js';
import { useKept } from './use-kept.js';
import { useNarrow } from './use-narrow.js';
import { usePrinting } from './use-printing.js';
import './document.css';

interface Props {
  document: ReportDocument;
  /** Query of the calls the whole document counts, which its headline figures open, and cells of heat maps their part of. */
  calls?: string | undefined;
}

/** A report as it is read and printed: what it is about, headline, sections, what every figure means. The page gives the title. */
export function DocumentView({ document, calls }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <article className="report-document" aria-label={document.title[language]}>
      <Facts document={document} />
      {document.headline.length > 0 && (
        <section className="card report-section" aria-label={t('reports.document.headline')}>
          <Headline document={document} calls={headlineCalls(document, calls)} />
        </section>
      )}
      <Body document={document} calls={calls} />
      {document.notes.length > 0 && (
        <section className="card report-section">
          <h2>{t('reports.document.notes')}</h2>
          <ul className="report-notes">
            {document.notes.map((note) => (
              <li key={note.en}>{note[language]}</li>
            ))}
          </ul>
        </section>
      )}
      {document.definitions.length > 0 && <Definitions definitions={document.definitions} />}
    </article>
  );
}

/** Targets are one list on a screen; paper has the tables that files have. */
function Body({ document, calls }: Props) {
  const printing = usePrinting();
  const standings = printing ? null : standingsOf(document);
  if (standings !== null) return <AttainmentView standings={standings} />;
  return blocksOf(document.sections).map((block) => (
    <BlockView key={keyOf(block)} block={block} zone={document.timeZone} calls={calls} />
  ));
}

function keyOf(block: Block): string {
  if (block.kind === 'pair') return block.table.id;
  return block.kind === 'one' ? block.section.id : block.sections[0].id;
}

interface BlockProps extends Pick<Props, 'calls'> {
  block: Block;
  zone: string;
}

function BlockView({ block, zone, calls }: BlockProps) {
  const language = useLanguage();
  if (block.kind === 'one') return <Card section={block.section} zone={zone} calls={calls} />;
  if (block.kind === 'row') {
    return (
      <div className="report-row">
        {block.sections.map((section) => (
          <Card key={section.id} section={section} zone={zone} calls={calls} />
        ))}
      </div>
    );
  }
  const { chart, table } = block;
  return (
    <section className="card report-section report-pair" data-columns={table.columns.length > 6 ? 'many' : undefined}>
      <div data-section={chart.id} data-kind="chart">
        <h2>{chart.title[language]}</h2>
        <ReportChart section={chart} hasTable />
        {chart.note && <p className="quiet report-note">{chart.note[language]}</p>}
      </div>
      <div data-section={table.id} data-kind="table">
        <BesideTable table={table} zone={zone} isTitled={table.title[language] !== chart.title[language]} />
      </div>
    </section>
  );
}

interface SectionProps extends Pick<Props, 'calls'> {
  section: ReportSection;
  zone: string;
}

function Card({ section, zone, calls }: SectionProps) {
  const language = useLanguage();
  return (
    <section className="card report-section" data-section={section.id} data-kind={section.kind}>
      <h2>{section.title[language]}</h2>
      <Section section={section} zone={zone} calls={calls} />
    </section>
  );
}

/** On a phone the picture is enough until somebody wants its figures. */
function BesideTable({ table, zone, isTitled }: { table: TableSection; zone: string; isTitled: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const printing = usePrinting();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useKept(`${table.id} open`, false);
  if (!isNarrow || printing) {
    return (
      <>
        {isTitled && <h2>{table.title[language]}</h2>}
        <ReportTable section={table} zone={zone} isBeside />
      </>
    );
  }
  return (
    <details className="chart-table" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {t('reports.document.figures', {
          count: table.rows.length,
          total: formatCount(table.rows.length, language),
        })}
      </summary>
      {isOpen && <ReportTable section={table} zone={zone} isBeside />}
    </details>
  );
}

function Section({ section, zone, calls }: SectionProps) {
  const language = useLanguage();
  switch (section.kind) {
    case 'table':
      return <ReportTable section={section} zone={zone} />;
    case 'chart':
      return (
        <>
          <ReportChart section={section} calls={calls} />
          {section.note && <p className="quiet report-note">{section.note[language]}</p>}
        </>
      );
    case 'text':
      return section.paragraphs.map((paragraph) => <p key={paragraph.en}>{paragraph[language]}</p>);
  }
}

/** Range, what it is compared with, filters, and as of when. */
function Facts({ document }: { document: ReportDocument }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { compared, filters, asOf, timeZone, timeZones } = document;
  return (
    <div className="report-facts">
      <p>
        <b>{rangeText(document, language)}</b>
        {compared && (
          <span className="quiet">
            {' '}
            ·{' '}
            {t('reports.document.compared', {
              range: rangeText({ ...compared, timeZone, dates: wholeDays(compared, document) }, language),
            })}
          </span>
        )}
      </p>
      {filters.map((filter) => (
        <p key={filter.en}>{filter[language]}</p>
      ))}
      <p className="quiet">
        {t('reports.document.asOf', { time: formatInstant(asOf, timeZone, language), zone: timeZone })}
        {timeZones && ` · ${t('reports.document.zones', { zones: listText(timeZones, language) })}`}
      </p>
    </div>
  );
}

/** A comparison of whole days is said by its dates, too, where days begin at midnight. */
function wholeDays({ from, to }: { from: string; to: string }, { dates, timeZone }: ReportDocument): Range['dates'] {
  if (dates === null) return null;
  const [first, end] = [Date.parse(from), Date.parse(to)];
  const isMidnight = (instant: number) => formatMinute(instant, timeZone, 'en') === '00:00';
  if (Number.isNaN(first) || Number.isNaN(end) || !isMidnight(first) || !isMidnight(end)) return null;
  return { from: dateInZone(first, timeZone), to: dateInZone(end, timeZone) };
}

type Range = Pick<ReportDocument, 'from' | 'to' | 'timeZone' | 'dates'>;

/** Whole days by their dates, both ends included; anything else by its moments. */
export function rangeText({ from, to, timeZone, dates }: Range, language: Language): string {
  if (dates) return datesText(dates, language);
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if (day.test(from) && day.test(to)) return datesText({ from, to }, language);
  return `${formatBound(from, 'from', timeZone, language)} – ${formatBound(to, 'to', timeZone, language)}`;
}
