/**
 * What a parked request looks like to people: its technical fields, phone numbers masked. Values of fields nobody here knows
 * are left out: a provider may send a caller's name or address in one. Pure.
 */
import type { RawRequest } from '../translators.port.js';

const FIELDS_MAX = 24;
const VALUE_MAX = 60;
const HIDDEN = '•••';

/** Fields that say what is wrong with a request. None of them holds a name of a person outside. */
const SHOWN = new Set([
  'AccountSid',
  'AnsweredBy',
  'ApiVersion',
  'CallbackSource',
  'CallDuration',
  'Called',
  'Caller',
  'CallSid',
  'CallStatus',
  'DialCallStatus',
  'Direction',
  'Duration',
  'From',
  'ParentCallSid',
  'RecordingDuration',
  'RecordingSid',
  'RecordingStartTime',
  'RecordingStatus',
  'SequenceNumber',
  'SipResponseCode',
  'Timestamp',
  'To',
  'agent',
  'campaign',
]);

/** Every run of digits a phone number could be, also written with spaces, keeps its first three and last two. */
function masked(value: string): string {
  return value.replace(/\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){6,}/gu, (run) => {
    const digits = run.replace(/\P{Nd}/gu, '');
    return `${digits.slice(0, 3)}****${digits.slice(-2)}`;
  });
}

function shown(name: string, value: string): string {
  if (!SHOWN.has(name)) return HIDDEN;
  // A time is no number, however many digits it has; what cannot be one is masked like anything else.
  return Number.isNaN(Date.parse(value)) || !name.startsWith('Time') ? masked(value).slice(0, VALUE_MAX) : value;
}

export function previewOf(raw: RawRequest | null): Record<string, string> {
  if (raw === null) return {};
  const preview: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(raw.body.toString('utf8'))) {
    if (Object.keys(preview).length >= FIELDS_MAX) break;
    if (value !== '') preview[masked(name).slice(0, VALUE_MAX)] = shown(name, value);
  }
  return preview;
}
