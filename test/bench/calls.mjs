/** Calls of a steady floor: four signed events each, posted at a fixed rate whatever the answers take. */
import http from 'node:http';
import { requestOf } from './events.mjs';

const EVENTS_PER_SECOND = 200;
const STATUSES = ['initiated', 'ringing', 'in-progress', 'completed'];
const connections = new http.Agent({ keepAlive: true, maxSockets: 32 });

const sid = (kind, number) => `CA${kind}${number.toString(16).padStart(31, '0')}`;
/** The leg to the customer, by which an outcome names its call. */
export const legOf = (number) => sid('c', number);

/** One event of a call that `agent` begins; `step`: 0 is its first, 3 its last. */
export function eventOf(number, step, agent) {
  const form = [
    ['AccountSid', `AC${'0'.repeat(32)}`],
    ['CallSid', legOf(number)],
    ['ParentCallSid', sid('a', number)],
    ['CallStatus', STATUSES[step]],
    ['Direction', 'outbound-dial'],
    ['From', '+861115400001'],
    ['To', `+86154${String(number).padStart(8, '0')}`],
    ['Timestamp', new Date().toUTCString().replace('GMT', '+0000')],
    ['SequenceNumber', String(step)],
    ...(step === 3 ? [['CallDuration', '1']] : []),
  ];
  return { rawTarget: `/webhooks/twilio/voice?agent=${agent}&campaign=bench`, form };
}

/**
 * Posts events in open loop: the time of each is fixed. Calls are numbered from `first` on, and `agentOf(number)` begins
 * them; there is a call `first - 1` already. Returns when each call's first event was sent.
 */
export async function postCalls(port, { seconds, first, agentOf }) {
  const sent = [];
  const answers = [];
  await steadily(EVENTS_PER_SECOND, EVENTS_PER_SECOND * seconds, (i) => {
    const [call, step] = [first + Math.floor(i / 4), i % 4];
    if (step === 0) sent.push(Date.now());
    // The other three events of earlier calls keep the fold busy with what floors mostly send.
    const number = step === 0 ? call : Math.max(first - 1, call - step);
    answers.push(post(port, eventOf(number, step, agentOf(number))));
  });
  await Promise.all(answers);
  return sent;
}

/** Calls `action` so many times a second, by the clock. */
export async function steadily(perSecond, times, action) {
  const begun = performance.now();
  for (let i = 0; i < times; i++) {
    const wait = begun + (i * 1000) / perSecond - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    action(i);
  }
}

export function post(port, webhook) {
  const { path, headers, body } = requestOf(webhook);
  const options = { port, host: '127.0.0.1', method: 'POST', path, headers, agent: connections };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      response.resume();
      if (response.statusCode !== 204) reject(new Error(`HTTP ${response.statusCode}`));
      else response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}
