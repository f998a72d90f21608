/** Reads the tables of docs/access.md: whatever has `Needs` as its second heading is part of the matrix. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Asker, type Of, VIEWERS, type Viewer } from './matrix-world.js';

export interface MatrixRow {
  /** `GET /api/v1/calls/:id`, with the query it is asked with, or a socket event. */
  asked: string;
  /** Permission, or `public`, `signed in`, `screen`. */
  needs: string;
  of: Of;
  expected: Record<Asker, string>;
}

const HEADINGS = ['Needs', 'Of', ...VIEWERS];

/** `first`: heading of the tables wanted, `Route` or `Event`. Throws on a line that does not fit. */
export function readMatrix(first: 'Route' | 'Event'): MatrixRow[] {
  const lines = readFileSync(join(import.meta.dirname, '../../docs/access.md'), 'utf8').split('\n');
  const rows: MatrixRow[] = [];
  let inTable = false;
  for (const line of lines) {
    const cells = cellsOf(line);
    if (cells === null) inTable = false;
    else if (cells[0] === first && cells[1] === 'Needs') inTable = isHeading(cells);
    else if (inTable && !/^-+$/.test(cells[0] ?? '')) rows.push(rowOf(cells));
  }
  return rows;
}

function isHeading(cells: string[]): boolean {
  const given = cells.slice(1);
  if (given.join() === HEADINGS.join()) return true;
  throw new Error(`A table of the matrix has the headings ${given.join(', ')} instead of ${HEADINGS.join(', ')}`);
}

function cellsOf(line: string): string[] | null {
  if (!line.startsWith('|')) return null;
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}

function rowOf(line: string[]): MatrixRow {
  const [asked = '', needs = '', of = '', ...answers] = line;
  if (!['own', 'other', 'none', '–'].includes(of) || answers.length !== VIEWERS.length) {
    throw new Error(`Not a row of the matrix: ${line.join(' | ')}`);
  }
  const cells = Object.fromEntries(VIEWERS.map((viewer, n) => [viewer, answers[n] ?? ''])) as Record<Viewer, string>;
  return { asked, needs, of: of as Of, expected: { ...cells, 'team key': ofTeamKey(asked, cells) } };
}

/** What the page says of keys of some teams: as their supervisor, and as any key where a row is for people only. */
function ofTeamKey(asked: string, { supervisor, admin, key }: Record<Viewer, string>): string {
  if (asked === 'subscribe board for everyone') return 'no';
  return key === admin ? supervisor : key;
}
