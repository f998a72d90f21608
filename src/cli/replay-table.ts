/** A delimited text file as named cells: quotes doubled inside quotes, LF or CR LF, BOM ignored. */
export interface Table {
  columns: string[];
  rows: TableRow[];
}

export class TableRow {
  constructor(
    /** Line in the file, counted from 1 as editors do. */
    readonly line: number,
    /** Data row, counted from 0. */
    readonly index: number,
    private readonly cells: ReadonlyMap<string, string>,
  ) {}

  /** @throws Error when the file has no such column */
  text(column: string): string {
    const cell = this.cells.get(column);
    if (cell === undefined)
      throw new Error(`there is no column "${column}"; there are: ${[...this.cells.keys()].join(', ')}`);
    return cell.trim();
  }

  /** @throws Error when the cell is not a whole number */
  whole(column: string): number {
    const text = this.text(column);
    if (!/^-?\d{1,15}$/.test(text)) throw new Error(`column "${column}": "${text}" is not a whole number`);
    return Number(text);
  }

  /** Seconds since midnight. @throws Error when the cell is no time of day */
  secondOfDay(column: string): number {
    const text = this.text(column);
    const match = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
    const [hour, minute, second] = (match ?? []).slice(1).map(Number);
    if (hour === undefined || minute === undefined || second === undefined || hour > 23 || minute > 59 || second > 59) {
      throw new Error(`column "${column}": "${text}" is not a time of day such as 9:05:00`);
    }
    return hour * 3_600 + minute * 60 + second;
  }
}

/** @throws Error naming the line whose number of cells is not the header's */
export function parseTable(text: string, separator: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = splitLine(lines[0] ?? '', separator).map((name) => name.trim());
  const rows: TableRow[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line === '') continue;
    const cells = splitLine(line, separator);
    if (cells.length !== columns.length) {
      throw new Error(`line ${i + 1} has ${cells.length} cells, the header has ${columns.length}`);
    }
    rows.push(new TableRow(i + 1, rows.length, new Map(columns.map((name, at) => [name, cells[at] ?? '']))));
  }
  return { columns, rows };
}

function splitLine(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quoted && char === '"' && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  cells.push(cell);
  return cells;
}
