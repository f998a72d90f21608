/** What a PDF says, read by poppler: text, fonts, number of pages. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function poppler(tool: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await run(tool, args, { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    throw new Error(`${tool} is not there: install poppler-utils (apt-get install poppler-utils)`);
  }
}

/** Line by line as it stands on the pages; pages are separated by a form feed. */
export function pdfText(path: string): Promise<string> {
  return poppler('pdftotext', ['-layout', '-enc', 'UTF-8', path, '-']);
}

export function pdfFonts(path: string): Promise<string> {
  return poppler('pdffonts', [path]);
}

export async function pdfPages(path: string): Promise<number> {
  return Number(/^Pages:\s+(\d+)/m.exec(await poppler('pdfinfo', [path]))?.[1]);
}
