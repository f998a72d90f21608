/**
 * Shapes of outcomes: what somebody entered about a call or a customer (disposition, sale, callback, note), the lists
 * that follow from them (do-not-call, callbacks, ownership of customers) and the dispositions one can choose from.
 * All paths start with `/api/v1`.
 *
 * An outcome is known by `externalId` of its source. What is sent about it are events of the log: each carries a
 * `version` and any of the fields; of each field the highest version counts, ties by content, so order and repetition do
 * not matter. It may arrive before its call, days later, or be corrected; `cancelled: true` takes it back.
 */
import type { Localised } from './api.js';

export const DISPOSITION_FLAGS = ['human', 'contact', 'sale', 'callback', 'dnc', 'complaint'] as const;
/**
 * `human`: a person answered. `contact`: the right person. `sale`: something was sold. `callback`: to be called again.
 * `dnc`: refused, not to be called any more. `complaint`. A sale implies contact, contact implies human.
 */
export type DispositionFlag = (typeof DISPOSITION_FLAGS)[number];

export const OUTCOME_FIELDS = ['amount', 'callbackAt', 'note'] as const;
export type OutcomeField = (typeof OUTCOME_FIELDS)[number];

/**
 * Measures of the catalog that count outcomes: `GET /outcomes?measure=` answers exactly what one counts. Of what is sold in an
 * hour, whichever way it was sold, the sales.
 */
export const OUTCOME_MEASURE_IDS = [
  'sales',
  'revenue',
  'inbound_sales',
  'inbound_revenue',
  'other_sales',
  'other_revenue',
  'first_call_sales',
  'callbacks_due',
  'callbacks_kept',
  'complaints',
  'dnc',
  'sales_per_hour',
  'revenue_per_hour',
] as const;
export type OutcomeMeasureId = (typeof OUTCOME_MEASURE_IDS)[number];

/**
 * GET /dispositions (`outcomes:read`) → DispositionView[], archived ones last; `?campaign=<id>`: those one can choose in it.
 * POST /dispositions, PATCH /dispositions/:id (`settings:write`). Flags of one that has been used stay: archive it and make
 * another, so that history does not change.
 */
export interface DispositionView {
  id: number;
  /** What API and import say; unique, 1–64 of a–z, 0–9, "_" and "-". */
  key: string;
  /** Null: for every campaign. */
  campaignId: number | null;
  name: Localised;
  flags: DispositionFlag[];
  /** Fields that must be given with it. */
  required: OutcomeField[];
  /** Order of the buttons, ascending. */
  position: number;
  archived: boolean;
  /** Some outcome has it. */
  used: boolean;
}

/** POST /dispositions → Changed<DispositionView> (201). 409 `disposition_key_taken`, 400 `disposition_amount_without_sale`. */
export interface DispositionCreate {
  key: string;
  /** Null: for every campaign. Fixed. */
  campaignId: number | null;
  name: Localised;
  /** What they imply is added. */
  flags: DispositionFlag[];
  required: OutcomeField[];
  /** Left out: behind all others. */
  position?: number;
}

/** PATCH /dispositions/:id → Changed<DispositionView>. 409 `disposition_flags_fixed` once some outcome has it. */
export interface DispositionPatch {
  name?: Localised;
  flags?: DispositionFlag[];
  required?: OutcomeField[];
  position?: number;
  archived?: boolean;
}

/** GET /dispositions/choices?campaign=<id> (`outcomes:read`): what a form for an outcome needs; without it the default one. */
export interface OutcomeChoices {
  campaign: { id: number; name: string; currency: string };
  dispositions: DispositionView[];
}

/** Part of the revenue of a sale; shares are whole numbers and count relative to their sum (largest remainder). */
export interface RevenueShare {
  agentId: number;
  share: number;
}

/**
 * POST /outcomes (`outcomes:write`) one OutcomeInput or up to 500 → 200 OutcomeReply[] in the same order. An agent enters their
 * own; a supervisor those of their teams. Wrong input: 400 naming the field (`3.sale.amountMinor`), and none is taken.
 */
export interface OutcomeInput {
  /** Unique in the source (the API key, or `me` for what people enter here), 1–128 characters. The same again changes nothing. */
  externalId: string;
  /** Whole number ≥ 0; the highest counts. Left out: the receipt time in epoch ms. */
  version?: number;
  /** ISO 8601. Time of the outcome, for a sale of the sale. Left out: the receipt time. */
  at?: string;
  /** Who gets the credit (the closer): id, or any address as phone systems name them. Left out: the call's agent. */
  agentId?: number;
  agent?: string;
  /** The call, by the id of any of its legs. */
  call?: string;
  /** The customer's number; without `call` the last call to or from them within the organisation's window is meant. */
  customer?: string;
  /** Name of the campaign; left out: the call's, else the default one. */
  campaign?: string;
  /** Key of a disposition; null takes it away. */
  disposition?: string | null;
  /** Amount in minor units of the campaign's currency, ≥ 0; null: nothing was sold. */
  sale?: { amountMinor: number; currency?: string; shares?: RevenueShare[] } | null;
  /** ISO 8601; null: no callback was promised. */
  callbackAt?: string | null;
  /** At most 2,000 characters; kept encrypted. */
  note?: string | null;
  cancelled?: boolean;
}

