/**
 * Lines of Chinese, Latin and mixed text: Chinese breaks between characters, Latin between words; no line begins with a
 * mark that closes or ends with one that opens, and a number keeps its unit. Pure.
 */

/** No line begins with these (GB/T 15834 and the custom of printers). */
const NOT_FIRST = new Set('，。、；：？！）］｝〕】》〉」』”’…—％%‰℃·,.;:?!)]}〞～');
/** No line ends with these. */
const NOT_LAST = new Set('（［｛〔【《〈「『“‘([{￥¥$＄');
/** Follow their number on its line. */
const UNITS = new Set('万亿元秒分时天周月年次个人');
const WIDE = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f]/;

/**
 * `text` in lines of at most `width`, as `measure` sees it. `maxLines`: the last line ends with "…" where there was more.
 * A word longer than a line is broken where the line ends.
 */
export function wrapText(
  text: string,
  width: number,
  measure: (part: string) => number,
  maxLines = Number.POSITIVE_INFINITY,
): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    lines.push(...wrapParagraph(paragraph, width, measure));
    if (lines.length > maxLines) break;
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = withEllipsis(kept[maxLines - 1] ?? '', width, measure);
  return kept;
}

function wrapParagraph(text: string, width: number, measure: (part: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    const size = measure(piece);
    if (line !== '' && used + measure(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    if (line === '' && piece.trim() === '') continue;
    if (size <= width || measure(piece.trimEnd()) <= width) {
      line += piece;
      used += size;
      continue;
    }
    for (const character of piece) {
      const wide = measure(character);
      if (line !== '' && used + wide > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += character;
      used += wide;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** What stays together: a word with the spaces after it, a Chinese character with the marks that belong to it. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const part of text.match(/\s+|[^\s\u2e80-\uffef]+|[\ufff0-\uffff]|[^\s]/gu) ?? []) {
    const before = found.at(-1);
    if (before !== undefined && belongs(before, part)) found[found.length - 1] = before + part;
    else found.push(part);
  }
  return found;
}

function belongs(before: string, part: string): boolean {
  const [first = ''] = part;
  const last = before.at(-1) ?? '';
  if (/\s/.test(first)) return true;
  if (/\s/.test(last)) return false;
  if (NOT_FIRST.has(first) || NOT_LAST.has(last)) return true;
  if (/\d$/.test(before) && UNITS.has(first)) return true;
  return !WIDE.test(first) && !WIDE.test(last);
}

function withEllipsis(line: string, width: number, measure: (part: string) => number): string {
  const characters = [...line];
  while (characters.length > 0 && measure(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
