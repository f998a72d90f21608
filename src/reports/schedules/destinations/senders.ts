/** Sends one message of a pack to one destination. Nothing in here retries. */
import { AppError, type MailSender, type Outbound, type OutboundReply } from '../../../platform/index.js';
import { PACK_LINK_DAYS, type PackSummary } from '../../../shared/schedules.js';
import type { Message, PackOffer } from '../message.js';
import type { Destination } from './destination.js';
import { multipart, wecomUploadAddress } from './multipart.js';
import { dingtalkAddress, feishuSignature, standardWebhookHeaders } from './signatures.js';
import { dingtalkBody, feishuBody, htmlText, plainText, slackBody, wecomBody } from './texts.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const MIB = 1024 * 1024;
/** What most mail servers take is 20 MB and more; as text an attachment grows by a third. */
const MAIL_FILE_MAX = 14 * MIB;
const WEBHOOK_FILE_MAX = 10 * MIB;
/** What WeCom takes. */
const WECOM_FILE_MAX = 20 * MIB;
/** A file of that size over a slow line. */
const UPLOAD_WITHIN_MS = 60_000;
const PROVIDER_MESSAGE_MAX = 160;

export interface Pack {
  /** The same however often it is tried. */
  messageId: string;
  message: Message;
  summary: PackSummary;
  /** The link that is in the message. */
  offer: PackOffer | null;
  /** Null: a test message without one. */
  file: { name: string; mediaType: string; content: Buffer; sha256: string } | null;
}

export interface Ways {
  mail: MailSender;
  outbound: Outbound;
}

/** @param now epoch ms, for signatures. Throws AppError `destination_…`, `outbound_…`, `mail_…`. */
export async function send(
  { kind, config }: Destination,
  pack: Pack,
  { mail, outbound }: Ways,
  now: number,
): Promise<void> {
  const { message } = pack;
  const url = config.url ?? '';
  const post = async (address: string, body: unknown): Promise<OutboundReply> =>
    requireSuccess(await outbound.post(address, JSON.stringify(body), JSON_TYPE));
  switch (kind) {
    case 'mail':
      return sendMail(config.to ?? [], pack, mail);
    case 'webhook':
      return sendWebhook(url, config.secret ?? '', pack, outbound, now);
    case 'wecom':
      return requireZero(await post(url, wecomBody(message)), 'errcode', 'errmsg');
    case 'dingtalk':
      return requireZero(
        await post(dingtalkAddress(url, config.secret, now), dingtalkBody(message)),
        'errcode',
        'errmsg',
      );
    case 'feishu':
      return requireZero(
        await post(url, { ...feishuSignature(config.secret, now), ...feishuBody(message) }),
        'code',
        'msg',
      );
    case 'slack':
      // Slack says what is wrong in the body of a 4xx, as one word.
      return requireSlack(await outbound.post(url, JSON.stringify(slackBody(message)), JSON_TYPE));
  }
}

/**
 * The file as a message of its own, after `send`: it is uploaded first, and what it is then called goes into the group.
 * Throws as `send` does.
 */
export async function sendFile(
  { config }: Destination,
  file: NonNullable<Pack['file']>,
  { outbound }: Ways,
): Promise<void> {
  requireSize(file.content, WECOM_FILE_MAX);
  const url = config.url ?? '';
  const { body, type } = multipart('media', file);
  const uploaded = requireSuccess(
    await outbound.post(wecomUploadAddress(url), body, { 'content-type': type }, UPLOAD_WITHIN_MS),
  );
  requireZero(uploaded, 'errcode', 'errmsg');
  const id = objectOf(uploaded.body).media_id;
  if (typeof id !== 'string' || id === '') {
    throw new AppError('destination_rejected', { params: { code: '?', message: 'no media_id' } });
  }
  const message = JSON.stringify({ msgtype: 'file', file: { media_id: id } });
  requireZero(requireSuccess(await outbound.post(url, message, JSON_TYPE)), 'errcode', 'errmsg');
}

async function sendMail(
  to: readonly string[],
  { messageId, message, offer, ...pack }: Pack,
  mail: MailSender,
): Promise<void> {
  const file = fitting(pack.file, MAIL_FILE_MAX, offer);
  await mail.send({
    messageId: `${messageId}@tallyboard`,
    to,
    subject: message.title.replace(/[\r\n]+/g, ' '),
    text: plainText(message),
    html: htmlText(message),
    attachments: file === null ? [] : [{ fileName: file.name, mediaType: file.mediaType, content: file.content }],
  });
}

async function sendWebhook(url: string, secret: string, pack: Pack, outbound: Outbound, now: number): Promise<void> {
  const { file, summary, messageId, offer } = pack;
  const carried = fitting(file, WEBHOOK_FILE_MAX, offer);
  const body = JSON.stringify({
    type: file === null ? 'report.test' : 'report.pack',
    timestamp: summary.due,
    data: {
      ...summary,
      document:
        file === null
          ? null
          : {
              name: file.name,
              mediaType: file.mediaType,
              bytes: file.content.length,
              sha256: file.sha256,
              base64: carried?.content.toString('base64') ?? null,
            },
      link:
        offer === null
          ? null
          : {
              url: offer.url,
              signIn: offer.access === 'sign_in',
              uses: offer.access === 'open' ? offer.uses : null,
              days: PACK_LINK_DAYS,
            },
    },
  });
  const headers = standardWebhookHeaders(secret, messageId, now, body);
  requireSuccess(await outbound.post(url, body, { ...JSON_TYPE, ...headers }));
}

/** Null: too large for this, but the message says where it is. Throws `destination_too_large` when it does not. */
function fitting(file: Pack['file'], limit: number, offer: PackOffer | null): Pack['file'] {
  if (file === null || file.content.length <= limit) return file;
  if (offer === null) requireSize(file.content, limit);
  return null;
}

function requireSize(content: Buffer, limit: number): void {
  if (content.length > limit) throw new AppError('destination_too_large', { params: { limit: limit / MIB } });
}

function requireSuccess(reply: OutboundReply): OutboundReply {
  if (reply.status < 200 || reply.status > 299) {
    throw new AppError('destination_answered', { params: { status: reply.status } });
  }
  return reply;
}

/** Robots answer 200 and say in the body whether they took it. */
function requireZero({ body }: OutboundReply, codeKey: string, messageKey: string): void {
  const answer = objectOf(body);
  const code = answer[codeKey];
  if (code === 0) return;
  throw new AppError('destination_rejected', {
    params: { code: typeof code === 'number' ? code : '?', message: harmless(answer[messageKey]) },
  });
}

function requireSlack({ status, body }: OutboundReply): void {
  if (status >= 200 && status <= 299 && body.trim() === 'ok') return;
  if (status === 429 || status >= 500) throw new AppError('destination_answered', { params: { status } });
  throw new AppError('destination_rejected', { params: { code: status, message: harmless(body) } });
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Of what the other side says a short line without anything that looks like an address or a token. */
function harmless(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/[A-Za-z0-9_-]{24,}/g, '…')
    .trim()
    .slice(0, PROVIDER_MESSAGE_MAX);
}

/** Whether trying again later may help. */
export function isWorthRetrying(error: AppError): boolean {
  switch (error.code) {
    case 'destination_answered': {
      const status = Number(error.params.status);
      return status >= 500 || [408, 425, 429].includes(status);
    }
    case 'destination_rejected':
    case 'mail_refused':
    case 'mail_unreachable':
    case 'outbound_timeout':
    case 'outbound_unreachable':
    case 'internal':
      return true;
    default:
      return false;
  }
}