/** `spooled`: the database is away; it is kept and counted as soon as it is back. */
export interface OutcomeReply {
  externalId: string;
  result: 'accepted' | 'duplicate' | 'parked' | 'erased' | 'expired';
}

/**
 * PATCH /outcomes/:id (`outcomes:write`) → OutcomeReply: corrects an outcome of any source; what is left out stays as it is.
 * Its version is above all there are. 404 for what is not in the scope.
 */
export type OutcomeCorrection = Omit<OutcomeInput, 'externalId' | 'version'>;

/** One outcome as it is now. */
export interface OutcomeView {
  id: string;
  externalId: string;
  at: string;
  agent: { id: number; name: string } | null;
  team: { id: number; name: string };
  campaign: { id: number; name: string };
  /** Key of the call it was attributed to; null: none. */
  callId: string | null;
  /** Masked. */
  customer: string | null;
  customerId: string | null;
  disposition: { key: string; name: Localised; flags: DispositionFlag[] } | null;
  sale: { amountMinor: number; currency: string; shares: RevenueShare[] } | null;
  callbackAt: string | null;
  note: string | null;
  cancelled: boolean;
  /** Highest version of its events: send more than this to correct it. */
  version: number;
  /** What is not right about it: `agent_unknown`, `currency_differs`, `disposition_unknown`, `call_unknown`. */
  problems: string[];
}

/** GET /outcomes?from=&to=&agent=&team=&campaign=&measure=&call=&cursor=&limit= (`outcomes:read`), newest first */
export interface OutcomePage {
  outcomes: OutcomeView[];
  next: string | null;
}

/**
 * Columns of a file of outcomes. `external_id` is required; empty cells say nothing. `agent`: id, or an address as phone
 * systems name them. `amount`: in major units (1299.50) of `currency`, left out: the campaign's. `at`, `callback_at`: ISO 8601
 * with the offset. `cancelled`: `true`.
 */
export const OUTCOME_FILE_COLUMNS = [
  'external_id',
  'version',
  'at',
  'agent',
  'call',
  'customer',
  'campaign',
  'disposition',
  'amount',
  'currency',
  'callback_at',
  'note',
  'cancelled',
] as const;
export type OutcomeFileColumn = (typeof OUTCOME_FILE_COLUMNS)[number];

/**
 * POST /outcomes/import?dryRun=true (`outcomes:write`), text/csv up to 5 MB and 20,000 rows → OutcomeImport. None is taken
 * unless all are right; the same file twice changes nothing the second time. Within the source `import`.
 */
export interface OutcomeImport {
  dryRun: boolean;
  /** False: none was taken, see `errors`. */
  ok: boolean;
  rows: number;
  /** Outcomes that are new, and ones there already that are corrected. */
  entered: number;
  corrected: number;
  /** Said before, word for word; null before it is applied. */
  unchanged: number | null;
  /** At most 200 of `errorCount`. */
  errors: OutcomeImportError[];
  errorCount: number;
}

export interface OutcomeImportError {
  /** Line of the file, 1 = the header. */
  line: number;
  column: OutcomeFileColumn | null;
  /** A code of docs/errors.md. */
  code: string;
  message: Localised;
  fix?: Localised;
}

/** One thing somebody said about an outcome. */
export interface OutcomeEntryView {
  at: string;
  version: number;
  /** Null: not known any more (the audit log keeps it for a limited time), or a key or person that is gone. */
  by: { kind: 'user' | 'key' | 'system'; id: number | null; name: string | null } | null;
  /** What was said, as it came: `disposition`, `sale`, `callbackAt`, `note` (only that there is one), `cancelled` … */
  fields: Record<string, unknown>;
}

/** GET /outcomes/:id */
export interface OutcomeDetail extends OutcomeView {
  /** `me` for what people enter here, else the key it came with (`key:3`). */
  source: string;
  /** Oldest first. */
  entries: OutcomeEntryView[];
  /** What it adds to each measure, whoever gets it. */
  contribution: Record<string, number>;
}

/** GET /callbacks?agent=&state=&from=&to= (`outcomes:read`): `open` and not due yet, `due` (within the window), `missed`, `kept`. */
export type CallbackState = 'open' | 'due' | 'missed' | 'kept';
export interface CallbackView {
  outcomeId: string;
  at: string;
  state: CallbackState;
  agent: { id: number; name: string } | null;
  customer: string | null;
  customerId: string | null;
  campaign: { id: number; name: string };
  note: string | null;
}
