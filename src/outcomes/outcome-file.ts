/** A file of outcomes as what would be posted. Pure; what is wrong with a row is given with it. */
import { OutcomeInputSchema } from '../calls/index.js';
import { AppError, type CsvRow, csvLine } from '../platform/index.js';
import { OUTCOME_FILE_COLUMNS, type OutcomeFileColumn, type OutcomeInput } from '../shared/outcomes.js';

/** What cells are read with. */
export interface FileGround {
  isAgent: (id: number) => boolean;
  /** Currency of a campaign by its key; of none: the organisation's. */
  currencyOf: (campaign: string | undefined) => string;
}

export type ReadRow =
  | { line: number; input: OutcomeInput }
  | { line: number; column: OutcomeFileColumn | null; error: AppError };

const BOM = '\ufeff';
/** Fields of the API by the columns they come from. */
const COLUMN_OF: Readonly<Record<string, OutcomeFileColumn>> = {
  externalId: 'external_id',
  version: 'version',
  at: 'at',
  agentId: 'agent',
  agent: 'agent',
  call: 'call',
  customer: 'customer',
  campaign: 'campaign',
  disposition: 'disposition',
  sale: 'amount',
  'sale.currency': 'currency',
  callbackAt: 'callback_at',
  note: 'note',
  cancelled: 'cancelled',
};

/** The column a field of the API stands for, e.g. of an error. */
export function columnOf(field: string | undefined): OutcomeFileColumn | null {
  if (field === undefined) return null;
  return COLUMN_OF[field] ?? COLUMN_OF[field.split('.')[0] ?? ''] ?? null;
}

export function readOutcomeRow({ line, cells }: CsvRow<OutcomeFileColumn>, ground: FileGround): ReadRow {
  try {
    return { line, input: inputOf(cells, ground) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { line, column: columnOf(error.field), error };
  }
}

function inputOf(cells: ReadonlyMap<OutcomeFileColumn, string>, ground: FileGround): OutcomeInput {
  const given: Record<string, unknown> = {};
  const take = (column: OutcomeFileColumn, field: string, read: (text: string) => unknown = (text) => text): void => {
    const text = cells.get(column);
    if (text !== undefined) given[field] = read(text);
  };
  take('external_id', 'externalId');
  take('version', 'version', (text) => (/^\d{1,15}$/.test(text) ? Number(text) : text));
  take('at', 'at');
  const agent = cells.get('agent');
  if (agent !== undefined) {
    if (/^\d{1,9}$/.test(agent) && ground.isAgent(Number(agent))) given.agentId = Number(agent);
    else given.agent = agent;
  }
  take('call', 'call');
  take('customer', 'customer');
  take('campaign', 'campaign');
  take('disposition', 'disposition');
  const currency = cells.get('currency')?.toUpperCase();
  take('amount', 'sale', (text) => ({
    amountMinor: minorOf(text, currency ?? ground.currencyOf(cells.get('campaign'))),
    ...(currency === undefined ? {} : { currency }),
  }));
  take('callback_at', 'callbackAt');
  take('note', 'note');
  take('cancelled', 'cancelled', (text) => text.toLowerCase() === 'true' || text);
  const parsed = OutcomeInputSchema.safeParse(given);
  if (parsed.success) return parsed.data as OutcomeInput;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'externalId';
  throw new AppError('request_invalid', {
    field,
    params: { reason: `${columnOf(field) ?? field}: ${issue?.message ?? 'not valid'}` },
  });
}

/** "1,299.5" in major units of the currency. */
function minorOf(text: string, currency: string): number {
  const decimals = decimalsOf(currency);
  const found = /^(\d{1,12})(?:\.(\d*))?$/.exec(text.normalize('NFKC').replace(/[,\s]/g, ''));
  const [, whole = '', fraction = ''] = found ?? [];
  if (found === null || fraction.replace(/0+$/, '').length > decimals) {
    throw new AppError('request_invalid', {
      field: 'sale',
      params: { reason: `amount: must be an amount such as 1299.50 with at most ${decimals} decimals` },
    });
  }
  return Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

function decimalsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    throw new AppError('request_invalid', {
      field: 'sale.currency',
      params: { reason: 'currency: must be three capital letters such as CNY' },
    });
  }
}

/** The header and one row that shows how it is filled in. */
export function outcomesTemplate(): string {
  const example = [
    'crm-10086',
    '1',
    '2026-03-14T15:30:00+08:00',
    'wang.xiaoming',
    '',
    '+8613800001234',
    '',
    'sale',
    '1299.50',
    '',
    '',
    '客户要求周一送达',
    '',
  ];
  return `${BOM}${csvLine(OUTCOME_FILE_COLUMNS)}${csvLine(example)}`;
}
