/** Whatever can be kept, exported and scheduled, as a document. */
import type { Scope } from '../../shared/access.js';
import type { ReportDocument, ReportSource } from '../../shared/reports.js';
import type { ExploreDocuments } from '../explore/index.js';
import type { ReportDocuments } from '../ports.js';
import type { ReadyReports } from '../ready/index.js';

export class SourceDocuments implements ReportDocuments {
  constructor(
    private readonly explore: Pick<ExploreDocuments, 'document'>,
    private readonly ready: Pick<ReadyReports, 'document'>,
  ) {}

  document(source: ReportSource, scope: Scope): Promise<ReportDocument> {
    return source.kind === 'explore'
      ? this.explore.document(source.spec, scope)
      : this.ready.document(source.report, source.query, scope);
  }
}
