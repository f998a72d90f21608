import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { rawBodyOf } from './leg-report.js';
import { hexId } from './random.js';

/**
 * Posts callbacks the way Twilio does: signed (by Twilio's own package, not by our code), over kept-alive connections,
 * a bounded number at a time, retried when no answer or a 5xx comes back, with the same idempotency token. What people
 * enter goes to the API with a key instead.
 *
 * Not in here: when to post (whenDue) and what (webhooks.ts, replay).
 */
export interface PosterOptions {
  /** Address to connect to, e.g. `http://127.0.0.1:3000`. */
  url: string;
  /** Public address Twilio would have signed, when it differs from `url` (the server's `PUBLIC_URL`). */
  publicUrl?: string;
  token: string;
  /** API key for what is no callback. */
  apiKey?: string;
  concurrency: number;
  /** Retry until acknowledged, so that a restarting server loses nothing; else Twilio's five retries. */
  persist: boolean;
  /** Answer awaited for at most this long; Twilio waits 15 s. */
  timeoutMs?: number;
}

interface Callback {
  /** Path and query. */
  rawTarget: string;
  form: readonly (readonly [string, string])[];
}
interface Request {
  rawTarget: string;
  json: object;
}
export type Postable = Callback | Request;

export interface PosterStats {
  /** Callbacks taken on. */
  accepted: number;
  /** Answered 2xx. */
  acked: number;
  /** Given up: refused (4xx), or retries exhausted. */
  failed: number;
  /** Attempts beyond the first. */
  retries: number;
  /** Answers by HTTP status; `0` counts connection errors. */
  statuses: Record<string, number>;
}

const RETRIES_MAX = 5;
const RETRY_DELAY_MS_MAX = 1_000;
const TIMEOUT_MS = 15_000;

export class SignedPoster {
  readonly stats: PosterStats = { accepted: 0, acked: 0, failed: 0, retries: 0, statuses: {} };
  private readonly base: URL;
  private readonly signedBase: string;
  private readonly agent: HttpAgent;
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];

  /** @param onAcked called once for each acknowledged callback, in the order of the answers */
  constructor(
    private readonly options: PosterOptions,
    private readonly onAcked: (callback: Postable) => void = () => undefined,
  ) {
    this.base = new URL(options.url);
    this.signedBase = (options.publicUrl ?? options.url).replace(/\/+$/, '');
    const pool = { keepAlive: true, maxSockets: options.concurrency };
    this.agent = this.base.protocol === 'https:' ? new HttpsAgent(pool) : new HttpAgent(pool);
  }

  /** Resolves when a connection is free and the callback is on its way: this is the back-pressure. */
  async post(callback: Postable): Promise<void> {
    this.stats.accepted++;
    if (this.inFlight >= this.options.concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.inFlight++;
    void this.deliver(callback).finally(() => this.release());
  }

  /** Resolves when nothing is under way any more. */
  async drain(): Promise<void> {
    if (this.inFlight > 0 || this.waiting.length > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  close(): void {
    this.agent.destroy();
  }

  private release(): void {
    this.inFlight--;
    const next = this.waiting.shift();
    if (next !== undefined) next();
    else if (this.inFlight === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private async deliver(callback: Postable): Promise<void> {
    const { body, headers } = 'json' in callback ? this.asRequest(callback) : this.asCallback(callback);
    for (let attempt = 0; ; attempt++) {
      const status = await this.attempt(callback.rawTarget, headers, body);
      this.stats.statuses[status] = (this.stats.statuses[status] ?? 0) + 1;
      if (status >= 200 && status < 300) {
        this.stats.acked++;
        this.onAcked(callback);
        return;
      }
      const retryable = status === 0 || status >= 500;
      if (!retryable || (!this.options.persist && attempt >= RETRIES_MAX)) {
        this.stats.failed++;
        return;
      }
      this.stats.retries++;
      await delay(Math.min(RETRY_DELAY_MS_MAX, 50 * 2 ** attempt));
    }
  }

  private asCallback(callback: Callback): { body: string; headers: Record<string, string> } {
    const body = rawBodyOf(callback);
    const signature = this.sign(callback);
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'X-Twilio-Signature': signature,
      'I-Twilio-Idempotency-Token': hexId(signature, String(this.stats.accepted)),
      'User-Agent': 'TwilioProxy/1.1',
    };
    return { body, headers };
  }

  private asRequest({ json }: Request): { body: string; headers: Record<string, string> } {
    const body = JSON.stringify(json);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      Authorization: `Bearer ${this.options.apiKey ?? ''}`,
    };
    return { body, headers };
  }

  private sign(callback: Callback): string {
    const params: Record<string, string | string[]> = {};
    for (const [name, value] of callback.form) {
      const known = params[name];
      params[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
    }
    return getExpectedTwilioSignature(this.options.token, this.signedBase + callback.rawTarget, params);
  }

  /** The answer's status; 0 when there was none. */
  private attempt(rawTarget: string, headers: Record<string, string>, body: string): Promise<number> {
    return new Promise((resolve) => {
      const { protocol, hostname, port, pathname } = this.base;
      const send = protocol === 'https:' ? httpsRequest : httpRequest;
      const outgoing = send(
        {
          method: 'POST',
          hostname: hostname.replace(/^\[|\]$/g, ''),
          port,
          path: pathname.replace(/\/+$/, '') + rawTarget,
          headers,
          agent: this.agent,
          timeout: this.options.timeoutMs ?? TIMEOUT_MS,
        },
        (answer) => {
          answer.on('error', () => resolve(0));
          answer.on('end', () => resolve(answer.statusCode ?? 0));
          answer.resume();
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(0));
      outgoing.on('close', () => resolve(0));
      outgoing.end(body);
    });
  }
}
