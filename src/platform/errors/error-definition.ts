import type { Localised } from '../../shared/api.js';

export interface ErrorDefinition extends Localised {
  /** HTTP status when the error leaves through a request. */
  status: number;
  /** What to do about it, when there is something to do. */
  fix?: Localised;
}
