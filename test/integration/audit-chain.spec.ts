/**
 * Proves: a change and its audit entry are committed together or not at all; entries form one chain however many
 * transactions write at once; any change of any column, any entry dropped, swapped, put in or cut off is found and named;
 * the table refuses to be changed; retention leaves a chain that still proves itself.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { AuditAnchor, type AuditEntry, ChainedAuditLog, retireAudit, verifyAudit } from '../../src/audit/index.js';
import { inTransaction, Keys, ManualClock, READ_SNAPSHOT, silentLogger } from '../../src/platform/index.js';
import type { AuditAction } from '../../src/shared/audit.js';
import { withDatabase } from '../support/index.js';
import { SEED } from '../support/seed.js';

const test_ = withDatabase({ poolMax: 12 });
const keys = new Keys(Buffer.alloc(32, 7));
const NOON = Date.UTC(2026, 10, 22, 4);
const clock = new ManualClock(NOON);
let files = 0;
let log: ChainedAuditLog;
let anchor: AuditAnchor;

const ENTRY: AuditEntry = {
  actor: { kind: 'user', id: 3, address: '192.0.2.7' },
  action: 'team.changed',
  subject: { kind: 'team', id: '12' },
  outcome: 'done',
  before: { parent: 1, name: 'North' },
  after: { parent: 2, name: 'North' },
};

const pool = () => test_.db.pool;
const record = (entry: Partial<AuditEntry> = {}) =>
  inTransaction(pool(), (tx) => log.record(tx, { ...ENTRY, ...entry }));
const check = (content = anchor.read()) => inTransaction(pool(), (tx) => verifyAudit(tx, keys, content), READ_SNAPSHOT);
const kinds = async () => (await check()).problems.map(({ kind, seq }) => `${kind} ${seq}`);

/** As somebody who owns the database: past the triggers. */
async function asOwner(sql: string): Promise<void> {
  await inTransaction(pool(), async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query(sql);
  });
}

function freshLog(): void {
  anchor = new AuditAnchor(join(test_.db.dataDir, `audit-${files++}.anchor`));
  log = new ChainedAuditLog(pool(), keys, anchor, clock, silentLogger);
}

beforeEach(async () => {
  await asOwner('TRUNCATE audit_event, audit_checkpoint');
  clock.set(NOON);
  freshLog();
});
afterEach(() => log.stop());

