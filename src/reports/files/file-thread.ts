/**
 * The thread that writes one file: it asks for documents or rows piece by piece, and hands over the file part by part. It
 * knows no database, no keys and no settings.
 */
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { Writable } from 'node:stream';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ReportDocument } from '../../shared/reports.js';
import { documentFile } from './document-file.js';
import { type RowCell, writeRows } from './rows.js';
import type { FromThread, Piece, ThreadWork, ToThread } from './thread-work.js';

/** Parts of the file that are on their way at once. */
const PARTS_MAX = 4;

/** Whoever waits for a screen goes first. Only Linux has priorities of threads; elsewhere it would be the process's. */
function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here: then as everybody else.
  }
}

class Server {
  private readonly pieces: (Piece | { kind: 'end' })[] = [];
  private taken: (() => void)[] = [];
  private came = (): void => undefined;

  constructor(private readonly port: MessagePort) {
    port.on('message', (said: ToThread) => {
      if (said.kind === 'taken') this.taken.shift()?.();
      else {
        this.pieces.push(said);
        this.came();
      }
    });
  }

  say(what: FromThread, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(what, transfer);
  }

  /** One is always on its way while another is worked on. */
  async *all(): AsyncGenerator<Piece> {
    this.say({ kind: 'wants' });
    for (;;) {
      while (this.pieces.length === 0) {
        await new Promise<void>((resolve) => {
          this.came = resolve;
        });
      }
      const piece = this.pieces.shift();
      if (piece === undefined) continue;
      if (piece.kind === 'end') return;
      this.say({ kind: 'wants' });
      yield piece;
    }
  }

  file(): Writable {
    return new Writable({
      highWaterMark: 256 * 1024,
      write: (chunk: Buffer, _encoding, done) => {
        // A copy: a chunk may be a view of memory that is not its own to give away.
        const bytes = new Uint8Array(chunk);
        const room = this.taken.length + 1 < PARTS_MAX;
        this.taken.push(room ? () => undefined : done);
        this.say({ kind: 'bytes', bytes }, [bytes.buffer]);
        if (room) done();
      },
    });
  }

  close(): void {
    this.port.close();
  }
}

async function documentsOf(pieces: AsyncIterable<Piece>): Promise<ReportDocument[]> {
  let documents: ReportDocument[] = [];
  for await (const piece of pieces) {
    if (piece.kind === 'documents') documents = piece.documents;
    if (piece.kind !== 'table-rows') continue;
    const section = documents[piece.document]?.sections[piece.section];
    if (section?.kind === 'table') for (const row of piece.rows) section.rows.push(row);
  }
  return documents;
}

async function* rowsOf(pieces: AsyncIterable<Piece>): AsyncGenerator<readonly RowCell[]> {
  for await (const piece of pieces) if (piece.kind === 'rows') yield* piece.rows;
}

async function write(work: ThreadWork, server: Server): Promise<void> {
  const out = server.file();
  if (work.kind === 'documents') {
    await documentFile(await documentsOf(server.all()), work.format, work.options, out);
  } else {
    await writeRows(work.format, work.columns, rowsOf(server.all()), out, work.options);
  }
  if (!out.writableFinished) await once(out, 'finish');
}

if (parentPort !== null) {
  stepBack();
  const server = new Server(parentPort);
  try {
    await write(workerData as ThreadWork, server);
    server.say({ kind: 'done' });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    server.say({ kind: 'failed', name, message, stack });
  }
  server.close();
}
