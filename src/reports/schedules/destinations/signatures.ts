/** How each kind of destination is shown that a message is ours. Pure. */
import { createHmac } from 'node:crypto';

const WEBHOOK_SECRET_PREFIX = 'whsec_';
export const WEBHOOK_SECRET_BYTES = 32;

/** As it is shown once. */
export function webhookSecretText(bytes: Buffer): string {
  return WEBHOOK_SECRET_PREFIX + bytes.toString('base64');
}

/** Standard Webhooks: `webhook-id`, `webhook-timestamp` (s) and `webhook-signature` over `id.timestamp.body`. */
export function standardWebhookHeaders(secret: string, id: string, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.slice(WEBHOOK_SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** DingTalk 加签: the key is the secret, what is signed `timestamp\nsecret`; both go into the address. */
export function dingtalkAddress(url: string, secret: string | undefined, now: number): string {
  if (secret === undefined || secret === '') return url;
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`, 'utf8').digest('base64');
  const address = new URL(url);
  address.searchParams.set('timestamp', String(now));
  address.searchParams.set('sign', sign);
  return address.href;
}

/** Feishu 签名校验: the key is `timestamp\nsecret` (s), what is signed is empty; both go into the body. */
export function feishuSignature(secret: string | undefined, now: number): { timestamp?: string; sign?: string } {
  if (secret === undefined || secret === '') return {};
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}
