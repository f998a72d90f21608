/**
 * One Twilio request, from bytes to an answer: read the form, check the signature over the exact public URL, translate,
 * make durable, acknowledge. The order matters: nothing unsigned gets further than a counter.
 */
import type { IngestService, RawRequest, Translation } from '../../ingest/index.js';
import { AppError, type Clock, type ErrorCode } from '../../platform/index.js';
import { type FormErrorCode, parseForm, parsePairs } from './parse-form.js';
import { publicUrlOf, type TrustedProxies } from './public-url.js';
import { verifyTwilioSignature } from './signature.js';
import { translateTaskRouter } from './taskrouter.js';
import { type TranslationContext, TWILIO_PROVIDER, type TwilioCallbackKind, translateTwilio } from './translate.js';

export interface TwilioWebhookSettings {
  tokens: string[];
  publicUrl: string | null;
  country: string;
  proxies: TrustedProxies;
}

/** TaskRouter's events speak of people and have a form of their own. */
export type TwilioKind = TwilioCallbackKind | 'taskrouter';

export interface IncomingRequest {
  kind: TwilioKind;
  /** Path and query exactly as received. */
  target: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  remoteAddress: string;
  encrypted: boolean;
}

export class TwilioWebhook {
  constructor(
    private readonly settings: TwilioWebhookSettings,
    private readonly ingest: IngestService,
    private readonly clock: Clock,
  ) {}

  /** Resolves once the event is durable. Throws coded errors; each refusal is counted. */
  async receive(request: IncomingRequest): Promise<void> {
    const receivedAt = this.clock.now();
    const translation = this.translated(request, receivedAt);
    if (translation === 'passed') return;
    const { kind, target, body } = request;
    await this.ingest.accept({ provider: TWILIO_PROVIDER, kind, target, body, receivedAt }, translation);
  }

  /** A refusal before the body was read (too large, wrong media type). */
  countRejection(code: string): void {
    this.ingest.countRejection(code);
  }

  /** By itself, so that the parts of the form are gone while the request waits for its commit. */
  private translated(request: IncomingRequest, receivedAt: number): Translation | 'passed' {
    const { form, query } = this.verified(request);
    return translate(request.kind, form, query, { country: this.settings.country, receivedAt });
  }

  private verified(request: IncomingRequest) {
    if (this.settings.tokens.length === 0) throw this.refuse('twilio_not_configured');
    const form = parseForm(request.body, single(request.headers['content-type']));
    if (!form.ok) throw this.refuse(formError(form.code), form.field);
    const question = request.target.indexOf('?');
    const query = parsePairs(question === -1 ? '' : request.target.slice(question + 1));
    if (!query.ok) throw this.refuse(formError(query.code), query.field);
    const signature = single(request.headers['x-twilio-signature']);
    if (signature === undefined) throw this.refuse('signature_missing', 'X-Twilio-Signature');
    const url = publicUrlOf(
      {
        rawTarget: request.target,
        peer: request.remoteAddress,
        encrypted: request.encrypted,
        headers: request.headers,
      },
      this.settings.publicUrl,
      this.settings.proxies,
    );
    const { tokens } = this.settings;
    if (url === null || !verifyTwilioSignature({ url, params: form.params, signature, tokens })) {
      throw this.refuse('signature_invalid', 'X-Twilio-Signature');
    }
    return { form: form.params, query: query.params };
  }

  private refuse(code: ErrorCode, field?: string): AppError {
    this.ingest.countRejection(code);
    return new AppError(code, field === undefined ? {} : { field });
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

const FORM_ERRORS: Record<FormErrorCode, ErrorCode> = {
  content_type_unsupported: 'form_media_type',
  body_too_large: 'form_too_large',
  body_not_utf8: 'form_not_utf8',
  too_many_fields: 'form_too_many_fields',
  field_name_too_long: 'form_field_too_long',
  field_value_too_long: 'form_field_too_long',
};

function formError(code: FormErrorCode): ErrorCode {
  return FORM_ERRORS[code];
}

type Pairs = readonly (readonly [string, string])[];

function translate(kind: TwilioKind, form: Pairs, query: Pairs, context: TranslationContext): Translation | 'passed' {
  return kind === 'taskrouter'
    ? translateTaskRouter(form, context.receivedAt)
    : translateTwilio(kind, form, query, context);
}

/** For the log: the same translation from a stored request, without its signature (it was checked on arrival). */
export function retranslateTwilio(raw: RawRequest, country: string): Translation {
  const form = parseForm(raw.body, 'application/x-www-form-urlencoded');
  const question = raw.target.indexOf('?');
  const query = parsePairs(question === -1 ? '' : raw.target.slice(question + 1));
  if (!form.ok || !query.ok) return { ok: false, reason: 'status_missing' };
  const context = { country, receivedAt: raw.receivedAt };
  const translation = translate(raw.kind as TwilioKind, form.params, query.params, context);
  return translation === 'passed' ? { ok: false, reason: 'event_type_unknown' } : translation;
}
