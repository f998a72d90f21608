/** A pack's message in words, before it takes the form of a mail or a robot. Pure. */

import type { KpiValue } from '../../shared/api.js';
import {
  addDays,
  formatDecimal,
  formatFraction,
  formatInstant,
  formatKpi,
  type Language,
} from '../../shared/format/index.js';
import { PACK_LINK_DAYS, type PackSummary, type SummaryFigure, type SummaryPart } from '../../shared/schedules.js';

export interface MessageFigure {
  name: string;
  value: string;
  /** `▲ 4.2 %` against the period before; null: nothing to compare with. */
  change: string | null;
  /** Whether the change is for the better; null: neither. */
  good: boolean | null;
  /** `1,300 (95 %)`; null: none set. */
  target: string | null;
}

export interface MessagePart {
  title: string;
  /** What it speaks of: days, filters. */
  about: string[];
  figures: MessageFigure[];
  /** Null without PUBLIC_URL. */
  link: string | null;
}

/** Where the file of a pack is to be had. */
export interface PackOffer {
  url: string;
  access: 'sign_in' | 'open';
  /** `open`: times it works without sign-in. */
  uses: number;
  /** Of the file; its name ends in what it is. */
  fileName: string;
  bytes: number;
}

export interface Message {
  language: Language;
  title: string;
  /** Said before everything else, e.g. that it is late. */
  notices: string[];
  parts: MessagePart[];
  /** The link to the whole pack and what is to be known of it. */
  pack: { text: string; note: string; url: string } | null;
  /** State of the figures. */
  footer: string;
}

const WORDS = {
  en: {
    late: (due: string) => `Sent late: it was due ${due}.`,
    missed: (count: number) =>
      `${count} earlier ${count === 1 ? 'time was' : 'times were'} missed and not made up for.`,
    footer: (asOf: string, zone: string) => `As of ${asOf} (${zone}).`,
    target: 'target',
    before: 'on before',
    open: 'Open in Tallyboard',
    noFigures: 'Nothing to sum up here; the pack has the details.',
    points: ' pp',
    attained: (share: string) => ` (${share})`,
    pack: (file: string) => `Download the pack (${file})`,
    afterSignIn: (days: number) => `Works for ${days} days, after sign-in.`,
    withoutSignIn: (uses: number, days: number) =>
      `Works for ${days} days: ${uses === 1 ? 'once' : `${uses} times`} without sign-in, after that with it.`,
    range: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  },
  zh: {
    late: (due: string) => `补发：原定 ${due} 发送。`,
    missed: (count: number) => `此前另有 ${count} 次未发送，不再补发。`,
    footer: (asOf: string, zone: string) => `数据截至 ${asOf}（${zone}）。`,
    target: '目标',
    before: '较上期',
    open: '在 Tallyboard 中查看',
    noFigures: '此处无汇总数据，详见报表包。',
    points: ' 个百分点',
    attained: (share: string) => `（达成 ${share}）`,
    pack: (file: string) => `下载报表包（${file}）`,
    afterSignIn: (days: number) => `${days} 天内有效，登录后下载。`,
    withoutSignIn: (uses: number, days: number) => `${days} 天内可免登录下载 ${uses} 次，之后需登录。`,
    range: (from: string, to: string) => (from === to ? from : `${from} 至 ${to}`),
  },
} as const;

export const wordsOf = (language: Language) => WORDS[language];

/**
 * @param publicUrl without a trailing slash; null: messages have no links
 * @param offer null: no link to the file
 */
export function messageOf(summary: PackSummary, publicUrl: string | null, offer: PackOffer | null = null): Message {
  const { language, parts, name, organisation, late, missed, due, asOf } = summary;
  const words = WORDS[language];
  const zone = parts[0]?.timeZone ?? 'UTC';
  const when = (instant: string) => formatInstant(instant, zone, language);
  return {
    language,
    title: organisation === '' ? name : `${name} · ${organisation}`,
    notices: [...(late ? [words.late(when(due))] : []), ...(missed > 0 ? [words.missed(missed)] : [])],
    parts: parts.map((part) => partOf(part, language, publicUrl)),
    pack: offer === null ? null : packOf(offer, language),
    footer: words.footer(when(asOf), zone),
  };
}

