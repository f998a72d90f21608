/** Questions of one's own as documents: the answer, with the filters in words. */
import type { OwnNumbers } from '../../organisation/index.js';
import type { Database } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportDocument, ReportSpec } from '../../shared/reports.js';
import type { ReportEngine } from '../ports.js';
import { documentOfResult } from './document.js';
import { filterWords } from './filter-words.js';
import { NamesRepository } from './names.repository.js';

export class ExploreDocuments {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly engine: ReportEngine,
    private readonly numbers: Pick<OwnNumbers, 'masked'>,
  ) {}

  /** Throws what the engine throws; whoever is named in a filter has been held against the scope by it. */
  async document(spec: ReportSpec, scope: Scope): Promise<ReportDocument> {
    const [result] = await this.engine.run([spec], scope);
    if (result === undefined) throw new Error('The engine answered nothing');
    return documentOfResult(
      result,
      await filterWords(spec.filters, new NamesRepository(this.database.pool, this.numbers)),
    );
  }
}
