/** A message in the form of each kind of destination. Pure. What people named is made harmless in each markup. */
import type { DestinationKind } from '../../../shared/schedules.js';
import { figureLine, type Message, type MessageFigure, type MessagePart, wordsOf } from '../message.js';

/** Bytes of UTF-8 a message may have: of WeCom the documented limit of `markdown.content`, of the others below theirs. */
export const TEXT_MAX_BYTES = { wecom: 4_096, dingtalk: 18_000, feishu: 18_000, slack: 18_000 } as const;

// ── plain text and HTML: mail ─────────────────────────────────────────────────────────────────────────────────────────

export function plainText(message: Message): string {
  const { language, title, notices, parts, pack, footer } = message;
  const words = wordsOf(language);
  const blocks = parts.map(({ title: name, about, figures, link }) =>
    [
      name,
      ...about,
      ...(figures.length === 0 ? [words.noFigures] : figures.map((figure) => `- ${figureLine(figure, language)}`)),
      ...(link === null ? [] : [`${words.open}: ${link}`]),
    ].join('\n'),
  );
  const offered = pack === null ? [] : [`${pack.text}: ${pack.url}\n${pack.note}`];
  return `${[title, ...notices, ...blocks, ...offered, footer].join('\n\n')}\n`;
}

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => HTML[sign] ?? '');

/** Tables and inline styles only: what mail programs show alike. */
export function htmlText(message: Message): string {
  const { language, title, notices, parts, pack, footer } = message;
  const body = [
    `<h1 style="font-size:20px;margin:0 0 12px">${html(title)}</h1>`,
    ...notices.map((notice) => `<p style="color:#8a4b00;margin:0 0 12px">${html(notice)}</p>`),
    ...parts.map((part) => htmlPart(part, message)),
    ...(pack === null
      ? []
      : [
          `<p style="margin:24px 0 0"><a href="${html(pack.url)}" style="color:#1763c6"><b>${html(pack.text)}</b></a><br><span style="color:#4d5a78;font-size:13px">${html(pack.note)}</span></p>`,
        ]),
    `<p style="color:#4d5a78;font-size:13px;margin:24px 0 0">${html(footer)}</p>`,
  ];
  const font = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',Arial,sans-serif";
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${html(title)}</title></head><body style="margin:0;padding:24px;color:#101828;${font};font-size:15px;line-height:1.5">${body.join('')}</body></html>`;
}

function htmlPart({ title, about, figures, link }: MessagePart, { language }: Message): string {
  const words = wordsOf(language);
  const lines = about.map((line) => `<div style="color:#4d5a78">${html(line)}</div>`).join('');
  const rows = figures.map((figure) => htmlRow(figure, words.target)).join('');
  const table = `<table role="presentation" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:8px 0">${rows}</table>`;
  const open =
    link === null
      ? ''
      : `<p style="margin:8px 0"><a href="${html(link)}" style="color:#1763c6">${html(words.open)}</a></p>`;
  return `<h2 style="font-size:16px;margin:24px 0 4px">${html(title)}</h2>${lines}${figures.length === 0 ? `<p>${html(words.noFigures)}</p>` : table}${open}`;
}

const GOOD = { true: '#0b6b3a', false: '#a3260a', null: '#4d5a78' } as const;

function htmlRow({ name, value, change, good, target }: MessageFigure, targetWord: string): string {
  const cell = 'padding:4px 16px 4px 0;border-bottom:1px solid #e4e9f2';
  const number = `${cell};text-align:right;white-space:nowrap`;
  const tone = GOOD[`${good ?? 'null'}` as keyof typeof GOOD];
  return [
    `<tr><td style="${cell}">${html(name)}</td>`,
    `<td style="${number}"><b>${html(value)}</b></td>`,
    `<td style="${number};color:${tone}">${html(change ?? '')}</td>`,
    `<td style="${number};color:#4d5a78">${target === null ? '' : html(`${targetWord} ${target}`)}</td></tr>`,
  ].join('');
}

// ── markdown: WeCom and DingTalk ──────────────────────────────────────────────────────────────────────────────────────

/** Neither has a way to escape, so the signs that would mean something (also `<@userid>`) become their wide twins. */
const WIDE: Record<string, string> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '*': '＊',
  _: '＿',
  '`': '｀',
  '#': '＃',
  '@': '＠',
};
const tame = (text: string): string =>
  text.replace(/[\r\n]+/g, ' ').replace(/[<>[\]*_`#@]/g, (sign) => WIDE[sign] ?? '');
/** A round bracket would end the address of a link. */
const linkTarget = (link: string): string => link.replace(/\(/g, '%28').replace(/\)/g, '%29');

function markdownLines({ language, title, notices, parts, pack, footer }: Message): {
  head: string[];
  parts: string[][];
  tail: string[];
} {
  const words = wordsOf(language);
  return {
    head: [`## ${tame(title)}`, ...notices.map((notice) => `**${tame(notice)}**`)],
    parts: parts.map(({ title: name, about, figures, link }) => [
      `### ${tame(name)}`,
      tame(about.join(' · ')),
      ...(figures.length === 0
        ? [words.noFigures]
        : figures.map((figure) => `- ${tame(figureLine(figure, language))}`)),
      ...(link === null ? [] : [`[${words.open}](${linkTarget(link)})`]),
    ]),
    tail: [
      ...(pack === null ? [] : [`**[${tame(pack.text)}](${linkTarget(pack.url)})**`, tame(pack.note)]),
      tame(footer),
    ],
  };
}

