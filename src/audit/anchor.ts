/**
 * The head of the chain, outside the database: a file that grows by one line, synced to disk, whenever the chain has. A
 * chain cut short still is a chain; against the file the cut shows, down to an empty table.
 *
 * Not in here: protection of the file itself. Whoever may write both the database and this file can cut both; keep it
 * where the database's administrators cannot write, or ship its lines away (docs/audit.md).
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isoOf } from '../platform/index.js';
import type { Head } from './audit.repository.js';

export interface AnchorLine {
  seq: string;
  /** Hex. */
  mac: string;
  /** ISO 8601: when the line was written. */
  at: string;
}

export interface AnchorContent {
  lines: AnchorLine[];
  /** Lines that are no anchor: torn by a power cut, or damaged. */
  unreadable: number;
}

/** Nest token of the `AuditAnchor`. */
export const AUDIT_ANCHOR = Symbol('AuditAnchor');

export class AuditAnchor {
  private written: string | null = null;

  constructor(readonly file: string) {}

  /** Adds the head as a line, durable when this resolves; does nothing when it is the last line written from here. */
  async write(head: Head, now: number): Promise<void> {
    const { seq } = head;
    const mac = head.mac.toString('hex');
    if (this.written === mac) return;
    await mkdir(dirname(this.file), { recursive: true, mode: 0o711 });
    const line: AnchorLine = { seq, mac, at: isoOf(now) };
    const handle = await open(this.file, 'a+', 0o600);
    try {
      // A line torn by a power cut must not swallow this one.
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const start = size > 0 && last.toString() !== '\n' ? '\n' : '';
      await handle.appendFile(`${start}${JSON.stringify(line)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.written = mac;
  }

  read(): AnchorContent {
    const content: AnchorContent = { lines: [], unreadable: 0 };
    if (!existsSync(this.file)) return content;
    for (const text of readFileSync(this.file, 'utf8').split('\n')) {
      if (text.trim() === '') continue;
      const line = parse(text);
      if (line === null) content.unreadable++;
      else content.lines.push(line);
    }
    return content;
  }
}

function parse(text: string): AnchorLine | null {
  try {
    const { seq, mac, at } = JSON.parse(text) as Record<string, unknown>;
    if (typeof seq !== 'string' || typeof mac !== 'string' || typeof at !== 'string') return null;
    return /^\d{1,18}$/.test(seq) && /^[0-9a-f]{64}$/.test(mac) ? { seq, mac, at } : null;
  } catch {
    return null;
  }
}
