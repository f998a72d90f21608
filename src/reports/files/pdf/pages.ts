/** Pages of a printed document: text in measured lines, a place to write next, new pages when there is no room. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { ReportLanguage } from '../../ports.js';
import { INK, MUTED, RULE } from '../palette.js';
import { cleanText } from '../text.js';
import { wrapText } from './wrap.js';

/** Noto Sans Hans has Latin and Chinese of one hand; only the characters that occur go into the file. */
const FONTS = join(dirname(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc'))), '../fonts');
const LEADING = 1.45;
export const MARGIN = 44;
/** A4, lying. */
export const PAGE = { width: 841.89, height: 595.28 } as const;
export const INNER = PAGE.width - 2 * MARGIN;
/** Nothing but the foot is written below. */
export const BOTTOM = PAGE.height - 46;

export interface TextStyle {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'right' | 'center';
  maxLines?: number;
}

const HEADING: TextStyle = { size: 13, bold: true, maxLines: 2 };

export interface PackInfo {
  title: string;
  author: string;
  /** ISO 8601. */
  madeAt: string;
}

/** What is left of a gap where a part is drawn tight. */
const TIGHT = 0.4;

export class Pages {
  readonly doc: PDFKit.PDFDocument;
  /** Where the next thing goes. */
  y = MARGIN;
  /** Height of what comes after the part that is drawn now and is not to stand alone on the next page. */
  reserve = 0;
  /** Titles of parts, each with the page it stands on (from 1). */
  readonly headings: { title: string; page: number }[] = [];
  /** With smaller gaps and lower plots. */
  isTight = false;
  /** Pages begun since a rehearsal began; null: it is drawn. */
  private rehearsed: number | null = null;
  private readonly widths = new Map<string, number>();
  private readonly known = new Map<string, string>();

  constructor(
    readonly language: ReportLanguage,
    info: PackInfo,
  ) {
    this.doc = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      bufferPages: true,
      lang: language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      info: { Title: info.title, Author: info.author, CreationDate: new Date(info.madeAt), Producer: 'Tallyboard' },
    });
    this.doc.registerFont('regular', join(FONTS, 'NotoSansHans-Regular.otf'));
    this.doc.registerFont('bold', join(FONTS, 'NotoSansHans-Bold.otf'));
  }

  get pageNumber(): number {
    return this.doc.bufferedPageRange().count;
  }

  newPage(): void {
    if (this.rehearsed === null) this.doc.addPage();
    else this.rehearsed += 1;
    this.y = MARGIN;
  }

  /** Draws, unless it is a rehearsal. */
  draw(work: (doc: PDFKit.PDFDocument) => void): void {
    if (this.rehearsed === null) work(this.doc);
  }

  /** How many pages something takes that begins where the page is now. Nothing is drawn. */
  async rehearsal(work: () => Promise<unknown>): Promise<number> {
    const { y, isTight } = this;
    const headings = this.headings.length;
    this.rehearsed = 1;
    await work();
    const taken = this.rehearsed;
    this.rehearsed = null;
    this.headings.length = headings;
    Object.assign(this, { y, isTight });
    return taken;
  }

  /** A gap between parts. */
  gap(height: number): number {
    return this.isTight ? height * TIGHT : height;
  }

  /** What is left of this page. */
  get left(): number {
    return BOTTOM - this.y;
  }

  /** A new page unless `height` fits on this one, or there is nothing on it yet. Returns whether it turned the page. */
  room(height: number): boolean {
    if (this.y + height <= BOTTOM || this.y <= MARGIN) return false;
    this.newPage();
    return true;
  }

  lines(text: string, width: number, style: TextStyle = {}): string[] {
    return wrapText(this.printable(text), width, (part) => this.width(part, style), style.maxLines);
  }

  /** Height of a text of so many lines. */
  height(lines: number, style: TextStyle = {}): number {
    return lines * (style.size ?? 10) * LEADING;
  }

  /** Width of one line. */
  width(text: string, style: TextStyle = {}): number {
    const key = `${style.bold ? 'b' : 'r'}${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      // Measured large once and scaled: the same words come back in several sizes.
      width =
        this.doc
          .font(style.bold ? 'bold' : 'regular')
          .fontSize(1_000)
          .widthOfString(text) / 1_000;
      this.widths.set(key, width);
    }
    return width * (style.size ?? 10);
  }

  /** Writes a text into a column; returns the height it took. */
  text(text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    const lines = this.lines(text, width, style);
    lines.forEach((line, index) => {
      this.line(line, x, y + this.height(index, style), width, style);
    });
    return this.height(lines.length, style);
  }

  /** The title of a part; whoever calls has made room for it (`headingHeight`) and for what belongs to it. */
  heading(title: string): void {
    this.headings.push({ title, page: this.pageNumber });
    this.y += this.text(title, MARGIN, this.y, INNER, HEADING) + 4;
  }

  headingHeight(title: string): number {
    return this.height(this.lines(title, INNER, HEADING).length, HEADING) + 4;
  }

  /** Writes one line as it is. */
  line(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    if (text === '' || this.rehearsed !== null) return;
    const size = style.size ?? 10;
    const own = this.width(text, style);
    const start = style.align === 'right' ? x + width - own : style.align === 'center' ? x + (width - own) / 2 : x;
    this.doc
      .font(style.bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(style.colour ?? INK);
    this.doc.text(text, start, y + (size * (LEADING - 1)) / 2, { lineBreak: false, baseline: 'top' });
  }

  rule(x1: number, y1: number, x2: number, y2: number, colour: string = RULE, width = 0.5): void {
    this.draw((doc) => doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(colour).stroke());
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.draw((doc) => doc.rect(x, y, width, height).fill(colour));
  }

  /** Characters the font has; of others the letter without its accents, else a box. */
  printable(text: string): string {
    const clean = cleanText(text).replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
    return [...clean].map((character) => this.printed(character)).join('');
  }

  private printed(character: string): string {
    const known = this.known.get(character);
    if (known !== undefined) return known;
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
    const printed = this.has(character)
      ? character
      : plain !== '' && [...plain].every((one) => this.has(one))
        ? plain
        : BOX;
    const narrow = this.language === 'en' ? NARROW[character] : undefined;
    const shown = INVISIBLE.test(character) ? '' : (narrow ?? LETTERS[character] ?? printed);
    this.known.set(character, shown);
    return shown;
  }

  private has(character: string): boolean {
    if (character === '\n') return true;
    this.doc.font('regular');
    const { _font: font } = this.doc as unknown as { _font?: { font?: FontFile } };
    const file = font?.font;
    return file?.hasGlyphForCodePoint === undefined || file.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  }

  /** Foot of every page: what it is, who made it when, and which page of how many. The cover says the first two itself. */
  finish(left: string, right: string): void {
    const { start, count } = this.doc.bufferedPageRange();
    const y = PAGE.height - 32;
    const style = { size: 7.5, colour: MUTED, maxLines: 1 } as const;
    for (let page = start; page < start + count; page += 1) {
      this.doc.switchToPage(page);
      if (page > start) {
        this.rule(MARGIN, y - 4, PAGE.width - MARGIN, y - 4);
        this.text(left, MARGIN, y, INNER * 0.5, style);
        this.text(right, MARGIN + INNER * 0.5, y, INNER * 0.4, { ...style, align: 'center' });
      }
      this.text(`${page - start + 1} / ${count}`, MARGIN + INNER * 0.9, y, INNER * 0.1, { ...style, align: 'right' });
    }
    this.doc.end();
  }
}

interface FontFile {
  hasGlyphForCodePoint?(code: number): boolean;
}

const BOX = '□';
/** Direction marks, joiners and the like: nothing to print. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|\p{Variation_Selector}/u;
/** The font has these as wide as a Chinese character, with a hole beside them in an English word. */
const NARROW: Record<string, string> = { '\u2018': "'", '\u2019': "'", '\u201c': '"', '\u201d': '"', '\u2212': '-' };
/** Letters that are no letter with an accent to Unicode. */
const LETTERS: Record<string, string> = { Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', ı: 'i', Œ: 'OE', œ: 'oe', ħ: 'h', ŧ: 't' };