describe('writing', () => {
  it('a change that is rolled back leaves no entry, and one whose entry cannot be written is not made', async () => {
    const failed = inTransaction(pool(), async (tx) => {
      await tx.query("INSERT INTO site (name) VALUES ('Nowhere')");
      await log.record(tx, ENTRY);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await check()).toMatchObject({ ok: true, entries: 0 });
    // The connection's next transaction must not inherit what the first one wanted to write.
    await record();
    expect(await check()).toMatchObject({ ok: true, entries: 1 });

    await asOwner('ALTER TABLE audit_event RENAME TO audit_event_away');
    const change = inTransaction(pool(), async (tx) => {
      await tx.query("INSERT INTO site (name) VALUES ('Nowhere')");
      await log.record(tx, ENTRY);
    });
    await expect(change).rejects.toMatchObject({ code: 'audit_unavailable' });
    await asOwner('ALTER TABLE audit_event_away RENAME TO audit_event');
    expect((await pool().query("SELECT FROM site WHERE name = 'Nowhere'")).rowCount).toBe(0);
    await expect(log.record(pool(), ENTRY)).rejects.toThrow('not a pool');
  });

  it('thirty transactions at once that hold rows crosswise make one chain and no deadlock', async () => {
    await pool().query("INSERT INTO site (id, name) SELECT 100 + g, 'S' FROM generate_series(0, 5) g");
    const rename = (tx: { query(sql: string, values: unknown[]): Promise<unknown> }, id: number) =>
      tx.query('UPDATE site SET name = name WHERE id = $1', [100 + id]);
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        inTransaction(pool(), async (tx) => {
          await rename(tx, i % 3);
          await log.record(tx, { ...ENTRY, subject: { kind: 'site', id: `${i}` } });
          // After its entry: with the chain's lock already held this would wait crosswise.
          await rename(tx, 3 + (i % 3));
          await log.record(tx, { ...ENTRY, subject: { kind: 'site', id: `${i}b` } });
        }),
      ),
    );
    expect(await check()).toMatchObject({ ok: true, entries: 60, first: '1', last: '60' });
  });

  it('the table refuses UPDATE, DELETE and TRUNCATE', async () => {
    await record();
    for (const sql of [
      "UPDATE audit_event SET action = 'x'",
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
      'UPDATE audit_checkpoint SET removed = 0',
      'TRUNCATE audit_checkpoint',
      "BEGIN; SET LOCAL tallyboard.audit_retire_to = '9'; DELETE FROM audit_event; COMMIT",
    ]) {
      // An UPDATE of no row fires no row trigger.
      const touched = await pool()
        .query(sql)
        .then(
          (result) => (result as { rowCount: number | null }).rowCount,
          (error: { code?: string }) => error.code,
        );
      expect([sql, touched]).toEqual([sql, sql.startsWith('UPDATE audit_checkpoint') ? 0 : '42501']);
    }
    expect(await check()).toMatchObject({ ok: true, entries: 1 });
  });

  it('refused attempts of one actor at one thing are one entry a minute; everything else is written as it comes', async () => {
    const refused: AuditEntry = { ...ENTRY, action: 'access.refused', outcome: 'refused', before: undefined };
    for (let i = 0; i < 500; i++) log.note(refused);
    log.note({ ...refused, actor: { kind: 'anonymous', id: null, address: '192.0.2.8' } });
    log.note({ ...ENTRY, action: 'session.signed_out' });
    await log.settle();
    const written = async () =>
      (await pool().query('SELECT action, address, attempts FROM audit_event ORDER BY seq')).rows;
    const first = [
      { action: 'access.refused', address: '192.0.2.7', attempts: 1 },
      { action: 'access.refused', address: '192.0.2.8', attempts: 1 },
      { action: 'session.signed_out', address: '192.0.2.7', attempts: 1 },
    ];
    expect(await written()).toEqual(first);
    clock.advance(60_000);
    await log.settle();
    expect(await written()).toEqual([...first, { action: 'access.refused', address: '192.0.2.7', attempts: 499 }]);
    expect(await check()).toMatchObject({ ok: true, entries: 4 });
  });
});

const COLUMNS: [string, string[]][] = [
  ['at', ["at + '1 microsecond'", "at - '1500 years'::interval", "'infinity'"]],
  ['actor_kind', ["'system'"]],
  ['actor_id', ['actor_id + 1', 'NULL']],
  ['address', ["address || ' '", 'NULL']],
  ['action', ["'team.created'"]],
  ['subject_kind', ["'agent'", 'NULL']],
  ['subject_id', ["'012'", 'NULL']],
  ['outcome', ["'refused'"]],
  ['attempts', ['attempts + 1']],
  ['before', ["before || ' '", "replace(before, 'North', 'South')", 'NULL', "''"]],
  ['after', ["after || ' '", 'before', 'NULL']],
  ['key_id', ['key_id + 1']],
  ['mac', ['set_byte(mac, 31, get_byte(mac, 31) # 1)', "mac || '\\x00'::bytea"]],
  ['seq', ['seq + 1000', '-seq']],
];

