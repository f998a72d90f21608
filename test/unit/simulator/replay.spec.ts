// Proves: the mapping files turn the three real data sets into callbacks which, shuffled and with 20 % repeated, the
// product's pure core folds into exactly the calls, agents, hours and seconds the independent oracle counts; and a
// mapping or a file that cannot be read says what is wrong and where.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallShape } from '../../../src/calls/index.js';
import { callbacksOf } from '../../../src/cli/replay.js';
import { callsOf } from '../../../src/cli/replay-calls.js';
import { parseMapping } from '../../../src/cli/replay-mapping.js';
import { parseTable } from '../../../src/cli/replay-table.js';
import { LEG_EVENTS, type LegEvent } from '../../../src/simulator/index.js';
import { anonymousBank } from '../../golden/oracle/anonymous-bank.mjs';
import { bank, carInsurance } from '../../golden/oracle/outbound.mjs';
import { testDataFolder } from '../../golden/test-data.mjs';
import { foldCalls } from '../../simulator/fold-calls.js';

const RECEIVED = Date.parse('2026-11-22T00:00:00Z');
const folder = testDataFolder('that the replayed real data sets fold into what the oracle counts');
const mappingText = (name: string) => readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8');

function replayed(file: string, mappingName: string, events: readonly LegEvent[] = LEG_EVENTS): CallShape[] {
  const mapping = parseMapping(mappingText(mappingName), mappingName);
  const calls = callsOf(parseTable(readFileSync(join(folder ?? '', file), 'utf8'), mapping.separator), mapping);
  const options = { events: [...events], shuffle: true, seed: '7', duplicates: 0.2 };
  return [...foldCalls(callbacksOf(calls, mapping.account, options), RECEIVED).values()];
}

const agentOf = (call: CallShape) => call.owner.find(({ scheme }) => scheme === 'identity')?.value ?? 'unassigned';
const hourOf = (call: CallShape) => new Date(Math.floor(call.startedAt / 3_600_000) * 3_600_000).toISOString();

function outboundTotals(calls: CallShape[], keyOf: (call: CallShape) => string) {
  const totals: Record<string, { dials: number; connects: number; talk_s: number }> = {};
  for (const call of calls) {
    const key = keyOf(call);
    totals[key] ??= { dials: 0, connects: 0, talk_s: 0 };
    const row = totals[key];
    if (call.direction === 'outbound' && call.counted) row.dials++;
    if (call.outcome === 'answered') row.connects++;
    row.talk_s += call.talkMs / 1000;
  }
  return totals;
}

function inboundTotals(calls: CallShape[], keyOf: (call: CallShape) => string) {
  const totals: Record<string, Record<string, number>> = {};
  for (const call of calls.filter(({ counted }) => counted)) {
    const zero = { inbound: 0, inbound_answered: 0, inbound_abandoned: 0, inbound_talk_s: 0 };
    const key = keyOf(call);
    totals[key] ??= zero;
    const row = totals[key];
    row.inbound = (row.inbound ?? 0) + 1;
    const ended = call.outcome === 'answered' ? 'inbound_answered' : 'inbound_abandoned';
    row[ended] = (row[ended] ?? 0) + 1;
    row.inbound_talk_s = (row.inbound_talk_s ?? 0) + call.talkMs / 1000;
  }
  return totals;
}

/** Sales are posted beside the calls; here only calls are folded. */
function withoutSales(totals: ReturnType<typeof carInsurance>['byAgent']): ReturnType<typeof outboundTotals> {
  return Object.fromEntries(
    Object.entries(totals).flatMap(([key, { dials, connects, talk_s }]) =>
      dials > 0 ? [[key, { dials, connects, talk_s }]] : [],
    ),
  );
}

