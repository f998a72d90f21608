/** Whatever can be kept, exported and scheduled, as a document. */
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportDocument, ReportSource } from '../../shared/reports.js';
import type { ExploreDocuments } from '../explore/index.js';
import type { ReportDocuments } from '../ports.js';

export class SourceDocuments implements ReportDocuments {
  constructor(private readonly explore: Pick<ExploreDocuments, 'document'>) {}

  async document(source: ReportSource, scope: Scope): Promise<ReportDocument> {
    if (source.kind === 'explore') return this.explore.document(source.spec, scope);
    throw new AppError('not_found');
  }
}
