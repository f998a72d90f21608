/**
 * One verified TaskRouter event callback → one presence event. Pure.
 *
 * What a worker does is their activity (a stream for each worker) and, above it, their reservations (a stream for each):
 * accepted begins a call or another task, wrap-up follows, completed ends both. Everything else TaskRouter reports (tasks,
 * queues, workflows, offers that nobody took) says nothing about what somebody does and is acknowledged and passed over.
 */
import { hash } from 'node:crypto';
import type { PresenceTold, TranslatedPresence } from '../../presence/index.js';
import { hasControlCharacter } from './party.js';
import { signedContent } from './signature.js';

export const TASKROUTER_PARK_REASONS = [
  'account_sid_invalid',
  'account_sid_missing',
  'activity_missing',
  'event_type_missing',
  'event_type_unknown',
  'parameter_repeated',
  'reservation_sid_missing',
  'timestamp_future',
  'worker_sid_missing',
] as const;
export type TaskRouterParkReason = (typeof TASKROUTER_PARK_REASONS)[number];

/** `passed`: acknowledged, nothing to keep. */
export type TaskRouterTranslation =
  | { ok: true; event: TranslatedPresence }
  | { ok: false; reason: TaskRouterParkReason; field?: string }
  | 'passed';

type Params = readonly (readonly [string, string])[];
type Parked = Extract<TaskRouterTranslation, { ok: false }>;

const FUTURE_TOLERANCE_MS = 24 * 3_600_000;
const NAME_LENGTH_MAX = 128;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{3,100}$/;
const KINDS = /^(task|task-queue|task-channel|reservation|worker|workflow|activity|workspace)\./;

const RESERVATIONS: Record<string, PresenceTold['state']> = {
  'reservation.accepted': 'on_call',
  'reservation.wrapup': 'wrap_up',
  'reservation.completed': 'offline',
  'reservation.canceled': 'offline',
  'reservation.rescinded': 'offline',
  'reservation.failed': 'offline',
};

const READ_PARAMETERS = new Set([
  'AccountSid',
  'EventType',
  'ReservationSid',
  'Sid',
  'Timestamp',
  'TimestampMs',
  'WorkerActivityName',
  'WorkerAttributes',
  'WorkerName',
  'WorkerSid',
  'WorkerVersion',
]);

/** @param receivedAt epoch ms */
export function translateTaskRouter(form: Params, receivedAt: number): TaskRouterTranslation {
  const values = new Map<string, string>();
  for (const [name, value] of form) {
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, value);
    else if (earlier !== value && READ_PARAMETERS.has(name)) return park('parameter_repeated', name);
  }
  const type = values.get('EventType') ?? '';
  if (type === '') return park('event_type_missing', 'EventType');
  if (!KINDS.test(type)) return park('event_type_unknown', 'EventType');
  const said = saidBy(type, values);
  if (said === 'passed' || 'reason' in said) return said;
  const account = values.get('AccountSid') ?? '';
  if (account === '') return park('account_sid_missing', 'AccountSid');
  if (!ID.test(account)) return park('account_sid_invalid', 'AccountSid');
  const occurredAt = timeOf(values);
  if (occurredAt !== null && occurredAt > receivedAt + FUTURE_TOLERANCE_MS)
    return park('timestamp_future', 'Timestamp');
  return {
    ok: true,
    event: {
      provider: 'twilio',
      account,
      type: said.type,
      legId: said.stream,
      parentLegId: null,
      agentParam: nameOf(values.get('WorkerName')),
      campaignParam: null,
      told: said.told,
      occurredAt,
      from: contactOf(values.get('WorkerAttributes')),
      to: { kind: 'none' },
      dedupKey: dedupKey(account, values, form),
    },
  };
}

type Said = Pick<TranslatedPresence, 'type' | 'told'> & { stream: string };

function saidBy(type: string, values: Map<string, string>): Said | Parked | 'passed' {
  const reservation = RESERVATIONS[type];
  const status = type === 'worker.activity.update' || type === 'worker.created' || type === 'worker.deleted';
  if (reservation === undefined && !status) return 'passed';
  const worker = values.get('WorkerSid') ?? '';
  if (!ID.test(worker)) return park('worker_sid_missing', 'WorkerSid');
  if (reservation !== undefined) {
    const sid = values.get('ReservationSid') ?? '';
    if (!ID.test(sid)) return park('reservation_sid_missing', 'ReservationSid');
    return { type: 'presence.task', stream: `task|${sid}`, told: { state: reservation, worker } };
  }
  const stream = `worker|${worker}`;
  const version = values.get('WorkerVersion') ?? '';
  const sequence = /^\d{1,9}$/.test(version) ? { sequence: Number(version) } : {};
  if (type === 'worker.deleted')
    return { type: 'presence.state', stream, told: { state: 'offline', worker, ...sequence } };
  const activity = nameOf(values.get('WorkerActivityName'));
  if (activity === null) return park('activity_missing', 'WorkerActivityName');
  return { type: 'presence.state', stream, told: { activity, worker, ...sequence } };
}

/** Milliseconds where they are given, else whole seconds; null when neither can be read. */
function timeOf(values: Map<string, string>): number | null {
  const ms = values.get('TimestampMs') ?? '';
  if (/^\d{12,14}$/.test(ms)) return Number(ms);
  const seconds = values.get('Timestamp') ?? '';
  return /^\d{9,11}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

/** A name that cannot be kept is none: the id of the worker is enough. */
function nameOf(text: string | undefined): string | null {
  const name = (text ?? '').trim();
  return name === '' || name.length > NAME_LENGTH_MAX || hasControlCharacter(name) ? null : name;
}

/** The softphone of a Flex worker: `contact_uri` of their attributes. Nothing else of them is kept. */
function contactOf(attributes: string | undefined): TranslatedPresence['from'] {
  const uri = contactUri(attributes ?? '');
  const identity = nameOf(/^client:(.*)$/s.exec(uri)?.[1]);
  return identity === null ? { kind: 'none' } : { kind: 'client', identity };
}

function contactUri(attributes: string): string {
  try {
    const read: unknown = JSON.parse(attributes);
    const uri = typeof read === 'object' && read !== null && 'contact_uri' in read ? read.contact_uri : '';
    return typeof uri === 'string' ? uri : '';
  } catch {
    return '';
  }
}

/** The event's own id; where a compatible system gives none, all it signed. */
function dedupKey(account: string, values: Map<string, string>, form: Params): Buffer {
  const sid = values.get('Sid') ?? '';
  const own = ID.test(sid) ? `sid|${account}|${sid}` : `content|${signedContent(form)}`;
  return hash('sha256', `twilio|taskrouter|${own}`, 'buffer');
}

function park(reason: TaskRouterParkReason, field: string): Parked {
  return { ok: false, reason, field };
}
