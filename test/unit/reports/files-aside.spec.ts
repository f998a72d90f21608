/**
 * Proves that files are written beside the server: the largest report holds it up for a small part of the time it takes,
 * the bytes are those that writing it here makes, and a thread that is ended, dies or cannot go on ends its file only.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { writeAside } from '../../../src/reports/files/aside.js';
import { type RowCell, writeDocument, writeRows } from '../../../src/reports/files/index.js';
import { Slots } from '../../../src/reports/files/slots.js';
import type { Piece } from '../../../src/reports/files/thread-work.js';
import type { DocumentFormat } from '../../../src/reports/ports.js';
import type { ReportDocument, TableSection } from '../../../src/shared/reports.js';
import { eventually } from '../../support/eventually.js';
import { OPTIONS, sampleDocument, table } from './files-sample.js';
import { written } from './files-written.js';

const WRITE = { ...OPTIONS, language: 'zh' as const };

async function aside(documents: readonly ReportDocument[], format: DocumentFormat): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeDocument(documents, format, WRITE, out)]);
  return bytes;
}

/** A table of many rows. */
function large(rows: number): ReportDocument {
  const few = table(['王小明', 'Ann', '=1+1']);
  const section: TableSection = {
    ...few,
    rows: Array.from({ length: rows }, (_, i) => few.rows[i % few.rows.length] ?? { cells: [] }),
  };
  return sampleDocument({ sections: [section] });
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('the file', () => {
  test.each(['csv', 'pdf'] as const)('as %s is byte for byte the one that is written here', async (format) => {
    const documents = [sampleDocument(), large(403)];
    expect((await aside(documents, format)).equals(await written(documents, format, WRITE))).toBe(true);
  });

  test('as a workbook is as large as the one that is written here', async () => {
    const documents = [sampleDocument(), large(403)];
    // It holds the second it was made in.
    const [there, here] = [await aside(documents, 'xlsx'), await written(documents, 'xlsx', WRITE)];
    expect(Math.abs(there.length - here.length)).toBeLessThan(64);
  });

  test('while the largest is written, others are held up for a small part of the time', async () => {
    const document = large(30_000);
    const parts: { longest: number; usual: number }[] = [];
    // Another program on the machine may hold this one up for a moment; who writes it here is held up each time.
    for (let n = 0; n < 3; n++) {
      const delays = monitorEventLoopDelay({ resolution: 5 });
      const began = performance.now();
      delays.enable();
      await writeDocument([document], 'xlsx', WRITE, nowhere());
      delays.disable();
      const tookNs = (performance.now() - began) * 1e6;
      parts.push({ longest: delays.max / tookNs, usual: delays.percentile(90) / tookNs });
    }
    expect(Math.min(...parts.map(({ longest }) => longest))).toBeLessThan(1 / 8);
    expect(Math.min(...parts.map(({ usual }) => usual))).toBeLessThan(1 / 40);
  });
});

describe('when it cannot be finished', () => {
  test('told to stop, it stops at once, whatever the thread is doing', async () => {
    const stop = new AbortController();
    const out = nowhere();
    const writing = writeDocument([large(30_000)], 'xlsx', WRITE, out, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(out.destroyed).toBe(true);
  });

  test('told before it began, it does not begin', async () => {
    const out = nowhere();
    await expect(writeDocument([large(1)], 'csv', WRITE, out, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(out.destroyed).toBe(true);
  });

  test('what the thread throws is what the file failed with', async () => {
    const [broken] = [{ ...sampleDocument(), timeZone: 'Nowhere/At all' }];
    const out = nowhere();
    await expect(writeDocument([broken], 'xlsx', WRITE, out)).rejects.toThrow(/Nowhere\/At all/);
    expect(out.destroyed).toBe(true);
  });

  test('a thread that runs out of memory fails its file, and the next is written', async () => {
    async function* endless(): AsyncGenerator<Piece> {
      yield { kind: 'documents', documents: [large(0)] };
      for (;;) {
        const rows = Array.from({ length: 4_000 }, (_, i) => ({
          cells: Array.from({ length: 40 }, (_, j) => i + j / 7),
        }));
        yield { kind: 'table-rows', document: 0, section: 0, rows };
      }
    }
    const out = nowhere();
    const writing = writeAside({ kind: 'documents', format: 'csv', options: WRITE }, endless(), out, undefined, 24);
    await expect(writing).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
    expect(out.destroyed).toBe(true);
    expect((await aside([sampleDocument()], 'csv')).length).toBeGreaterThan(0);
  });

  test('a piece that no thread can be given fails its file', async () => {
    async function* pieces(): AsyncGenerator<Piece> {
      yield { kind: 'rows', rows: [[(() => 1) as unknown as RowCell]] };
    }
    const out = nowhere();
    const options = { timeZone: 'UTC', sheetName: 'Calls' };
    const columns = [{ name: 'Call', type: 'text' }] as const;
    const writing = writeAside({ kind: 'rows', format: 'csv', columns, options }, pieces(), out);
    await expect(writing).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(out.destroyed).toBe(true);
  });

  test('a disk that is full is what it failed with', async () => {
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left')) });
    await expect(writeDocument([large(100)], 'pdf', WRITE, full)).rejects.toThrow('no space left');
  });

  test('rows are taken no faster than the file is', async () => {
    let pulled = 0;
    async function* rows(): AsyncGenerator<RowCell[]> {
      for (;;) {
        pulled += 1;
        yield [`CA${pulled}`];
      }
    }
    const stop = new AbortController();
    // Nobody takes a byte of it.
    const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
    const writing = writeRows('xlsx', [{ name: 'Call', type: 'text' }], rows(), stuck, {
      timeZone: 'UTC',
      sheetName: 'Calls',
      signal: stop.signal,
    });
    writing.catch(() => undefined);
    let [before, still] = [0, 0];
    // Until it stands still.
    await eventually(
      () => {
        still = pulled > 0 && pulled === before ? still + 1 : 0;
        before = pulled;
        return still === 10 ? true : undefined;
      },
      { withinMs: 30_000, everyMs: 50 },
    );
    stop.abort();
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(pulled).toBeLessThan(400_000);
  });
});

test('so many at once, others in turn; whoever gives up waiting is passed over', async () => {
  const slots = new Slots(2);
  const order: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string, signal?: AbortSignal) =>
    slots.with(
      () =>
        new Promise<void>((resolve) => {
          order.push(name);
          ends.set(name, resolve);
        }),
      signal,
    );
  const stop = new AbortController();
  const all = [work('a'), work('b'), work('c', stop.signal), work('d'), work('e')];
  expect(order).toEqual(['a', 'b']);
  stop.abort();
  await expect(all[2]).rejects.toMatchObject({ name: 'AbortError' });
  ends.get('a')?.();
  await all[0];
  expect(order).toEqual(['a', 'b', 'd']);
  ends.get('b')?.();
  ends.get('d')?.();
  await all[3];
  expect(order).toEqual(['a', 'b', 'd', 'e']);
  ends.get('e')?.();
  await all[4];
  const late = work('f');
  expect(order.at(-1)).toBe('f');
  ends.get('f')?.();
  await late;
});