describe('verifying', () => {
  beforeEach(async () => {
    for (let i = 1; i <= 6; i++) await record({ subject: { kind: 'team', id: String(i) } });
    await log.settle();
  });

  it.each(COLUMNS.flatMap(([column, values]) => values.map((value): [string, string] => [column, value])))(
    'finds %s = %s, in the first, a middle and the last entry',
    async (column, value) => {
      expect(await check()).toMatchObject({ ok: true, entries: 6, problems: [] });
      for (const seq of [1, 4, 6]) {
        await asOwner('CREATE TABLE before_damage AS TABLE audit_event');
        await asOwner(`UPDATE audit_event SET ${column} = ${value} WHERE seq = ${seq}`);
        const found = await check();
        expect([seq, found.ok, found.problems[0]?.seq]).toEqual([seq, false, expect.any(String)]);
        // The mac of the last entry is also anchored; everything else shows at its place or right behind it.
        if (column !== 'seq') expect(found.problems.some((problem) => Number(problem.seq) === seq)).toBe(true);
        await asOwner('TRUNCATE audit_event; INSERT INTO audit_event TABLE before_damage; DROP TABLE before_damage');
      }
    },
  );

  it('names what is gone, swapped, put in, cut off, and cut off to nothing', async () => {
    const restored = async (sql: string): Promise<string[]> => {
      await asOwner('CREATE TABLE before_damage AS TABLE audit_event');
      await asOwner(sql);
      const found = await kinds();
      await asOwner('TRUNCATE audit_event; INSERT INTO audit_event TABLE before_damage; DROP TABLE before_damage');
      return found;
    };
    expect(await restored('DELETE FROM audit_event WHERE seq IN (3, 4)')).toEqual(['missing 3']);
    expect(await restored('DELETE FROM audit_event WHERE seq = 1')).toEqual(['missing 1']);
    expect(await restored('DELETE FROM audit_event WHERE seq = 6')).toEqual(['truncated 5']);
    expect(await restored('TRUNCATE audit_event')).toEqual(['truncated 0']);
    expect(
      await restored(`DELETE FROM audit_event WHERE seq = 3; UPDATE audit_event SET seq = seq - 1 WHERE seq > 3`),
    ).toContain('altered 3');
    expect(
      await restored(
        'UPDATE audit_event SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN 2 ELSE seq END; UPDATE audit_event SET seq = 3 WHERE seq = -3',
      ),
    ).toEqual(['altered 2', 'altered 3', 'altered 4']);
    expect(
      await restored(
        `INSERT INTO audit_event SELECT 7, at, actor_kind, actor_id, address, action, subject_kind, subject_id, outcome,
           attempts, before, after, key_id, mac FROM audit_event WHERE seq = 6`,
      ),
    ).toEqual(['altered 7']);
    expect(
      await restored(
        'INSERT INTO audit_checkpoint SELECT 2, mac, at, 2, key_id, mac FROM audit_event WHERE seq = 2; DELETE FROM audit_event WHERE seq <= 2',
      ),
    ).toEqual(['origin 2']);
    await asOwner('TRUNCATE audit_checkpoint');
    expect(await kinds()).toEqual([]);
  });

  it('finds an end that was cut off and has grown again, and tells a torn line of the anchor', async () => {
    await asOwner('DELETE FROM audit_event WHERE seq > 4');
    for (let i = 0; i < 4; i++) await record({ subject: { kind: 'team', id: 'other' } });
    expect(await kinds()).toEqual(['anchor 6']);
    appendFileSync(anchor.file, '{"seq":"9');
    await record();
    await log.settle();
    const lines = readFileSync(anchor.file, 'utf8').trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ seq: '9' });
    expect(await check()).toMatchObject({ anchorUnreadable: 1, anchored: { seq: '9' } });
    writeFileSync(anchor.file, '');
    expect(await check()).toMatchObject({ ok: true, anchored: null });
  });

  it('finds any random tampering', async () => {
    const seqOf = fc.integer({ min: 1, max: 6 });
    const tampering = fc.oneof(
      fc
        .tuple(seqOf, fc.constantFrom(...COLUMNS.filter(([column]) => column !== 'seq')), fc.nat())
        .map(
          ([seq, [column, values], pick]) =>
            `UPDATE audit_event SET ${column} = ${values[pick % values.length]} WHERE seq = ${seq}`,
        ),
      fc
        .tuple(
          seqOf,
          fc.constantFrom('before', 'after', 'action', 'address', 'subject_id'),
          fc.nat(40),
          fc.integer({ min: 33, max: 126 }),
        )
        .map(([seq, column, at, code]) => {
          const glyph = String.fromCharCode(code).replace("'", "''");
          return `UPDATE audit_event SET ${column} = overlay(${column} placing '${glyph}' from 1 + ${at} % greatest(length(${column}), 1) for 1) WHERE seq = ${seq}`;
        }),
      fc
        .tuple(seqOf, fc.nat(255), fc.integer({ min: 1, max: 255 }))
        .map(
          ([seq, at, mask]) =>
            `UPDATE audit_event SET mac = set_byte(mac, ${at % 32}, get_byte(mac, ${at % 32}) # ${mask}) WHERE seq = ${seq}`,
        ),
      seqOf.map((seq) => `DELETE FROM audit_event WHERE seq >= ${seq}`),
      fc.tuple(seqOf, seqOf).map(([from, to]) => `DELETE FROM audit_event WHERE seq BETWEEN ${from} AND ${to}`),
    );
    await asOwner('CREATE TABLE untouched AS TABLE audit_event');
    await fc.assert(
      fc.asyncProperty(fc.array(tampering, { minLength: 1, maxLength: 3 }), async (statements) => {
        for (const sql of statements) await asOwner(sql);
        const { rows } = await pool().query<{ n: number }>(
          `SELECT count(*)::int AS n FROM ((TABLE audit_event EXCEPT TABLE untouched) UNION ALL (TABLE untouched EXCEPT TABLE audit_event)) d`,
        );
        expect((await check()).ok).toBe(rows[0]?.n === 0);
        await asOwner('TRUNCATE audit_event; INSERT INTO audit_event TABLE untouched');
      }),
      { seed: SEED, numRuns: 120 },
    );
    await asOwner('DROP TABLE untouched');
  });
});

