/**
 * Workbooks as another program finds them: the .zip by its central directory, the sheets by the workbook's own list, and rows
 * one by one out of the XML while it is inflated, so that a million need no more memory than a thousand. Imports nothing from src.
 */
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

export interface Sheet {
  name: string;
  /** The XML of each row, `<row …>…</row>`, in the order of the file; closes the file at the end. */
  rowXml(): AsyncGenerator<string>;
  /** Cells as text: what is written as text, numbers as they are written, '' for none. */
  rows(): AsyncGenerator<string[]>;
}

interface Part {
  /** Of the packed bytes. */
  offset: number;
  packed: number;
  isStored: boolean;
}

const TEXT = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;

/** Sheets in the order of their tabs. */
export async function sheetsOf(path: string): Promise<Sheet[]> {
  const file = await open(path);
  try {
    const parts = await partsOf(file);
    const text = (name: string) => textOf(file, parts, name);
    const targets = new Map(
      tags(await text('xl/_rels/workbook.xml.rels'), 'Relationship').map((one) => [one.Id, one.Target ?? '']),
    );
    const shared = parts.has('xl/sharedStrings.xml') ? sharedStrings(await text('xl/sharedStrings.xml')) : [];
    return tags(await text('xl/workbook.xml'), 'sheet').map((sheet) => {
      const target = targets.get(sheet['r:id'] ?? '') ?? '';
      const name = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      const rowXml = () => rowsIn(path, partOf(parts, name));
      async function* rows(): AsyncGenerator<string[]> {
        for await (const xml of rowXml()) yield cellsOf(xml, shared);
      }
      return { name: sheet.name ?? '', rowXml, rows };
    });
  } finally {
    await file.close();
  }
}

/** Of a small one: every sheet with its rows. */
export async function workbookOf(file: Buffer): Promise<{ name: string; rows: string[][] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyboard-workbook-'));
  try {
    const path = join(folder, 'workbook.xlsx');
    await writeFile(path, file);
    const found: { name: string; rows: string[][] }[] = [];
    for (const { name, rows } of await sheetsOf(path)) {
      const all: string[][] = [];
      for await (const row of rows()) all.push(row);
      found.push({ name, rows: all });
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error(`${bytesRead} of ${length} bytes at ${position}`);
  return buffer;
}

async function partsOf(file: FileHandle): Promise<Map<string, Part>> {
  const { size } = await file.stat();
  const tailLength = Math.min(size, 66_000);
  const tail = await read(file, size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end === -1) throw new Error('no end of central directory');
  let [count, length, from] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  const large = tail.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1'));
  if (large !== -1) {
    [count, length, from] = [32, 40, 48].map((at) => Number(tail.readBigUInt64LE(large + at))) as [
      number,
      number,
      number,
    ];
  }
  const directory = await read(file, from, length);
  const parts = new Map<string, Part>();
  for (let at = 0; count > 0; count -= 1) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry at ${at}`);
    const [nameLength = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset));
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    const wide = wideOf(directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extra));
    // The sizes that do not fit stand in the extra field, in this order: length, packed, place.
    const [, packed = 0, local = 0] = [24, 20, 42].map((offset) => {
      const value = directory.readUInt32LE(at + offset);
      return value === 0xffffffff ? (wide.shift() ?? value) : value;
    });
    const head = await read(file, local, 30);
    const offset = local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    parts.set(name, { offset, packed, isStored: directory.readUInt16LE(at + 10) === 0 });
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

function wideOf(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const values = extra.readUInt16LE(at + 2) / 8;
    return Array.from({ length: Math.floor(values) }, (_, index) => Number(extra.readBigUInt64LE(at + 4 + index * 8)));
  }
  return [];
}

function partOf(parts: ReadonlyMap<string, Part>, name: string): Part {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`no ${name} among ${[...parts.keys()].join(', ')}`);
  return part;
}

async function textOf(file: FileHandle, parts: ReadonlyMap<string, Part>, name: string): Promise<string> {
  const { offset, packed, isStored } = partOf(parts, name);
  const bytes = await read(file, offset, packed);
  return (isStored ? bytes : inflateRawSync(bytes)).toString('utf8');
}

async function* rowsIn(path: string, { offset, packed, isStored }: Part): AsyncGenerator<string> {
  const file = await open(path);
  const bytes: Readable = file.createReadStream({ start: offset, end: offset + packed - 1 });
  const source: Readable = isStored ? bytes : bytes.pipe(createInflateRaw());
  bytes.on('error', (error) => source.destroy(error));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let ended = false;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const pieces = (rest + decoder.write(chunk)).split('</row>');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      const at = piece.indexOf('<row');
      if (at === -1) throw new Error(`no row in ${piece.slice(0, 200)}`);
      yield `${piece.slice(at)}</row>`;
    }
    ended = rest.includes('</worksheet>');
  }
  if (!ended) throw new Error('the sheet has no end');
}

/** Attributes of every element of that name. */
function tags(xml: string, name: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<${name}(\\s[^>]*?)/?>`, 'g'))].map(([, text = '']) => attributes(text));
}

function attributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key, plain(value ?? '')]),
  );
}

function plain(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return TEXT[name as keyof typeof TEXT] ?? all;
  });
}

/** All `<t>` in it, one after the other. */
function textIn(xml: string): string {
  return [...xml.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)).join('');
}

function sharedStrings(xml: string): string[] {
  return [...xml.matchAll(/<si>(.*?)<\/si>/gs)].map(([, one = '']) => textIn(one));
}

function cellsOf(xml: string, shared: readonly string[]): string[] {
  const cells: string[] = [];
  for (const [, head = '', inner = ''] of xml.matchAll(/<c(\s[^>]*?)?(?:\/>|>(.*?)<\/c>)/gs)) {
    const { r, t } = attributes(head);
    const at = r === undefined ? cells.length : columnOf(r);
    while (cells.length < at) cells.push('');
    const value = /<v[^>]*>([^<]*)<\/v>/.exec(inner)?.[1] ?? '';
    cells[at] = t === 's' ? (shared[Number(value)] ?? '') : t === 'inlineStr' ? textIn(inner) : plain(value);
  }
  return cells;
}

/** "AB12" → 27. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]+/.exec(reference)?.[0] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
