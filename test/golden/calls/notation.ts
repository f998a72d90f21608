/**
 * A call written down as people read it, one report a line:
 *
 *   leg  parent  direction  from  to  time (UTC)  what  [duration=61] [agent=x] [campaign=x] [by=human]
 *
 * `-` is nothing; parties are client:x, sip:x, tel:n or anonymous; `what` is a progress, a result, `amd` or `stale`.
 */
import type { OracleEvent, OracleSums, Party, Result } from '../../oracle/index.js';

export interface GoldenCase {
  name: string;
  /** Date of the times of day, UTC. */
  date: string;
  /** Reports, and the sums once they are in; further steps add to what came before. */
  steps: { reports: string; sums: OracleSums }[];
}

const PROGRESS: Record<string, OracleEvent['type']> = {
  initiated: 'leg.initiated',
  ringing: 'leg.ringing',
  answered: 'leg.answered',
  amd: 'leg.analysis',
  stale: 'call.stale',
};

function party(text: string): Party {
  const [kind = '', value = ''] = text.split(':');
  if (kind === 'tel') return { kind, ref: value };
  if (kind === 'client' || kind === 'sip') return { kind, identity: value };
  return kind === 'anonymous' ? { kind } : { kind: 'none' };
}

function report(line: string, date: string): OracleEvent {
  const [leg = '', parent = '', direction = '', from = '', to = '', time = '', what = '', ...rest] = line.split(/\s+/);
  const more = new Map(rest.map((pair) => pair.split('=') as [string, string]));
  const type = PROGRESS[what] ?? 'leg.ended';
  const seconds = more.get('duration');
  const bare = type === 'leg.analysis' || type === 'call.stale';
  return {
    provider: 'twilio',
    account: 'AC1',
    type,
    legId: leg,
    parentLegId: parent === '-' ? null : parent,
    direction: bare || direction === '-' ? null : (direction as OracleEvent['direction']),
    sequence: null,
    result: type === 'leg.ended' ? (what as Result) : null,
    durationMs: seconds === undefined ? null : Number(seconds) * 1_000,
    answeredBy: (more.get('by') as OracleEvent['answeredBy']) ?? null,
    agentParam: more.get('agent') ?? null,
    campaignParam: more.get('campaign') ?? null,
    occurredAt: Date.parse(`${date}T${time}Z`),
    occurredAtReceived: false,
    from: party(from),
    to: party(to),
  };
}

export function eventsOf(reports: string, date: string): OracleEvent[] {
  return reports
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => report(line, date));
}

/** Of an answered attempt without detection, in a campaign that assumes a person. */
export const answered = { dials: 1, connects: 1, connects_ended: 1, humans: 1 };

/** A click-to-dial call of one agent, answered at once; the agent's leg is not reported in detail. */
export const dial = (agent: string, from: string, talk: string, to: string, more = ''): string => `
  A - outbound-api  tel:901 client:${agent} ${from} answered
  B A outbound-dial tel:901 tel:101 ${from} initiated ${more}
  B A outbound-dial tel:901 tel:101 ${from} ringing ${more}
  B A outbound-dial tel:901 tel:101 ${talk} answered ${more}
  B A outbound-dial tel:901 tel:101 ${to} completed ${more}`;
