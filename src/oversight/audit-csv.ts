/** Entries as CSV (RFC 4180) for whoever examines the log elsewhere. Pure. */
import { isoOf } from '../platform/index.js';
import type { AuditEventRow } from './audit-events.repository.js';
import type { Named } from './audit-names.js';

const HEADER = [
  'number',
  'time_utc',
  'actor_kind',
  'actor_id',
  'actor_name',
  'address',
  'action',
  'subject_kind',
  'subject_id',
  'subject_name',
  'outcome',
  'attempts',
  'before',
  'after',
  'key_id',
  'mac',
];

export const csvHeader = (): string => `${HEADER.join(',')}\r\n`;

export function csvLine(row: AuditEventRow, nameOf: (one: Named) => string | null): string {
  const cells = [
    row.seq,
    isoOf(row.at),
    row.actorKind,
    row.actorId,
    nameOf({ kind: row.actorKind, id: row.actorId }),
    row.address,
    row.action,
    row.subjectKind,
    row.subjectId,
    row.subjectKind === null ? null : nameOf({ kind: row.subjectKind, id: row.subjectId }),
    row.outcome,
    row.attempts,
    row.before,
    row.after,
    row.keyId,
    row.mac.toString('hex'),
  ];
  return `${cells.map(cell).join(',')}\r\n`;
}

/** What spreadsheets skip before they look for a formula: byte order marks, zero-width and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
const SKIPPED = /^[\s\u0000-\u001f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const start = value.replace(SKIPPED, '').normalize('NFKC').charAt(0);
  const safe = /[=+\-@|%]/.test(start) || (value !== '' && /^[\t\r\n]/.test(value)) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
