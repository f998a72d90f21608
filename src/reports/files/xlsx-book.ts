/**
 * A workbook in the making: its sheets with legal names, its cells with their types and formats. Every write answers with
 * another handle of the sheet: each is given back at once, or hundreds of thousands wait for the garbage collector, which
 * then takes minutes instead of seconds.
 */
import { Color, Format, FormatAlign, FormatBorder, Workbook, type Worksheet } from 'wasm-xlsxwriter';
import { decimalsOf, localeOf } from '../../shared/format/index.js';
import type { ColumnType } from '../../shared/reports.js';
import type { ReportLanguage } from '../ports.js';
import type { FlatCell, FlatColumn } from './flat-table.js';
import { dateSerial, type LocalTime } from './local-time.js';
import { BAD, GOOD, GROUND, INK } from './palette.js';
import { cleanText } from './text.js';
import { WORDS } from './words.js';

/** How a cell looks; equal looks share a format. */
export interface Look {
  numFmt?: string;
  bold?: boolean;
  size?: number;
  wrap?: boolean;
  header?: boolean;
  total?: boolean;
  right?: boolean;
  colour?: string;
  fill?: string;
}

const NAME_MAX = 31;
const TEXT_MAX = 32_767;
const TEXT = '@';

export class Book {
  readonly workbook = new Workbook();
  private readonly names = new Set<string>();
  private readonly formats = new Map<string, Format>();

  constructor(readonly language: ReportLanguage) {}

  sheet(title: string): Worksheet {
    return this.workbook.addWorksheet().setName(this.legalName(title));
  }

  format(look: Look): Format {
    const key = JSON.stringify(look);
    const known = this.formats.get(key);
    if (known !== undefined) return known;
    const made = formatOf(look);
    this.formats.set(key, made);
    return made;
  }

  /** A string is written as a string whatever it begins with, and stays one when somebody edits the cell. */
  text(sheet: Worksheet, row: number, column: number, text: string, look: Look = {}): void {
    const format = this.format({ numFmt: TEXT, ...look });
    sheet.writeStringWithFormat(row, column, cleanText(text).slice(0, TEXT_MAX), format).free();
  }

  number(sheet: Worksheet, row: number, column: number, value: number, look: Look): void {
    sheet.writeNumberWithFormat(row, column, value, this.format(look)).free();
  }

  /** A cell of a table by the type of its column; nothing for no value. */
  cell(
    sheet: Worksheet,
    row: number,
    column: number,
    cell: FlatCell,
    of: FlatColumn,
    zone: LocalTime,
    look: Look,
  ): void {
    const value = typeof cell === 'string' ? instantOrDate(cell, of.type, zone) : cell;
    if (value === null) sheet.writeBlank(row, column, this.format(look)).free();
    else if (typeof value === 'string') this.text(sheet, row, column, value, look);
    else {
      const numFmt = numberFormat(of.type, value, of.currency, this.language);
      this.number(sheet, row, column, sheetNumber(value, of.type), { ...look, numFmt });
    }
  }

  /** At most 31 characters, none of []:*?/\, no apostrophe at an end, each once. */
  private legalName(title: string): string {
    const base =
      cleanText(title)
        .replace(/[[\]:*?/\\\ufffd\t\r\n]/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^[' ]+|[' ]+$/g, '') || 'Sheet';
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : ` ${number}`;
      const name = `${cut(base, NAME_MAX - suffix.length)}${suffix}`;
      const key = name.toLowerCase();
      if (this.names.has(key) || key === 'history') continue;
      this.names.add(key);
      return name;
    }
  }

  /** The file. The workbook is gone after it. */
  bytes(): Uint8Array {
    const bytes = this.workbook.saveToBufferSync();
    for (const format of this.formats.values()) format.free();
    this.workbook.free();
    return bytes;
  }
}

/** Whole characters only: half of one is none. */
function cut(text: string, units: number): string {
  let short = '';
  for (const character of text) {
    if (short.length + character.length > units) break;
    short += character;
  }
  return short.trimEnd();
}

function instantOrDate(text: string, type: ColumnType, zone: LocalTime): string | number {
  if (type === 'date') return dateSerial(text) ?? text;
  if (type === 'instant') return zone.serial(text) ?? text;
  return text;
}

/** Spreadsheets count times in days; points have no number format that shows a fraction times a hundred. */
function sheetNumber(value: number, type: ColumnType): number {
  if (type === 'seconds') return value / 86_400;
  return type === 'points' ? value * 100 : value;
}

/** The number format of a figure. Amounts carry the sign of their currency and as many decimals as it has. */
export function numberFormat(
  type: ColumnType,
  value: number,
  currency: string | undefined,
  language: ReportLanguage,
): string {
  switch (type) {
    case 'fraction':
      return '0.0%';
    case 'change':
      return '+0.0%;-0.0%;0.0%';
    case 'points': {
      const word = WORDS.points[language];
      return `+0.0" ${word}";-0.0" ${word}";0.0" ${word}"`;
    }
    case 'difference': {
      const size = numberFormat('count', value, currency, language);
      return `+${size};-${size};0`;
    }
    case 'seconds':
      return '[h]:mm:ss';
    case 'per_hour':
      return '#,##0.0';
    case 'money':
    case 'money_per_hour':
      return moneyFormat(currency, language);
    case 'date':
      return 'yyyy-mm-dd';
    case 'instant':
      return 'yyyy-mm-dd hh:mm:ss';
    default:
      return Number.isInteger(value) ? '#,##0' : '#,##0.0';
  }
}

const MONEY_FORMATS = new Map<string, string>();

/** Once for each currency and language: asking for its sign costs more than writing a cell. */
function moneyFormat(currency: string | undefined, language: ReportLanguage): string {
  if (currency === undefined) return '#,##0.00';
  const key = `${language}${currency}`;
  const known = MONEY_FORMATS.get(key) ?? madeMoneyFormat(currency, language);
  MONEY_FORMATS.set(key, known);
  return known;
}

function madeMoneyFormat(currency: string, language: ReportLanguage): string {
  const parts = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency }).formatToParts(0);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  const decimals = decimalsOf(currency);
  return `"${symbol.replaceAll('"', '')}"#,##0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}`;
}

function formatOf(look: Look): Format {
  let format = new Format();
  if (look.numFmt !== undefined) format = format.setNumFormat(look.numFmt);
  if (look.bold || look.header || look.total) format = format.setBold();
  if (look.size !== undefined) format = format.setFontSize(look.size);
  if (look.wrap || look.header) format = format.setTextWrap();
  if (look.right) format = format.setAlign(FormatAlign.Right);
  if (look.wrap || look.header) format = format.setAlign(FormatAlign.Top);
  if (look.header) format = format.setBackgroundColor(colour(GROUND)).setBorderBottom(FormatBorder.Thin);
  if (look.total) format = format.setBorderTop(FormatBorder.Thin);
  if (look.fill !== undefined) format = format.setBackgroundColor(colour(look.fill));
  return format.setFontColor(colour(look.colour ?? INK));
}

export function colour(hex: string): Color {
  return Color.parse(hex);
}

export const EMPHASIS = { good: GOOD, bad: BAD } as const;
