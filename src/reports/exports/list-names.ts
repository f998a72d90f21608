/** Names that rows of a long list refer to, read once for the whole list. */
import type { CustomerNumbers } from '../../customers/index.js';
import type { Reading } from './one-moment.js';

export interface DispositionName {
  key: string;
  en: string;
  zh: string;
}

export interface ListNames {
  agents: ReadonlyMap<number, string>;
  teams: ReadonlyMap<number, string>;
  campaigns: ReadonlyMap<number, string>;
  dispositions: ReadonlyMap<number, DispositionName>;
}

export async function loadNames(db: Reading): Promise<ListNames> {
  const names = async (table: 'agent' | 'team' | 'campaign') => {
    const { rows } = await db.query<{ id: number; name: string }>(`SELECT id, name FROM ${table}`);
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  const [agents, teams, campaigns] = [await names('agent'), await names('team'), await names('campaign')];
  const { rows } = await db.query<DispositionName & { id: number }>(
    'SELECT id, key, name_en AS en, name_zh AS zh FROM disposition',
  );
  return { agents, teams, campaigns, dispositions: new Map(rows.map((row) => [row.id, row])) };
}

export type NumberReader = (refs: readonly (string | null)[]) => Promise<Map<string, string>>;

/** Numbers by surrogate id, masked or in full; who was erased is not in it. */
export function numberReader(
  db: Reading,
  numbers: Pick<CustomerNumbers, 'inClear' | 'masked'>,
  full: boolean,
): NumberReader {
  return (refs) => (full ? numbers.inClear(db, refs) : numbers.masked(db, refs));
}
