/** Every event from its body: translates what was received again, where the body still exists, and compares. */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import { CustomerNumbers } from '../../customers/index.js';
import {
  dayOf,
  EVENT_COLUMNS,
  numbersOf,
  type PendingEvent,
  type StoredEvent,
  type Translation,
  toStored,
  unpackRaw,
} from '../../ingest/index.js';
import type { Keys, RawKeys } from '../../platform/index.js';
import { translators } from '../../telephony/index.js';
import { describeDifference, type VerifyReport } from './verify-report.js';

const CHUNK = 2_000;

type BodyRow = PendingEvent & { kind: string; body: Buffer };

export async function verifyBodies(tx: PoolClient, rawKeys: RawKeys, keys: Keys, report: VerifyReport): Promise<void> {
  for (let after = '0'; ; ) {
    const { rows } = await tx.query<BodyRow>(
      `SELECT ${EVENT_COLUMNS}, r.kind, r.body FROM call_event e JOIN raw_body r ON r.event_id = e.id
       WHERE e.id > $1::bigint ORDER BY e.id LIMIT $2`,
      [after, CHUNK],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.id ?? after;
    await compareBodies(tx, rows, rawKeys, keys, report);
  }
}

async function compareBodies(
  tx: PoolClient,
  rows: BodyRow[],
  rawKeys: RawKeys,
  keys: Keys,
  report: VerifyReport,
): Promise<void> {
  const translated: { row: BodyRow; translation: Translation }[] = [];
  for (const row of rows) {
    const key = await rawKeys.forReading(dayOf(row.receivedAt));
    if (key === null) continue; // that day's bodies were made unreadable on purpose
    report.counts.bodies++;
    const raw = {
      provider: row.provider,
      kind: row.kind,
      receivedAt: row.receivedAt,
      ...unpackRaw(key.decrypt(row.body)),
    };
    translated.push({ row, translation: translators.translate(raw, row.fields.country) });
  }
  const numbers = translated.flatMap(({ translation }) => (translation.ok ? numbersOf(translation.event) : []));
  const surrogates = await new CustomerNumbers(keys).known(tx, numbers);
  for (const { row, translation } of translated) {
    if (!translation.ok) {
      report.add('body', row.id, `its body does not translate any more: ${translation.reason}`);
      continue;
    }
    if (numbersOf(translation.event).some((number) => !surrogates.has(number))) {
      report.add('body', row.id, 'a number of its body has no surrogate');
      continue;
    }
    const expected = toStored(translation.event, surrogates, row.receivedAt, row.fields.country);
    const stored = asStored(row);
    if (!isDeepStrictEqual(stored, expected)) report.add('body', row.id, describeDifference(stored, expected));
  }
}

function asStored({
  provider,
  account,
  type,
  legId,
  parentLegId,
  partition,
  occurredAt,
  fields,
}: BodyRow): StoredEvent {
  return { provider, account, type, legId, parentLegId, partition, occurredAt, fields };
}