/** Leaves out figures from the end of the longest parts until it fits; what is left out is said by `…`. */
export function fitted(
  text: { head: string[]; parts: string[][]; tail: string[] },
  limit: number,
  join: string,
): string {
  const parts = text.parts.map((lines) => [...lines]);
  const whole = () => [...text.head, ...parts.flat(), ...text.tail].join(join);
  for (;;) {
    const now = whole();
    if (Buffer.byteLength(now) <= limit) return now;
    const longest = parts.reduce((a, b) => (b.length > a.length ? b : a), []);
    const figures = longest.map((line, at) => (line.startsWith('- ') ? at : -1)).filter((at) => at >= 0);
    const last = figures.at(-1);
    if (last === undefined) {
      if (parts.pop() === undefined) return cutBytes(now, limit);
      continue;
    }
    longest.splice(last, 1);
    if (longest[last] !== '…') longest.splice(last, 0, '…');
  }
}

/** The first so many bytes of a text, never half a character. */
function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text).subarray(0, limit - 3);
  return `${new TextDecoder('utf-8').decode(bytes).replace(/\uFFFD+$/, '')}…`;
}

export function wecomBody(message: Message): { msgtype: 'markdown'; markdown: { content: string } } {
  return { msgtype: 'markdown', markdown: { content: fitted(markdownLines(message), TEXT_MAX_BYTES.wecom, '\n') } };
}

export function dingtalkBody(message: Message): { msgtype: 'markdown'; markdown: { title: string; text: string } } {
  // A line break of its markdown is an empty line.
  const text = fitted(markdownLines(message), TEXT_MAX_BYTES.dingtalk, '\n\n');
  return { msgtype: 'markdown', markdown: { title: tame(message.title), text } };
}

// ── cards: Feishu and Slack. Everything people named is plain text there. ─────────────────────────────────────────────

/** Lines of each part as one plain text, within the limit of the whole. */
function plainParts(
  { language, parts }: Message,
  limit: number,
): { title: string; text: string; link: string | null }[] {
  const each = Math.floor(limit / Math.max(1, parts.length));
  return parts.map(({ title, about, figures, link }) => ({
    title,
    link,
    text: fitted(
      {
        head: [about.join(' · ')],
        parts: [
          figures.length === 0 ? [wordsOf(language).noFigures] : figures.map((one) => `- ${figureLine(one, language)}`),
        ],
        tail: [],
      },
      each,
      '\n',
    ),
  }));
}

export function feishuBody(message: Message): { msg_type: 'interactive'; card: object } {
  const words = wordsOf(message.language);
  const plain = (content: string) => ({ tag: 'plain_text', content });
  const parts = plainParts(message, TEXT_MAX_BYTES.feishu / 2).flatMap(({ title, text, link }) => [
    { tag: 'hr' },
    { tag: 'div', text: plain(title) },
    { tag: 'div', text: plain(text) },
    ...(link === null
      ? []
      : [{ tag: 'action', actions: [{ tag: 'button', text: plain(words.open), url: link, type: 'default' }] }]),
  ]);
  return {
    msg_type: 'interactive',
    card: {
      config: { wide_screen_mode: true },
      header: { title: plain(message.title), template: 'blue' },
      elements: [
        ...message.notices.map((notice) => ({ tag: 'div', text: plain(notice) })),
        ...parts,
        ...feishuPack(message.pack, plain),
        { tag: 'note', elements: [plain(message.footer)] },
      ],
    },
  };
}

function feishuPack(pack: Message['pack'], plain: (text: string) => object): object[] {
  if (pack === null) return [];
  const button = { tag: 'button', text: plain(pack.text), url: pack.url, type: 'primary' };
  return [{ tag: 'hr' }, { tag: 'action', actions: [button] }, { tag: 'note', elements: [plain(pack.note)] }];
}

const SLACK_HEADER_MAX = 150;
const SLACK_TEXT_MAX = 2_900;

export function slackBody(message: Message): { text: string; blocks: object[] } {
  const words = wordsOf(message.language);
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const parts = plainParts(message, TEXT_MAX_BYTES.slack / 2).flatMap(({ title, text, link }) => [
    { type: 'divider' },
    { type: 'section', text: plain(`${title}\n${text}`.slice(0, SLACK_TEXT_MAX)) },
    ...(link === null
      ? []
      : [{ type: 'actions', elements: [{ type: 'button', text: plain(words.open), url: link.slice(0, 3_000) }] }]),
  ]);
  return {
    // What notifications show; here alone its three signs mean something.
    text: message.title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
    blocks: [
      { type: 'header', text: plain(message.title.slice(0, SLACK_HEADER_MAX)) },
      ...message.notices.map((notice) => ({ type: 'section', text: plain(notice) })),
      ...parts,
      ...slackPack(message.pack, plain),
      { type: 'context', elements: [plain(message.footer)] },
    ],
  };
}

function slackPack(pack: Message['pack'], plain: (text: string) => object): object[] {
  if (pack === null) return [];
  const button = { type: 'button', text: plain(pack.text), url: pack.url, style: 'primary' };
  return [
    { type: 'divider' },
    { type: 'actions', elements: [button] },
    { type: 'context', elements: [plain(pack.note)] },
  ];
}

// ── what a preview shows ──────────────────────────────────────────────────────────────────────────────────────────────

export function previewText(kind: DestinationKind, message: Message): { text: string; html: string | null } {
  switch (kind) {
    case 'mail':
      return { text: plainText(message), html: htmlText(message) };
    case 'wecom':
      return { text: wecomBody(message).markdown.content, html: null };
    case 'dingtalk':
      return { text: dingtalkBody(message).markdown.text, html: null };
    // Cards and structured data say the same.
    case 'feishu':
    case 'slack':
    case 'webhook':
      return { text: plainText(message), html: null };
  }
}
