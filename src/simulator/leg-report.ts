/** What Twilio reports of one leg: its status callbacks, field by field. */

/** One leg of a call as Twilio sees it. Times are epoch seconds; null where it did not happen. */
export interface Leg {
  sid: string;
  parent: string | null;
  direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  from: string;
  to: string;
  initiated: number;
  ringing: number | null;
  answered: number | null;
  ended: number;
  status: 'completed' | 'no-answer' | 'busy' | 'failed' | 'canceled';
  sipCode: string | null;
}

/** The four events a status callback can be subscribed to. */
export const LEG_EVENTS = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type LegEvent = (typeof LEG_EVENTS)[number];

export interface LegProgress {
  event: LegEvent;
  /** `CallStatus` on the wire. */
  status: string;
  /** Epoch seconds. */
  at: number;
  /** Counts the subscribed events only. */
  sequence: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Body as sent: form encoding, spaces as `+`. */
export function rawBodyOf(webhook: { form: readonly (readonly [string, string])[] }): string {
  const body = new URLSearchParams();
  for (const [name, value] of webhook.form) body.append(name, value);
  return body.toString();
}

/** Progress of a leg in order, as far as subscribed to. */
export function progressOf(leg: Leg, subscribed: readonly LegEvent[] = LEG_EVENTS): LegProgress[] {
  const all: Omit<LegProgress, 'sequence'>[] = [{ event: 'initiated', status: 'initiated', at: leg.initiated }];
  if (leg.ringing !== null) all.push({ event: 'ringing', status: 'ringing', at: leg.ringing });
  if (leg.answered !== null) all.push({ event: 'answered', status: 'in-progress', at: leg.answered });
  all.push({ event: 'completed', status: leg.status, at: leg.ended });
  return all.filter(({ event }) => subscribed.includes(event)).map((one, sequence) => ({ ...one, sequence }));
}

/** @param places whether to add the (mostly empty) place fields and aliases that Twilio sends for numbers */
export function progressForm(leg: Leg, progress: LegProgress, account: string, places: boolean): [string, string][] {
  const form: [string, string][] = [
    ['AccountSid', account],
    ['ApiVersion', '2010-04-01'],
    ['CallSid', leg.sid],
    ['CallStatus', progress.status],
    ['CallbackSource', 'call-progress-events'],
    ['Direction', leg.direction],
    ['From', leg.from],
    ['SequenceNumber', String(progress.sequence)],
    ['Timestamp', rfc2822(progress.at)],
    ['To', leg.to],
  ];
  if (places) form.push(['Called', leg.to], ['Caller', leg.from], ...placesOf(leg));
  if (leg.parent !== null) form.push(['ParentCallSid', leg.parent]);
  if (progress.event === 'completed') {
    const connected = leg.answered === null ? 0 : leg.ended - leg.answered;
    // Seconds and billed minutes, as Twilio names them.
    form.push(['CallDuration', String(connected)], ['Duration', String(Math.ceil(connected / 60))]);
    if (leg.sipCode !== null) form.push(['SipResponseCode', leg.sipCode]);
  }
  return form;
}

/** Legs of the telephone network carry places, mostly empty and each twice. */
function placesOf(leg: Leg): [string, string][] {
  const found: [string, string][] = [];
  for (const [names, end] of [
    [['From', 'Caller'], leg.from],
    [['To', 'Called'], leg.to],
  ] as const) {
    if (end.startsWith('client:')) continue;
    for (const name of names) {
      found.push([`${name}City`, ''], [`${name}State`, ''], [`${name}Zip`, ''], [`${name}Country`, 'CN']);
    }
  }
  return found;
}

/** `Thu, 12 Feb 2026 11:48:25 +0000`. @param at epoch seconds */
export function rfc2822(at: number): string {
  const date = new Date(at * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
