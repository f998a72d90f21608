// Proves: the independent totals of the real data files, which the replayed product is compared with, are the ones
// published with the data: to the call, to the second.
import { readFileSync } from 'node:fs';
import { anonymousBank } from '../../golden/oracle/anonymous-bank.mjs';
import { bank, carInsurance } from '../../golden/oracle/outbound.mjs';
import { hourOf, localToEpoch } from '../../golden/oracle/zone.mjs';
import { testDataFolder } from '../../golden/test-data.mjs';

const literal = JSON.parse(readFileSync(new URL('../../golden/oracle/literal-totals.json', import.meta.url), 'utf8'));
const folder = testDataFolder('that the oracle agrees with the published totals of the three real data sets');

/** Sum of one figure over all keys of a grouping. */
function over(group: Record<string, Record<string, number>>, figure: string): number {
  return Object.values(group).reduce((sum, row) => sum + (row[figure] ?? 0), 0);
}

describe('zone arithmetic of the oracle', () => {
  it.each([
    ['America/New_York', 2024, 3, 9, 36_000, '2024-03-09T15:00:00.000Z'],
    ['America/New_York', 2024, 3, 10, 36_000, '2024-03-10T14:00:00.000Z'],
    ['America/New_York', 2024, 11, 3, 36_000, '2024-11-03T15:00:00.000Z'],
    ['Europe/Lisbon', 2010, 7, 1, 0, '2010-06-30T23:00:00.000Z'],
    ['Asia/Jerusalem', 1999, 2, 28, 90_000, '1999-02-28T23:00:00.000Z'],
  ] as const)('%s %i-%i-%i +%i s', (zone, year, month, day, second, expected) => {
    expect(hourOf(localToEpoch(zone, year, month, day, second))).toBe(expected);
  });
});

(folder === null ? describe.skip : describe)('totals straight from the files', () => {
  const data = folder ?? '';

  it('car insurance', () => {
    const { total, byAgent, byHour } = carInsurance(data);
    expect(total).toEqual(literal.carInsurance);
    expect(Object.keys(byAgent)).toHaveLength(20);
    for (const group of [byAgent, byHour]) {
      expect(over(group, 'talk_s')).toBe(total.talk_s);
      expect(over(group, 'dials')).toBe(total.dials);
    }
  });

  it('bank', () => {
    const { total, byMonth, byHour } = bank(data);
    const { byMonth: months, ...totals } = literal.bank;
    expect(total).toEqual(totals);
    for (const month of ['may', 'mar']) expect(byMonth[month]).toMatchObject(months[month]);
    expect(over(byHour, 'talk_s')).toBe(total.talk_s);
  });

  it('anonymous bank', () => {
    const { total, byAgent, byHour, byLocalHour, rows } = anonymousBank(data);
    const { rows: literalRows, byAgent: agents, offeredByLocalHour, ...totals } = literal.anonymousBank;
    expect(total).toEqual(totals);
    expect(rows).toEqual(literalRows);
    for (const agent of Object.keys(agents)) expect(byAgent[agent]).toMatchObject(agents[agent]);
    for (const hour of Object.keys(offeredByLocalHour))
      expect(byLocalHour[hour]?.inbound).toBe(offeredByLocalHour[hour]);
    expect(over(byHour, 'inbound_talk_s')).toBe(total.inbound_talk_s);
    expect(over(byAgent, 'inbound')).toBe(total.inbound);
  });
});