describe('retention', () => {
  const DAY = 86_400_000;

  it('removes what is old, leaves a signed origin, and goes on from it', async () => {
    for (let i = 0; i < 5; i++) {
      await record();
      clock.advance(DAY);
    }
    await log.settle();
    const parts = { keys, clock, audit: log };
    const actor = { kind: 'system', id: null, address: null } as const;
    expect(await retireAudit(pool(), parts, NOON + 2 * DAY, actor)).toEqual({ removed: 2, brokenAt: null });
    expect(await check()).toMatchObject({ ok: true, first: '3', last: '6', origin: { seq: '2' } });
    expect((await pool().query('SELECT action FROM audit_event ORDER BY seq DESC LIMIT 1')).rows).toEqual([
      { action: 'audit.checkpointed' satisfies AuditAction },
    ]);
    expect(await retireAudit(pool(), parts, NOON + 2 * DAY, actor)).toEqual({ removed: 0, brokenAt: null });

    // The origin itself is guarded: moved, forged or gone, it shows.
    await asOwner('UPDATE audit_checkpoint SET mac = set_byte(mac, 0, get_byte(mac, 0) # 1)');
    expect(await kinds()).toEqual(['origin 2', 'altered 3']);
    await asOwner('UPDATE audit_checkpoint SET mac = set_byte(mac, 0, get_byte(mac, 0) # 1)');
    expect(await kinds()).toEqual([]);
    await asOwner('CREATE TABLE origin AS TABLE audit_checkpoint; TRUNCATE audit_checkpoint');
    expect(await kinds()).toEqual(['missing 1']);
    await asOwner('INSERT INTO audit_checkpoint TABLE origin; DROP TABLE origin');

    clock.advance(DAY);
    await retireAudit(pool(), parts, clock.now(), actor);
    await record();
    await log.settle();
    expect(await check()).toMatchObject({ ok: true, entries: 2, first: '7', last: '8', origin: { seq: '6' } });
  });

  it('never removes a part that does not prove itself', async () => {
    for (let i = 0; i < 3; i++) await record();
    await asOwner("UPDATE audit_event SET action = 'team.created' WHERE seq = 2");
    const parts = { keys, clock, audit: log };
    const actor = { kind: 'system', id: null, address: null } as const;
    expect(await retireAudit(pool(), parts, NOON + DAY, actor)).toEqual({ removed: 0, brokenAt: '2' });
    expect(await check()).toMatchObject({ entries: 3, problems: [{ kind: 'altered', seq: '2' }] });
  });
});
