/** Shapes of people as a file. See organisation.ts for what all routes have in common. */
import type { Recount } from './organisation.js';

/**
 * Columns of the file, in the order of an export. `name` is required; unknown columns are refused. Kinds of addresses take
 * several values separated by `;`. A team is its path, e.g. `North / Team A`, and must exist.
 */
export const PEOPLE_COLUMNS = [
  'id',
  'name',
  'team',
  'status',
  'display',
  'employed_from',
  'employed_until',
  'client',
  'sip',
  'extension',
  'worker',
  'number',
  'crm',
] as const;
export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number];

/**
 * GET /people/export.csv?bom=true&status= (`exports:make`) → text/csv, RFC 4180, UTF-8; numbers masked.
 * GET /people/template.csv (`people:read`) → the header and an example.
 * POST /people/import?dryRun=true (`people:write`), body text/csv up to 5 MB → PeopleImport. All or nothing; the same file
 * twice changes nothing the second time. A row is the agent of its `id`, else the one that has one of its addresses, else
 * the only one of that name, else a new one. Addresses are added, never taken away; empty cells change nothing. A team
 * other than the present one is a move from the next quarter hour on; of agents that are new it counts from the beginning.
 */
export interface PeopleImport {
  dryRun: boolean;
  /** False: nothing was changed, see `errors`. */
  ok: boolean;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  moved: number;
  addressesAdded: number;
  /** At most 200 of `errorCount`. */
  errors: PeopleImportError[];
  errorCount: number;
  /** What each row would do (dry run) or did; at most 200. */
  preview: { line: number; name: string; action: 'create' | 'change' | 'unchanged'; changes: PeopleColumn[] }[];
  recount?: Recount;
}

export interface PeopleImportError {
  /** Line of the file, 1 = the header. */
  line: number;
  column: PeopleColumn | null;
  /** A code of docs/errors.md. */
  code: string;
  message: { en: string; zh: string };
  fix?: { en: string; zh: string };
}
