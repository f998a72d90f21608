/** What every figure of a pack means: name, formula, version and meaning, in two columns like a glossary. */
import type { KpiDefinitionView } from '../../../shared/api.js';
import type { ReportDocument } from '../../../shared/reports.js';
import { ACCENT, MUTED } from '../palette.js';
import { WORDS } from '../words.js';
import { BOTTOM, INNER, MARGIN, type Pages } from './pages.js';

const GAP = 28;
const WIDTH = (INNER - GAP) / 2;
const NAME = { size: 9.5, bold: true } as const;
const SMALL = { size: 7.5, colour: MUTED } as const;
const FORMULA = { size: 8.5, colour: ACCENT } as const;
const MEANING = { size: 8 } as const;
const NOTE = {
  en: 'Ratios are ratios of sums, never averages of ratios. "—" is no value: nothing to divide by.',
  zh: '比率均为“合计 ÷ 合计”，不取比率的平均值；“—”表示没有数值（分母为空）。',
};

/** Of every KPI once. Returns the page they begin on; null: there are none. */
export function drawDefinitions(pages: Pages, documents: readonly ReportDocument[]): number | null {
  const all = [...new Map(documents.flatMap((one) => one.definitions.map((kpi) => [kpi.id, kpi] as const))).values()];
  if (all.length === 0) return null;
  const { language } = pages;
  const start = (title: string): number => {
    pages.newPage();
    pages.y += pages.text(title, MARGIN, pages.y, INNER, { size: 20, bold: true }) + 2;
    pages.y += pages.text(NOTE[language], MARGIN, pages.y, INNER, { size: 9, colour: MUTED }) + 12;
    return pages.y;
  };
  let top = start(WORDS.definitions[language]);
  const page = pages.pageNumber;
  let column = 0;
  for (const kpi of all) {
    const height = entryHeight(pages, kpi);
    if (pages.y > top && pages.y + height > BOTTOM) {
      if (column === 0) {
        column = 1;
        pages.y = top;
      } else {
        column = 0;
        const [before, after] = language === 'zh' ? ['（', '）'] : [' (', ')'];
        top = start(`${WORDS.definitions[language]}${before}${WORDS.continued[language]}${after}`);
      }
    }
    drawEntry(pages, kpi, MARGIN + column * (WIDTH + GAP));
  }
  return page;
}

const formulaOf = ({ formula }: KpiDefinitionView): string => `= ${formula}`;

function entryHeight(pages: Pages, kpi: KpiDefinitionView): number {
  const lines = (text: string, style: { size: number }) => pages.height(pages.lines(text, WIDTH, style).length, style);
  return (
    lines(headOf(kpi, pages), NAME) +
    lines(formulaOf(kpi), FORMULA) +
    lines(kpi.explanation[pages.language], MEANING) +
    10
  );
}

const versionOf = ({ version }: KpiDefinitionView, { language }: Pages): string =>
  `${WORDS.version[language]} ${version}`;
/** As wide as it stands there, all in the larger type. */
const headOf = (kpi: KpiDefinitionView, pages: Pages): string =>
  `${kpi.name[pages.language]}  ${kpi.id} · ${versionOf(kpi, pages)}`;

function drawEntry(pages: Pages, kpi: KpiDefinitionView, x: number): void {
  const { language } = pages;
  const name = kpi.name[language];
  const detail = `${kpi.id} · ${versionOf(kpi, pages)}`;
  if (pages.lines(headOf(kpi, pages), WIDTH, NAME).length === 1) {
    pages.line(pages.printable(name), x, pages.y, WIDTH, NAME);
    pages.line(detail, x + pages.width(pages.printable(name), NAME) + 8, pages.y + 2, WIDTH, SMALL);
    pages.y += pages.height(1, NAME);
  } else {
    pages.y += pages.text(headOf(kpi, pages), x, pages.y, WIDTH, NAME);
  }
  pages.y += pages.text(formulaOf(kpi), x, pages.y, WIDTH, FORMULA);
  pages.y += pages.text(kpi.explanation[language], x, pages.y, WIDTH, MEANING) + 10;
}
