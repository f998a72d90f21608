/** Requests as Twilio sends them, signed by Twilio's own package, with every byte in the hands of the test. */
import { request } from 'node:http';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

export const TOKEN = 'a-token-of-tests-0123456789abcdef';
export const ACCOUNT = 'AC00000000000000000000000000000001';

export type Form = readonly (readonly [string, string])[];

/** A CallSid that belongs to a name. */
export function sid(name: string): string {
  return `CA${Buffer.from(name, 'utf8').toString('hex').padEnd(32, '0').slice(0, 32)}`;
}

export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

export function signatureOf(url: string, form: Form, token = TOKEN): string {
  // No prototype: a parameter may be called __proto__.
  const params: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of form) {
    const known = params[name];
    params[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return getExpectedTwilioSignature(token, url, params);
}

export function encoded(form: Form): string {
  return form.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

export interface PostOptions {
  token?: string;
  /** Address that is signed instead of the one posted to. */
  signedBase?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  /** Code of the error body; null with none. */
  code: string | null;
  field: string | null;
}

/** Posts a form to `base + target`, signed for the same address unless told otherwise. */
export async function postSigned(base: string, target: string, form: Form, options: PostOptions = {}): Promise<Answer> {
  const signature = signatureOf((options.signedBase ?? base) + target, form, options.token);
  return postRaw(base, target, options.body ?? encoded(form), {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signature,
    ...options.headers,
  });
}

/** The target goes out byte for byte: `fetch` would re-encode it. */
export function postRaw(
  base: string,
  target: string,
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      { method: 'POST', hostname, port, path: target, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(answer(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function answerOf(response: Response): Promise<Answer> {
  return answer(response.status, await response.text());
}

function answer(status: number, text: string): Answer {
  let error: { code?: string; field?: string } | undefined;
  try {
    error = (JSON.parse(text) as { error?: { code?: string; field?: string } }).error;
  } catch {
    error = undefined;
  }
  return { status, code: error?.code ?? null, field: error?.field ?? null };
}

export interface LegEvent {
  /** Name of the leg; its CallSid is made of it. */
  leg: string;
  parent?: string;
  status: string;
  /** Epoch milliseconds. */
  at: number;
  direction?: string;
  from?: string;
  to?: string;
  /** Seconds connected. */
  duration?: number;
  sequence?: number;
  extra?: Form;
}

/** Form of a status callback. */
export function callback(event: LegEvent): [string, string][] {
  const form: [string, string][] = [
    ['AccountSid', ACCOUNT],
    ['CallSid', sid(event.leg)],
    ['CallStatus', event.status],
    ['Timestamp', rfc2822(event.at)],
    ['SequenceNumber', String(event.sequence ?? 0)],
    ['ApiVersion', '2010-04-01'],
    ['CallbackSource', 'call-progress-events'],
  ];
  if (event.parent !== undefined) form.push(['ParentCallSid', sid(event.parent)]);
  if (event.direction !== undefined) form.push(['Direction', event.direction]);
  if (event.from !== undefined) form.push(['From', event.from]);
  if (event.to !== undefined) form.push(['To', event.to]);
  if (event.duration !== undefined) form.push(['CallDuration', String(event.duration)]);
  for (const [name, value] of event.extra ?? []) form.push([name, value]);
  return form;
}

/** Five callbacks of a call begun at a softphone: dialled at `at`, answered 5 s later, then `talk` seconds long. */
export function softphoneCall(name: string, agent: string, at: number, talk: number): LegEvent[] {
  const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to: '+8613800001111' };
  const customer = {
    leg: `${name}c`,
    parent: name,
    direction: 'outbound-dial',
    from: '+862100000001',
    to: '+8613800001111',
  };
  const ended = at + 5_000 + talk * 1_000;
  return [
    { ...root, status: 'in-progress', at },
    { ...customer, status: 'ringing', at },
    { ...customer, status: 'in-progress', at: at + 5_000, sequence: 1 },
    { ...customer, status: 'completed', at: ended, sequence: 2, duration: talk },
    { ...root, status: 'completed', at: ended, sequence: 1, duration: talk + 5 },
  ];
}
