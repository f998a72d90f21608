/** A file of people as rows of named cells. Pure; what is wrong with the file as a whole is thrown. */
import { type CsvRow, readCsvTable } from '../../platform/index.js';
import { PEOPLE_COLUMNS, type PeopleColumn } from '../../shared/organisation.js';

export type PeopleRow = CsvRow<PeopleColumn>;

export function readPeopleCsv(file: Buffer): PeopleRow[] {
  return readCsvTable(file, PEOPLE_COLUMNS, 'name');
}
