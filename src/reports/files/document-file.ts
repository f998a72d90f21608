/** One or several documents as one file, written in the thread that asks. Loads what its format needs and no more. */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { DocumentWriter } from '../ports.js';

export const documentFile: DocumentWriter = async (documents, format, options, out) => {
  if (format === 'pdf') {
    const { pdfFile } = await import('./pdf/pdf-file.js');
    await pdfFile(documents, options, out);
  } else if (format === 'csv') {
    const { csvFile } = await import('./csv-file.js');
    await writeAll(csvFile(documents, options), out);
  } else {
    const { xlsxFile } = await import('./xlsx-file.js');
    await writeAll(xlsxFile(documents, options), out);
  }
};

const PART_BYTES = 256 * 1024;

/** In parts, so that whoever takes them is never held up for long. */
async function writeAll(bytes: Uint8Array, out: Writable): Promise<void> {
  const written = finished(out, { readable: false });
  written.catch(() => undefined);
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    if (!out.write(bytes.subarray(at, at + PART_BYTES))) await Promise.race([drained(out), written]);
  }
  out.end();
  await written;
}

function drained(out: Writable): Promise<void> {
  return new Promise((resolve) => out.once('drain', resolve));
}
