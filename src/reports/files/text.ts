/** Text of others on its way into a file. Pure. */

/** What no file format has a place for: control characters but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const HALF = /\p{Surrogate}/gu;

/** Control characters go (what hides behind them is looked at without them); half a character becomes "\ufffd". */
export function cleanText(text: string): string {
  return text.replace(CONTROL, '').replace(HALF, '\ufffd');
}

/** Widths of a line of text in half-width characters: Chinese characters take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    code >= 0x1f300
  );
}
