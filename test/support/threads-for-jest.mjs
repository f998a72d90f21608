/**
 * A thread runs in Node itself, not in Jest, and Node cannot read TypeScript: what the thread that writes files consists of
 * is stripped of its types once, into a folder named after its content, and its place is told to the code under test.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = join(root, 'src/reports/files/file-thread.ts');
const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)\.js'/g;

/** Entries for `moduleNameMapper`. */
export function compileThreads() {
  const sources = withImports(ENTRY);
  const digest = createHash('sha256');
  for (const [file, text] of sources) digest.update(`${relative(root, file)}\0${text}\0`);
  const folder = join(root, 'node_modules/.cache/tallyboard', `thread-${digest.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) compile(sources, folder);
  return { '/thread-file\\.js$': join(folder, 'thread-file.mjs') };
}

/** A file and all of ours that it imports, with their texts. */
function withImports(file, found = new Map()) {
  if (found.has(file)) return found;
  const text = readFileSync(file, 'utf8');
  found.set(file, text);
  for (const [, path] of text.matchAll(IMPORT)) withImports(join(dirname(file), `${path}.ts`), found);
  return found;
}

/** Whole or not there: several runs may do this at once. */
function compile(sources, folder) {
  const part = `${folder}.${process.pid}`;
  for (const [file, text] of sources) {
    const target = join(part, relative(root, file).replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transformSync(text, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code);
  }
  writeFileSync(join(part, 'package.json'), '{ "type": "module" }\n');
  const entry = join(folder, relative(root, ENTRY).replace(/\.ts$/, '.js'));
  writeFileSync(join(part, 'thread-file.mjs'), `export const THREAD_FILE = ${JSON.stringify(entry)};\n`);
  try {
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
