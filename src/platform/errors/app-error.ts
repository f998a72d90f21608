import type { ApiErrorBody, Localised } from '../../shared/api.js';
import { type ErrorCode, errorDefinition } from './catalogue.js';

export interface AppErrorOptions {
  /** Values for the `{name}` places of the sentence. Never put a secret or personal data here: people see them. */
  params?: Record<string, string | number>;
  /** The request field the error is about. */
  field?: string;
  /** What happened underneath; goes to the log, never to the caller. */
  cause?: unknown;
}

/** An expected failure with a stable code of the catalogue. `message` is its English sentence. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly status: number;
  readonly field: string | undefined;
  readonly sentence: Localised;
  readonly fix: Localised | undefined;
  /** For keeping a failure: with them the sentence can be said again. */
  readonly params: Record<string, string | number>;

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    const definition = errorDefinition(code);
    const params = options.params ?? {};
    const sentence = fill(definition, params);
    super(sentence.en, { cause: options.cause });
    this.status = definition.status;
    this.field = options.field;
    this.params = params;
    this.sentence = sentence;
    this.fix = definition.fix ? fill(definition.fix, params) : undefined;
  }

  toBody(): ApiErrorBody {
    return {
      error: {
        code: this.code,
        message: this.sentence,
        ...(this.field === undefined ? {} : { field: this.field }),
        ...(this.fix === undefined ? {} : { fix: this.fix }),
      },
    };
  }
}

function fill(text: Localised, params: Record<string, string | number>): Localised {
  const one = (sentence: string) => sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'));
  return { en: one(text.en), zh: one(text.zh) };
}
