import { Temporal } from 'temporal-polyfill';
import { hexId, type Leg } from '../simulator/index.js';
import type { InboundMapping, Mapping, OutboundMapping } from './replay-mapping.js';
import type { Table, TableRow } from './replay-table.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The legs of every row's call, the root leg first.
 * @throws Error naming the line that cannot be read; nothing is replayed from a file that is read wrongly
 */
export function callsOf(table: Table, mapping: Mapping): Leg[][] {
  const seen = new Set<string>();
  return table.rows.map((row) => {
    try {
      const key =
        mapping.key.length === 0 ? String(row.index) : mapping.key.map((column) => row.text(column)).join('|');
      if (seen.has(key)) throw new Error(`the key ${key} occurs twice`);
      seen.add(key);
      const sid = (leg: number): string => `CA${hexId(mapping.title, `${key}|${leg}`)}`;
      return mapping.topology === 'inbound' ? inboundLegs(row, mapping, sid) : outboundLegs(row, mapping, sid);
    } catch (error) {
      throw new Error(`Line ${row.line}: ${(error as Error).message}.`);
    }
  });
}

type SidOf = (leg: number) => string;

function outboundLegs(row: TableRow, mapping: OutboundMapping, sid: SidOf): Leg[] {
  const { answered: rule, ended: end } = mapping;
  const clock =
    'time' in rule ? row.secondOfDay(rule.time) : startOf(rule.from) + ((row.index * rule.rowTimes) % rule.modulo);
  const answered = instant(dateOf(row, mapping), clock, mapping.timeZone);
  const talk = 'time' in end ? row.secondOfDay(end.time) - clock : row.whole(end.duration);
  if (talk < 0) throw new Error(`the call ends ${-talk} s before it is answered`);
  const start = answered - mapping.ringSeconds;
  const agent = `client:${mapping.agent.prefix}${numberOf(row, mapping.agent.number) % mapping.agent.modulo}`;
  const { prefix, number, digits } = mapping.customer;
  const customer = prefix + String(numberOf(row, number)).padStart(digits, '0');
  const ended = answered + talk;
  const softphone = mapping.topology === 'softphone';
  const customerLeg: Leg = {
    ...leg(sid(softphone ? 1 : 0), softphone ? sid(0) : null, softphone ? 'outbound-dial' : 'outbound-api'),
    ...{ from: mapping.companyNumber, to: customer, initiated: start, ringing: start, answered, ended },
  };
  if (!softphone) {
    const child = leg(sid(1), sid(0), 'outbound-dial');
    const times = { initiated: answered, ringing: answered, answered, ended };
    return [customerLeg, { ...child, from: mapping.companyNumber, to: agent, ...times }];
  }
  const own = { initiated: start, ringing: start, answered: start, ended };
  return [{ ...leg(sid(0), null, 'inbound'), from: agent, to: customer, ...own }, customerLeg];
}

function inboundLegs(row: TableRow, mapping: InboundMapping, sid: SidOf): Leg[] {
  const entry = row.secondOfDay(mapping.start);
  const start = instant(dateOf(row, mapping), entry, mapping.timeZone);
  // A time of day smaller than the first one is after midnight.
  const later = (column: string): number => start + ((row.secondOfDay(column) - entry + 86_400) % 86_400);
  const menuEnd = start + Math.max(0, row.whole(mapping.menuSeconds));
  const queued = row.whole(mapping.queueSeconds);
  const outcome = row.text(mapping.outcome.column);
  const { prefix, column, digits, anonymous } = mapping.customer;
  const id = row.text(column);
  const from = id === anonymous ? 'Anonymous' : prefix + id.padStart(digits, '0');
  const caller = { ...leg(sid(0), null, 'inbound'), from, to: mapping.companyNumber };
  const ofCaller = (ended: number): Leg => ({ ...caller, initiated: start, ringing: start, answered: start, ended });
  const below = { ...leg(sid(1), sid(0), 'outbound-dial'), from };

  if (mapping.outcome.answered.includes(outcome)) {
    const unrecorded = row.text(mapping.service.start) === mapping.service.blank;
    const answered = unrecorded ? menuEnd + Math.max(0, queued) : later(mapping.service.start);
    const ended = answered + row.whole(mapping.service.seconds);
    const server = row.text(mapping.agent.column);
    const to = mapping.agent.none.includes(server) ? mapping.floorNumber : `client:${server}`;
    return [ofCaller(ended), { ...below, to, initiated: answered, ringing: answered, answered, ended }];
  }
  if (!mapping.outcome.left.includes(outcome) || queued <= 0) return [ofCaller(menuEnd)];
  // Left in the queue: offered to the floor as long as they waited, and taken by nobody.
  const ended = later(mapping.queueExit);
  const rung = Math.max(start, ended - queued);
  const offer = { ...below, to: mapping.floorNumber, initiated: rung, ringing: rung, answered: null, ended };
  return [ofCaller(ended), { ...offer, status: 'canceled', sipCode: '487' }];
}

function leg(sid: string, parent: string | null, direction: Leg['direction']) {
  return { sid, parent, direction, status: 'completed' as const, sipCode: direction === 'inbound' ? null : '200' };
}

function numberOf(row: TableRow, rule: { column: string } | { row: true }): number {
  return 'row' in rule ? row.index : row.whole(rule.column);
}

function startOf(text: string): number {
  const time = Temporal.PlainTime.from(text);
  return time.hour * 3_600 + time.minute * 60 + time.second;
}

function dateOf(row: TableRow, mapping: Mapping): Temporal.PlainDate {
  const rule = mapping.date;
  if ('format' in rule) {
    const text = row.text(rule.column);
    if (!/^\d{6}$/.test(text)) throw new Error(`column "${rule.column}": "${text}" is not a date written yymmdd`);
    const [year, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)].map(Number);
    return plainDate(rule.century + (year ?? 0), month ?? 0, day ?? 0);
  }
  const name = row.text(rule.month).toLowerCase();
  return plainDate(rule.year, MONTHS.indexOf(name) + 1, row.whole(rule.day));
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    throw new Error(`${year}-${month}-${day} is no date`);
  }
}

/** Wall-clock second of a local day → epoch seconds. Cached by minute: a data set has far fewer minutes than rows. */
const minutes = new Map<string, number>();
function instant(date: Temporal.PlainDate, secondOfDay: number, timeZone: string): number {
  const minute = Math.floor(secondOfDay / 60);
  const name = `${timeZone}|${date.toString()}|${minute}`;
  let known = minutes.get(name);
  if (known === undefined) {
    const plainTime = { hour: Math.floor(minute / 60), minute: minute % 60 };
    known = date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds / 1000;
    minutes.set(name, known);
  }
  return known + (secondOfDay % 60);
}