function packOf({ url, access, uses, fileName, bytes }: PackOffer, language: Language): Message['pack'] {
  const words = WORDS[language];
  const kind = (fileName.split('.').at(-1) ?? '').toUpperCase();
  const size =
    bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${formatDecimal(bytes / 1_000_000, language, 1)} MB`;
  return {
    url,
    text: words.pack(language === 'zh' ? `${kind}，${size}` : `${kind}, ${size}`),
    note: access === 'open' ? words.withoutSignIn(uses, PACK_LINK_DAYS) : words.afterSignIn(PACK_LINK_DAYS),
  };
}

function partOf(part: SummaryPart, language: Language, publicUrl: string | null): MessagePart {
  return {
    title: part.title[language],
    about: [rangeText(part, language), ...part.filters.map((filter) => filter[language])],
    figures: part.figures.map((figure) => figureOf(figure, language)),
    link: publicUrl === null ? null : publicUrl + part.page,
  };
}

function rangeText({ dates, from, to, timeZone }: SummaryPart, language: Language): string {
  const { range } = WORDS[language];
  if (dates !== null) return range(dates.from, addDays(dates.to, -1));
  return range(formatInstant(from, timeZone, language), formatInstant(to, timeZone, language));
}

function figureOf(figure: SummaryFigure, language: Language): MessageFigure {
  const { name, unit, value, compared, target, goodDirection } = figure;
  const change = changeOf(figure, language);
  const reached = ratioOf(value, target);
  const attained = reached === null ? '' : WORDS[language].attained(formatFraction(reached, language));
  const isUp = change !== null && (amountOf(value) ?? 0) > (amountOf(compared) ?? 0);
  const isSame = amountOf(value) === amountOf(compared);
  return {
    name: name[language],
    value: formatKpi(value, unit, language),
    change,
    good: change === null || goodDirection === 'neutral' || isSame ? null : isUp === (goodDirection === 'up'),
    target: target === null ? null : formatKpi(target, unit, language) + attained,
  };
}

/** Of rates in points, of everything else in per cent of what it was before. */
function changeOf({ unit, value, compared }: SummaryFigure, language: Language): string | null {
  const [now, before] = [amountOf(value), amountOf(compared)];
  if (now === null || before === null || currencyOf(value) !== currencyOf(compared)) return null;
  const sign = now === before ? '=' : now > before ? '▲' : '▼';
  if (unit === 'fraction')
    return `${sign} ${formatDecimal(Math.abs(now - before) * 100, language, 1)}${WORDS[language].points}`;
  if (before === 0) return null;
  return `${sign} ${formatFraction(Math.abs((now - before) / before), language)}`;
}

function ratioOf(value: KpiValue, target: KpiValue): number | null {
  const [now, wanted] = [amountOf(value), amountOf(target)];
  if (now === null || wanted === null || wanted === 0 || currencyOf(value) !== currencyOf(target)) return null;
  return now / wanted;
}

/** Of several currencies there is no one amount. */
function amountOf(value: KpiValue): number | null {
  if (value === null || typeof value === 'number') return value;
  return Array.isArray(value) ? null : value.amountMinor;
}

function currencyOf(value: KpiValue): string {
  return value === null || typeof value === 'number' || Array.isArray(value) ? '' : value.currency;
}

/** One figure as a line. */
export function figureLine({ name, value, change, target }: MessageFigure, language: Language): string {
  const words = WORDS[language];
  const compared =
    change === null ? '' : language === 'zh' ? `（${words.before} ${change}）` : ` (${change} ${words.before})`;
  const wanted = target === null ? '' : ` · ${words.target} ${target}`;
  return `${name}${language === 'zh' ? '：' : ': '}${value}${compared}${wanted}`;
}
