/** Outcomes from a file: none is taken unless all are right, and the same file twice changes nothing the second time. */
import type { Pool } from 'pg';
import { outcomeId } from '../calls/index.js';
import type { SettingsSnapshot } from '../organisation/index.js';
import { AppError, readCsvTable } from '../platform/index.js';
import {
  OUTCOME_FILE_COLUMNS,
  type OutcomeFileColumn,
  type OutcomeImport,
  type OutcomeImportError,
  type OutcomeInput,
  type OutcomeReply,
} from '../shared/outcomes.js';
import type { Asking, EnteringService } from './entering.service.js';
import { knownOutcomes } from './known.repository.js';
import { columnOf, type FileGround, readOutcomeRow } from './outcome-file.js';

const SOURCE = 'import';
const AT_ONCE = 500;
const SHOWN_MAX = 200;

interface Line {
  line: number;
  input: OutcomeInput;
}

export class OutcomeImportService {
  constructor(
    private readonly pool: Pool,
    private readonly entering: EnteringService,
    private readonly settings: () => Promise<SettingsSnapshot>,
  ) {}

  async run(file: Buffer, dryRun: boolean, asking: Asking): Promise<OutcomeImport> {
    const rows = readCsvTable<OutcomeFileColumn>(file, OUTCOME_FILE_COLUMNS, 'external_id');
    const ground = groundOf(await this.settings());
    const lines: Line[] = [];
    const errors: OutcomeImportError[] = [];
    for (const row of rows) {
      const read = readOutcomeRow(row, ground);
      if ('input' in read) lines.push(read);
      else errors.push(errorOf(read.line, read.column, read.error));
    }
    errors.push(...repeated(lines));
    for (let i = 0; i < lines.length; i += AT_ONCE) errors.push(...(await this.wrongIn(lines, i, asking)));
    errors.sort((a, b) => a.line - b.line);
    const isNew = await this.newAmong(lines);
    const entered = lines.filter(({ input }) => isNew(input)).length;
    const report: OutcomeImport = {
      dryRun,
      ok: errors.length === 0,
      rows: rows.length,
      entered,
      corrected: lines.length - entered,
      unchanged: null,
      errors: errors.slice(0, SHOWN_MAX),
      errorCount: errors.length,
    };
    return dryRun || !report.ok ? report : this.apply(report, lines, isNew, asking);
  }

  private async apply(
    report: OutcomeImport,
    lines: readonly Line[],
    isNew: (input: OutcomeInput) => boolean,
    asking: Asking,
  ): Promise<OutcomeImport> {
    const replies: OutcomeReply[] = [];
    for (let i = 0; i < lines.length; i += AT_ONCE) {
      const inputs = lines.slice(i, i + AT_ONCE).map(({ input }) => input);
      const sent = await this.entering.enter(inputs, asking, { source: SOURCE, path: () => '' });
      replies.push(...sent);
    }
    const said = lines.filter((_, i) => replies[i]?.result !== 'duplicate');
    const entered = said.filter(({ input }) => isNew(input)).length;
    return { ...report, entered, corrected: said.length - entered, unchanged: lines.length - said.length };
  }

  private async wrongIn(lines: readonly Line[], from: number, asking: Asking): Promise<OutcomeImportError[]> {
    const some = lines.slice(from, from + AT_ONCE);
    const found = await this.entering.checkEach(
      some.map(({ input }) => input),
      asking,
      SOURCE,
    );
    return some.flatMap(({ line }, i) => {
      const error = found[i];
      return error == null ? [] : [errorOf(line, columnOf(error.field), error)];
    });
  }

  private async newAmong(lines: readonly Line[]): Promise<(input: OutcomeInput) => boolean> {
    const ids = lines.map(({ input }) => outcomeId(SOURCE, input.externalId));
    const known = await knownOutcomes(this.pool, ids, { kind: 'all' });
    return ({ externalId }) => !known.has(outcomeId(SOURCE, externalId));
  }
}

function groundOf({ data }: SettingsSnapshot): FileGround {
  const campaigns = new Map([...data.campaigns.values()].map(({ name, currency }) => [name, currency]));
  return {
    isAgent: (id) => id !== 0 && data.agents.has(id),
    currencyOf: (campaign) => (campaign === undefined ? undefined : campaigns.get(campaign)) ?? data.currency,
  };
}

/** Two rows of one outcome without a version: nothing says which of them counts. */
function repeated(lines: readonly Line[]): OutcomeImportError[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ line, input }) => {
    const key = `${input.version ?? ''}|${input.externalId}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, line);
      return [];
    }
    return [errorOf(line, 'external_id', new AppError('import_row_repeated', { params: { line: before } }))];
  });
}

function errorOf(line: number, column: OutcomeFileColumn | null, error: AppError): OutcomeImportError {
  const { code, sentence, fix } = error;
  return { line, column, code, message: sentence, ...(fix === undefined ? {} : { fix }) };
}
