import { hexId, type Leg, type Postable, type Random } from '../simulator/index.js';
import type { Mapping } from './replay-mapping.js';
import type { Table } from './replay-table.js';

const TARGET = '/api/v1/outcomes';

/** What is entered about one row: in the order of versions; the last one is right. */
export type RowOutcomes = Postable[];

/**
 * One sale for each row that has one, at the end of its call. `wrong`: share of all rows about which something wrong is said
 * first and corrected by a higher version: of a sale that it is cancelled, of no sale that it is one.
 */
export function outcomesOf(
  table: Table,
  mapping: Mapping,
  calls: readonly Leg[][],
  { random, wrong }: { random: Random; wrong: number },
): RowOutcomes[] {
  if (mapping.topology === 'inbound' || mapping.sale === undefined) return [];
  const { column, is, names } = mapping.sale;
  const softphone = mapping.topology === 'softphone';
  return table.rows.map((row, i) => {
    const leg = calls[i]?.[softphone ? 1 : 0];
    if (leg === undefined) return [];
    const sold = row.text(column) === is;
    const externalId = hexId(mapping.title, `${leg.sid}|sale`);
    const whose = names === 'call' ? { call: leg.sid } : { customer: leg.to };
    const sale = { at: new Date(leg.ended * 1_000).toISOString(), ...whose, sale: { amountMinor: 0 } };
    const say = (version: number, fields: object): Postable => ({
      rawTarget: TARGET,
      json: { externalId, version, ...fields },
    });
    if (!random.chance(wrong)) return sold ? [say(1, sale)] : [];
    return sold
      ? [say(1, { ...sale, cancelled: true }), say(2, { cancelled: false })]
      : [say(1, sale), say(2, { cancelled: true })];
  });
}
