/** What a parked request looks like to people: names and values, phone numbers masked. Pure. */
import type { RawRequest } from '../translators.port.js';

const FIELDS_MAX = 24;
const VALUE_MAX = 60;

/** Every run of digits a phone number could be keeps its first three and last two. */
function masked(value: string): string {
  return value.replace(/\d{7,}/g, (digits) => `${digits.slice(0, 3)}****${digits.slice(-2)}`);
}

export function previewOf(raw: RawRequest | null): Record<string, string> {
  if (raw === null) return {};
  const preview: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(raw.body.toString('utf8'))) {
    if (Object.keys(preview).length >= FIELDS_MAX) break;
    if (value !== '') preview[masked(name).slice(0, VALUE_MAX)] = masked(value).slice(0, VALUE_MAX);
  }
  return preview;
}
