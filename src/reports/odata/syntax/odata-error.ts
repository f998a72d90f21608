import { AppError, type AppErrorOptions, type ErrorCode } from '../../../platform/index.js';

/** An error of the feed that knows where in the address it lies. */
export class OdataError extends AppError {
  constructor(
    code: ErrorCode,
    /** Place in the value of the option, from 0; null: the whole of it. */
    readonly position: number | null,
    options: AppErrorOptions = {},
  ) {
    const params = position === null ? options.params : { position: position + 1, ...options.params };
    super(code, params === undefined ? options : { ...options, params });
  }
}
