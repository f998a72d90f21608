/** A floor written down by hand: calls, states and outcomes as they come in from outside, and what the API says of them. */
import { forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { KpiReport } from '../../src/shared/api.js';
import type { OutcomeInput, OutcomeReply } from '../../src/shared/outcomes.js';
import { eventually } from '../support/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { ACCOUNT, callback, type LegEvent, postSigned, sid } from '../support/twilio.js';

/** Epoch ms of a time of day. @param offset of the zone, e.g. +08:00 */
export function local(date: string, time: string, offset: string): number {
  return Date.parse(`${date}T${time}${offset}`);
}

export interface Spoken {
  start: number;
  /** Left out: nobody answered. */
  answer?: number;
  end: number;
  /** Of the customer's leg, where nobody answered. */
  status?: 'no-answer' | 'busy' | 'canceled' | 'failed';
  sip?: string;
  /** What answered, as detection says. */
  by?: string;
}

const HEADERS = { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': 'application/json' };

export class GoldenFloor {
  private server: TestServer | null = null;
  private marks = 0;
  private time: number;

  constructor(private readonly setting: { zone: string; now: string }) {
    this.time = Date.parse(setting.now);
  }

  async start(): Promise<void> {
    const clock = { now: () => this.time };
    this.server = await startTestServer({ clock, config: { orgTimeZone: this.setting.zone } });
  }

  passes(until: string): void {
    this.time = Date.parse(until);
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  get running(): TestServer {
    if (this.server === null) throw new Error('The floor was never started');
    return this.server;
  }

  number(customer: number): string {
    return `+86138000${String(10_000 + customer)}`;
  }

  /** An outbound call from a softphone: the customer's leg begins with the agent's. */
  async dial(name: string, agent: string, customer: number, spoken: Spoken): Promise<void> {
    const { start, answer, end, status, sip, by } = spoken;
    const to = this.number(customer);
    const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to };
    const leg = { leg: `${name}-customer`, parent: name, direction: 'outbound-dial', from: '+862100000001', to };
    const rang = status !== 'busy' && status !== 'failed';
    const result = status ?? 'completed';
    const extra: [string, string][] = sip === undefined ? [] : [['SipResponseCode', sip]];
    await this.report([
      { ...root, status: 'in-progress', at: start },
      { ...leg, status: 'initiated', at: start },
      ...(rang ? [{ ...leg, status: 'ringing', at: start, sequence: 1 }] : []),
      ...(answer === undefined ? [] : [{ ...leg, status: 'in-progress', at: answer, sequence: 2 }]),
      { ...leg, status: result, at: end, sequence: 3, duration: (end - (answer ?? end)) / 1_000, extra },
      { ...root, status: 'completed', at: end, sequence: 1, duration: (end - start) / 1_000 },
    ]);
    if (by === undefined) return;
    const form = [
      ['AccountSid', ACCOUNT],
      ['CallSid', sid(leg.leg)],
      ['AnsweredBy', by],
    ] as const;
    await this.post('/webhooks/twilio/amd', form);
  }

  /** A call that comes in and rings an agent two seconds later; without `answer` the customer hangs up. */
  async comesIn(name: string, agent: string, customer: number, { start, answer, end }: Spoken): Promise<void> {
    const root = { leg: name, direction: 'inbound', from: this.number(customer), to: '+862100000001' };
    const leg = {
      leg: `${name}-agent`,
      parent: name,
      direction: 'outbound-dial',
      from: root.from,
      to: `client:${agent}`,
    };
    const talk = (end - (answer ?? end)) / 1_000;
    await this.report([
      { ...root, status: 'ringing', at: start },
      { ...leg, status: 'ringing', at: start + 2_000 },
      ...(answer === undefined
        ? []
        : [
            { ...root, status: 'in-progress', at: start, sequence: 1 },
            { ...leg, status: 'in-progress', at: answer, sequence: 1 },
          ]),
      { ...leg, status: answer === undefined ? 'canceled' : 'completed', at: end, sequence: 2, duration: talk },
      { ...root, status: 'completed', at: end, sequence: 2, duration: (end - start) / 1_000 },
    ]);
  }

  async report(events: LegEvent[]): Promise<void> {
    for (const event of events) await this.post('/webhooks/twilio/voice', callback(event));
  }

  /** A worker changes to an activity, as TaskRouter tells it. */
  async activity(agent: string, name: string, at: number): Promise<void> {
    await this.post('/webhooks/twilio/taskrouter', [
      ['AccountSid', ACCOUNT],
      ['EventType', 'worker.activity.update'],
      ['ResourceType', 'worker'],
      ['ResourceSid', `WK${sid(agent).slice(2)}`],
      ['Sid', `EV${String(++this.marks).padStart(32, '0')}`],
      ['Timestamp', String(Math.floor(at / 1_000))],
      ['TimestampMs', String(at)],
      ['WorkerSid', `WK${sid(agent).slice(2)}`],
      ['WorkerName', agent],
      ['WorkerAttributes', JSON.stringify({ contact_uri: `client:${agent}` })],
      ['WorkerActivityName', name],
    ]);
  }

  /** `call` is the name of a call here. */
  async outcomes(inputs: OutcomeInput[]): Promise<void> {
    const named = inputs.map((input) => (input.call === undefined ? input : { ...input, call: sid(input.call) }));
    const replies = await this.send<OutcomeReply[]>('POST', '/api/v1/outcomes', named);
    expect(replies.map(({ result }) => result)).toEqual(inputs.map(() => 'accepted'));
  }

  /** Customers to their owner, by the name of the agent, from an instant on. */
  async own(owners: Record<number, string>, from: string): Promise<void> {
    for (const [customer, agent] of Object.entries(owners)) {
      const agentId = await this.agentId(agent);
      await this.send('PUT', '/api/v1/owners', { number: this.number(Number(customer)), agentId, from });
    }
  }

  async agentId(name: string): Promise<number> {
    await this.running.folded();
    const { rows } = await this.running.db.pool.query<{ id: number }>('SELECT id FROM agent WHERE name = $1', [name]);
    const [row] = rows;
    if (row === undefined) throw new Error(`There is no agent ${name}`);
    return row.id;
  }

  /** Everything is folded, and the windows of so many callbacks are over. */
  async settled({ callbacks = 0 }: { callbacks?: number } = {}): Promise<void> {
    await eventually(
      async () => {
        await this.running.folded();
        const { rows } = await this.running.db.pool.query<{ due: string }>(
          'SELECT coalesce(sum(callbacks_due), 0) AS due FROM rollup_day',
        );
        return Number(rows[0]?.due) === callbacks;
      },
      { withinMs: 40_000, what: 'the windows of callbacks to be over' },
    );
  }

  /** What is done once a minute for calls nobody reported the end of. */
  async closeStale(): Promise<void> {
    await this.running.folded();
    await this.running.server.core.stale.run();
    await this.running.folded();
  }

  kpis(query: string): Promise<KpiReport> {
    return this.running.kpis(query);
  }

  async verify(): Promise<{ clean: boolean; differences: number; examples?: unknown }> {
    const { core } = this.running.server;
    const report = await verify(core.database, core.keys, { bodies: true });
    const clean = report.differences === 0 && report.counts.pending === 0;
    return { clean, differences: report.differences, ...(clean ? {} : { examples: report.examples }) };
  }

  async rebuild(): Promise<void> {
    const { core } = this.running.server;
    await forgetFacts(core.database);
    core.fold.wake();
    await this.running.folded();
  }

  async send<T>(method: string, path: string, body: unknown): Promise<T> {
    const response = await fetch(this.running.url + path, { method, headers: HEADERS, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text) as T;
  }

  private async post(target: string, form: readonly (readonly [string, string])[]): Promise<void> {
    const answer = await postSigned(this.running.url, target, form);
    expect([target, answer.status < 300]).toEqual([target, true]);
  }
}
