/**
 * Shapes of lists of customers: do-not-call and ownership. All paths start with `/api/v1`. A phone number travels in bodies
 * and files only, never in an address; what is shown is masked. See docs/do-not-call.md and docs/ownership.md.
 */
import type { Localised } from './api.js';

/** Why somebody is on the list: a refusal (an outcome), an entry by hand, or a file. */
export type DoNotCallSource = 'outcome' | 'manual' | 'import';

export interface DoNotCallEntry {
  /** Surrogate id. */
  customerId: string;
  /** Masked; null once erased. */
  number: string | null;
  since: string;
  source: DoNotCallSource;
  /** The refusal; null for entries of another source and for whoever sees only a part of the organisation. */
  outcomeId: string | null;
  reason: string;
  /** Outbound calls to them that began while they were listed. */
  calls: number;
}

/** GET /do-not-call?limit=&cursor= (`outcomes:read`): who is on the list now, latest first. */
export interface DoNotCallPage {
  entries: DoNotCallEntry[];
  next: string | null;
  /** Customers on the list. */
  total: number;
}

/** POST /do-not-call (`people:write`) → DoNotCallEntry (201). Whoever is listed already stays as they are. */
export interface DoNotCallCreate {
  number: string;
  /** ISO 8601; left out: now. */
  since?: string;
  /** At most 200 characters; no personal data. */
  reason?: string;
}

/** POST /do-not-call/:customerId/removal {reason} (`people:write`) → 204. 409 `not_listed`. */
export interface DoNotCallRemoval {
  reason: string;
}

/**
 * POST /do-not-call/check {numbers} (`outcomes:read`), 1 to 500 → DoNotCallCheck[] in the same order: what a dialler asks
 * before it dials. Nothing is kept of it.
 */
export interface DoNotCallCheck {
  listed: boolean;
  since: string | null;
  /** False: no phone number. */
  readable: boolean;
}

/**
 * POST /do-not-call/import?dryRun=true (`people:write`), text/csv up to 5 MB and 20,000 rows → ListImport. All or nothing.
 * GET /do-not-call/export.csv?bom=true (`exports:make`): numbers masked, audited.
 */
export const DO_NOT_CALL_COLUMNS = ['number', 'since', 'reason'] as const;
export type DoNotCallColumn = (typeof DO_NOT_CALL_COLUMNS)[number];

/**
 * POST /owners/import?dryRun=true (`people:write`), text/csv up to 5 MB and 20,000 rows → ListImport. All or nothing.
 * `agent`: id, an address as phone systems name them, or the name where only one has it. `from`: left out: now.
 */
export const OWNER_COLUMNS = ['number', 'agent', 'from', 'until'] as const;
export type OwnerColumn = (typeof OWNER_COLUMNS)[number];

/** What a file did, or (dry run) would do. */
export interface ListImport {
  dryRun: boolean;
  /** False: nothing was changed, see `errors`. */
  ok: boolean;
  rows: number;
  /** Rows that change something, and rows that say what is there already. */
  added: number;
  unchanged: number;
  /** At most 200 of `errorCount`. */
  errors: ListImportError[];
  errorCount: number;
}

export interface ListImportError {
  /** Line of the file, 1 = the header. */
  line: number;
  column: string | null;
  /** A code of docs/errors.md. */
  code: string;
  message: Localised;
  fix?: Localised;
}

/** Who looks after a customer. Half-open; `until` null: still. */
export interface OwnerSpan {
  agent: { id: number; name: string };
  from: string;
  until: string | null;
}

/** GET /customers/:id/owners (`outcomes:read`) → OwnerSpan[], oldest first. */

/**
 * PUT /owners (`people:write`) → OwnerSpan: from then on the customer is this agent's, until somebody else's turn.
 * DELETE /owners (`people:write`) {number | customerId, from?}: from then on nobody's → 204.
 * One of `number` and `customerId` is given.
 */
export interface OwnerPut {
  number?: string;
  customerId?: string;
  agentId: number;
  /** ISO 8601; left out: now. May lie in the past: the touch rate of the past follows. */
  from?: string;
  until?: string | null;
}

/** GET /owners?agent=<id> (`outcomes:read`): how many customers each agent of the scope owns now, by name. */
export interface OwnerCount {
  agent: { id: number; name: string };
  customers: number;
}