(folder === null ? describe.skip : describe)('real data, replayed', () => {
  it.each([
    ['carInsurance_train.csv', 'car-insurance.mapping.json', carInsurance, LEG_EVENTS],
    ['carInsurance_train.csv', 'car-insurance.mapping.json', carInsurance, ['completed']],
    ['bank.csv', 'bank.mapping.json', bank, LEG_EVENTS],
  ] as const)('%s by agent and by hour (%s)', (file, mappingName, oracle, events) => {
    const calls = replayed(file, mappingName, events);
    const expected = oracle(folder ?? '');
    expect(outboundTotals(calls, agentOf)).toEqual(withoutSales(expected.byAgent));
    // Of the end alone the ring cannot be known, so a call may begin up to its five seconds later, in the next hour.
    if (events.length > 1) expect(outboundTotals(calls, hourOf)).toEqual(withoutSales(expected.byHour));
    expect(calls.filter(({ incomplete }) => incomplete.length > 0)).toHaveLength(events.length > 1 ? 0 : calls.length);
  });

  it('anonymous bank by agent and by hour, from the ends of the legs alone', () => {
    const calls = replayed('anonymous-bank-february-1999.tsv', 'anonymous-bank.mapping.json', ['completed']);
    const expected = anonymousBank(folder ?? '');
    expect(calls).toHaveLength(expected.rows.all);
    expect(inboundTotals(calls, agentOf)).toEqual(expected.byAgent);
    expect(inboundTotals(calls, hourOf)).toEqual(expected.byHour);
  });
});

describe('what cannot be replayed', () => {
  const mapping = parseMapping(mappingText('car-insurance.mapping.json'), 'm');
  const header = 'Id,LastContactDay,LastContactMonth,CallStart,CallEnd';
  const read = (...lines: string[]) => callsOf(parseTable([header, ...lines].join('\r\n'), ','), mapping);

  it('is a mapping with mistakes, each named', () => {
    expect(() => parseMapping('{', 'x.json')).toThrow('Mapping x.json is not JSON');
    expect(() => parseMapping('{"topology":"carrier pigeon"}', 'x.json')).toThrow(
      /x\.json cannot be used:\n.*topology/s,
    );
    const wrong = {
      ...JSON.parse(mappingText('bank.mapping.json')),
      timeZone: 'Europe/Atlantis',
      ringSeconds: -1,
      extra: 1,
    };
    const attempt = () => parseMapping(JSON.stringify(wrong), 'x.json');
    for (const part of [/timeZone: .*IANA/, /ringSeconds: /, /extra/]) expect(attempt).toThrow(part);
  });

  it('is a file with a row that cannot be read, by its line', () => {
    expect(read('1,28,jan,13:45:20,13:46:30')).toHaveLength(1);
    expect(() => read('1,28,jan,13:45:20,13:46:30', '2,30,feb,13:45:20,13:46:30')).toThrow(
      'Line 3: 2024-2-30 is no date.',
    );
    expect(() => read('1,28,jan,25:45:20,13:46:30')).toThrow(
      'Line 2: column "CallStart": "25:45:20" is not a time of day',
    );
    expect(() => read('1,28,jan,13:45:20,13:45:10')).toThrow('Line 2: the call ends 10 s before it is answered.');
    expect(() => read('1,28,jan,13:45:20')).toThrow('line 2 has 4 cells, the header has 5');
    expect(() => read('1,1,jan,09:00:00,09:01:00', '1,2,jan,09:00:00,09:01:00')).toThrow('the key 1 occurs twice');
    expect(() => callsOf(parseTable('a\n1', ','), mapping)).toThrow('there is no column "Id"; there are: a');
  });

  it('reads quotes, both line ends and a byte order mark', () => {
    const { columns, rows } = parseTable('\uFEFF"a";b\r\n"x ""y"";z";2\n', ';');
    expect(columns).toEqual(['a', 'b']);
    expect(rows[0]?.text('a')).toBe('x "y";z');
    expect(rows[0]?.whole('b')).toBe(2);
  });
});
