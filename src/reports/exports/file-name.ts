/**
 * What the file of an export is called: after its report, in its language, with the range it is of; lists after the moment
 * they were made. Safe in every file system, and of nothing anybody typed: the list of exports outlives the files. Pure.
 */

import type { Localised } from '../../shared/api.js';
import type { ExportSource } from '../../shared/exports.js';
import type { FileType } from '../files/index.js';

/** File systems end at 255 bytes, of which a Chinese character takes three. */
const TITLE_BYTES_MAX = 150;
/** No file can be called so on Windows, whatever its ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

export interface NamedFile {
  extension: FileType['extension'];
  language: 'en' | 'zh';
  source: ExportSource;
  /** Of reports: what it says about itself, and the range as people read it. Null: a list. */
  report: { title: Localised; range: string } | null;
  /** Of the organisation's clock, "20261122-1200". */
  madeAt: string;
}

export function fileNameOf({ extension, language, source, report, madeAt }: NamedFile): string {
  if (report === null) {
    const list = source.kind === 'outcomes' ? { en: 'outcomes', zh: '结果' } : { en: 'calls', zh: '通话' };
    return `${list[language]}-${madeAt}.${extension}`;
  }
  const title = cut(safe(report.title[language]), TITLE_BYTES_MAX);
  const one = source.kind === 'ready' ? onlyAgent(source.query.filters?.agents) : null;
  // The title of a closed month is the month.
  const range = source.kind === 'period' ? '' : safe(report.range.replace('–', 'to'));
  const stem = [title, one, range].filter((part) => part !== null && part !== '').join(' ');
  return `${DEVICES.test(stem) ? '_' : ''}${stem === '' ? `report-${madeAt}` : stem}.${extension}`;
}

/** Whose scorecard it is, by their id: names of people are not kept here. */
function onlyAgent(agents: readonly number[] | undefined): string | null {
  return agents?.length === 1 ? String(agents[0]) : null;
}

/** Without what some file system refuses or takes for something else. */
function safe(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(\d):(\d)/g, '$1$2')
    .replace(/[\\/:*?"<>|.…\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whole characters only. */
function cut(text: string, bytes: number): string {
  let short = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character, 'utf8');
    if (used > bytes) return short.trim();
    short += character;
  }
  return short;
}

/** RFC 6266: the name itself for those who know UTF-8 there, what is left of it in ASCII for the others. */
export function attachmentHeader(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `attachment; filename="${quotable(name)}"`;
  const at = name.lastIndexOf('.');
  const rest = name
    .slice(0, at)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
  const plain = `${/^[a-z]/i.test(rest) ? '' : 'export '}${rest}`.replace(/\s+/g, ' ').trim();
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${quotable(plain)}${name.slice(at)}"; filename*=UTF-8''${encoded}`;
}

function quotable(text: string): string {
  return text.replace(/["\\%]/g, '_');
}
